"""The table in which several ambassadors are edited at once.

While there are unsaved changes the rows stay as the editor first saw them, with their revisions: what
somebody else saves meanwhile is told when saving, and never overwritten unseen.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from ambassador.services.campaigns.ambassadors import edit_ambassadors
from ambassador.services.undo import undo_of
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.markup import bullets, paragraphs
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import day, t, t_count
from ambassador.ui.kit.text import money as written
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.campaigns.ambassadors import AmbassadorEdit, AmbassadorRow, EditConflict
from ambassador.values.money import Money, money
from ambassador.values.status import Deal

_Rows = Sequence[AmbassadorRow]
_DAYS: Final = ("agreement_signed_on", "post_by", "due_back", "last_contact_on", "next_action_on")
_TEXTS: Final = ("code", "next_action", "owner", "notes")
_SHOWN: Final = (
    "who", "state", "deal", "fee", "agreement_signed_on", "post_by", "due_back", "next_action",
    "next_action_on", "last_contact_on", "code", "owner", "notes", "phone", "city", "followers",
)  # fmt: skip


def ambassador_editor(campaign_id: int, rows: _Rows, currency: str) -> None:
    """Draw the table of a campaign's ambassadors, and save what was changed in it."""
    seen = _as_first_seen(campaign_id, rows)
    _tell_conflicts(campaign_id)
    st.data_editor(
        _frame(seen),
        key=_editor_key(campaign_id),
        hide_index=True,
        num_rows="fixed",
        column_order=_SHOWN,
        column_config=_columns(currency),
        placeholder="–",  # noqa: RUF001 - a dash for empty
        disabled=["who", "state", "phone", "city", "followers"],
    )
    changed = _changed_rows(campaign_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        label = t_count("Save {count} row", "Save {count} rows", len(changed)) if changed else t("Save")
        save = st.button(label, type="primary", icon=":material/save:", key=f"save:{campaign_id}")
        if changed:
            _offer_to_discard(campaign_id, len(changed))
    if save and given(changed, t("Nothing was changed.")):
        with errors_shown():
            _save(campaign_id, edits_of(seen, changed, currency))
    _downloads(rows)


def _offer_to_discard(campaign_id: int, count: int) -> None:
    """Ask before what was typed into the table is thrown away: nothing brings it back."""
    with st.popover(t("Discard the changes")):
        lost = t_count(
            "What you typed in {count} row is lost.", "What you typed in {count} rows is lost.", count
        )
        st.markdown(lost)
        if st.button(t("Yes: {what}", what=t("Discard the changes")), key=f"discard:{campaign_id}"):
            _begin_again(campaign_id)
            st.rerun()


def _downloads(rows: _Rows) -> None:
    """Draw the same rows to search in and to take away as CSV or XLSX."""
    with st.expander(t("Search and download")):
        show_table("ambassadors", rows, _plain_columns(), title=t("Ambassadors"))


def _plain_columns() -> tuple[Column[AmbassadorRow], ...]:
    labels = _labels()
    return (
        Column(labels["who"], "label"),
        Column(t("Account"), lambda row: f"{row.platform}:{row.handle}" if row.handle else ""),
        Column(labels["state"], lambda row: word(row.status)),
        Column(labels["deal"], lambda row: word(row.deal)),
        Column(labels["fee"], "fee", Kind.MONEY),
        Column(t("Currency"), lambda row: row.fee.currency if row.fee else ""),
        *(Column(labels[field], field, Kind.DAY) for field in _DAYS),
        *(Column(labels[field], field) for field in _TEXTS),
        Column(t("Notice sent"), "notice_sent_on", Kind.DAY),
        Column(t("Reference"), "reference"),
        Column(t("Serial"), "serial"),
        Column(labels["city"], "city"),
        Column(labels["followers"], "followers", Kind.COMPACT),
    )


def edits_of(
    rows: _Rows, changed: Mapping[int, Mapping[str, Any]], currency: str
) -> tuple[AmbassadorEdit, ...]:
    """Turn the cells the editor reports as changed into edits with the revisions that were seen."""
    return tuple(
        AmbassadorEdit(
            rows[place].id,
            rows[place].revision,
            {field: _value(field, cell, rows[place], currency) for field, cell in cells.items()},
        )
        for place, cells in changed.items()
    )


def _value(field: str, cell: object, row: AmbassadorRow, currency: str) -> object:
    if field == "fee":
        return None if cell is None else money(str(cell), row.fee.currency if row.fee else currency)
    if field in _DAYS:
        return date.fromisoformat(str(cell)[:10]) if cell else None
    if field == "deal":
        return next(deal for deal in Deal if cell in {word(deal), deal.value})
    return str(cell or "")


def _save(campaign_id: int, edits: Sequence[AmbassadorEdit]) -> None:
    work = current_work().noting()
    report = edit_ambassadors(work, edits)
    st.session_state[_conflict_key(campaign_id)] = report.conflicts
    _begin_again(campaign_id)
    if report.changed:
        text = t_count("{count} row is saved.", "{count} rows are saved.", len(report.changed))
        say_done(text, undo=undo_of(work))
    st.rerun()


def _tell_conflicts(campaign_id: int) -> None:
    conflicts: tuple[EditConflict, ...] = st.session_state.get(_conflict_key(campaign_id), ())
    if not conflicts:
        return
    lines = [
        t("{name}: somebody else changed this row meanwhile. It says now: {theirs}. You wanted: {yours}.",
          name=one.name, theirs=_said(one.theirs), yours=_said(one.yours))
        for one in conflicts
    ]  # fmt: skip
    head = t("Not saved, so that nothing is overwritten unseen:")
    st.warning(paragraphs((head, bullets(lines))), icon=":material/group:")
    if st.button(t("Understood"), key=f"understood:{campaign_id}"):
        st.session_state.pop(_conflict_key(campaign_id))
        st.rerun()


def _said(values: Mapping[str, Any]) -> str:
    labels = _labels()
    return ", ".join(f"{labels[field]} = {_cell(value)}" for field, value in values.items())


def _cell(value: object) -> str:
    if isinstance(value, Money):
        return written(value)
    if isinstance(value, date):
        return day(value)
    return word(value) if isinstance(value, Deal) else str(value or "–")  # noqa: RUF001 - a dash for empty


def _as_first_seen(campaign_id: int, rows: _Rows) -> _Rows:
    key = f"ambassadors:{campaign_id}"
    if not _changed_rows(campaign_id) or key not in st.session_state:
        st.session_state[key] = tuple(rows)
    kept: _Rows = st.session_state[key]
    return kept


def _changed_rows(campaign_id: int) -> dict[int, dict[str, Any]]:
    state = st.session_state.get(_editor_key(campaign_id)) or {}
    return {int(place): dict(cells) for place, cells in state.get("edited_rows", {}).items() if cells}


def _begin_again(campaign_id: int) -> None:
    st.session_state[_round_key(campaign_id)] = st.session_state.get(_round_key(campaign_id), 0) + 1
    st.session_state.pop(f"ambassadors:{campaign_id}", None)


def _editor_key(campaign_id: int) -> str:
    return f"editor:{campaign_id}:{st.session_state.get(_round_key(campaign_id), 0)}"


def _round_key(campaign_id: int) -> str:
    return f"editor_round:{campaign_id}"


def _conflict_key(campaign_id: int) -> str:
    return f"editor_conflicts:{campaign_id}"


def _frame(rows: _Rows) -> pd.DataFrame:
    table = pd.DataFrame([_record(row) for row in rows])
    for field in _DAYS:
        table[field] = pd.to_datetime(table[field])
    return table.astype({"fee": "Float64", "followers": "Int64"})


def _record(row: AmbassadorRow) -> dict[str, Any]:
    phone = " · ".join(part for part in (row.reference, word(row.device_status)) if part)
    state = word(row.status) + (f" {row.reserve_rank}" if row.reserve_rank else "")
    return {
        "who": row.label,
        "state": state,
        "deal": word(row.deal),
        "fee": float(row.fee.amount) if row.fee else None,
        "phone": phone if row.custody_id else "",
        "city": row.city,
        "followers": row.followers,
        **{field: getattr(row, field) for field in (*_DAYS, *_TEXTS)},
    }


def _labels() -> dict[str, str]:
    return {
        "who": t("Ambassador"),
        "state": t("State"),
        "deal": t("Deal"),
        "fee": t("Fee"),
        "agreement_signed_on": t("Agreement signed"),
        "post_by": t("Post by"),
        "due_back": t("Due back"),
        "next_action": t("Next action"),
        "next_action_on": t("On"),
        "last_contact_on": t("Last contact"),
        "code": t("Code"),
        "owner": t("Owner"),
        "notes": t("Notes"),
        "phone": t("Phone"),
        "city": t("City"),
        "followers": t("Followers"),
    }


def _columns(currency: str) -> dict[str, Any]:
    labels = _labels()
    columns: dict[str, Any] = {field: st.column_config.TextColumn(label) for field, label in labels.items()}
    columns |= {field: st.column_config.DateColumn(labels[field], format="localized") for field in _DAYS}
    columns["who"] = st.column_config.TextColumn(labels["who"], pinned=True)
    columns["deal"] = st.column_config.SelectboxColumn(
        labels["deal"], options=[word(deal) for deal in Deal], required=True
    )
    columns["fee"] = st.column_config.NumberColumn(
        f"{labels['fee']} {currency}", min_value=0, format="localized"
    )
    columns["followers"] = st.column_config.NumberColumn(labels["followers"], format="compact")
    return columns

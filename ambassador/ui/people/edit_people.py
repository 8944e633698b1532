"""Edit one person in a form, or several at once in a table."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import pandas as pd

from ambassador.services.people.edit_people import edit_people
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import day_order, t, t_count
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.people.person_link import close_person
from ambassador.values.money import Money, money
from ambassador.values.people.people import PersonEdit, PersonRow
from ambassador.values.people.person_card import PersonCard

_TOGETHER: Final = ("name", "city", "country", "language", "topics", "email", "fee", "is_candidate")


def edit_together_dialog(rows: Sequence[PersonRow]) -> None:
    """Edit several people at once; all is saved, or nothing."""

    @st.dialog(t("Edit people"), width="large", icon=":material/edit:")
    def ask() -> None:
        with errors_shown():
            before = pd.DataFrame([_cells(row) for row in rows])
            after = st.data_editor(
                before,
                hide_index=True,
                column_config=_config(),
                key=f"edit_together:{[row.id for row in rows]}",
            )
            edits = _edits(rows, after.to_dict("records"))
            label = t_count("Save {count} change", "Save {count} changes", len(edits))
            if st.button(label, type="primary", disabled=not edits):
                _save(edits)

    ask()


def person_form(card: PersonCard) -> None:
    """Edit one person."""
    with st.form("edit_person", border=False):
        values = _asked(card)
        if st.form_submit_button(t("Save"), type="primary"):
            was = _was(card)
            changes = {name: value for name, value in values.items() if value != was[name]}
            if changes:
                _save([PersonEdit(card.row.id, changes, {name: was[name] for name in changes})])
            else:
                st.info(t("Nothing was changed."))


def _save(edits: Sequence[PersonEdit]) -> None:
    work = current_work()
    undo = edit_people(work, edits)
    text = t_count("{count} person was changed.", "{count} people were changed.", len(edits))
    say_done(text, undo=partial(edit_people, work, undo))
    close_person()
    st.rerun()


def _asked(card: PersonCard) -> dict[str, Any]:
    left, right = st.columns(2)
    with left:
        texts = {
            "name": st.text_input(t("Name"), card.row.name),
            "city": st.text_input(t("City"), card.row.city),
            "language": st.text_input(t("Language"), card.row.language),
            "email": st.text_input(t("E-mail"), card.row.email),
            "source": st.text_input(t("Source"), card.source),
            "lawful_basis": st.text_input(
                t("Lawful basis"),
                card.lawful_basis,
                help=t("Such as {example}", example=t("legitimate interest")),
            ),
        }
        noticed_on = st.date_input(
            t("Informed on"),
            card.noticed_on,
            help=t("When they were told that you keep these data."),
            format=day_order(),
        )
    with right:
        topics = st.text_input(t("Topics"), ", ".join(card.row.topics))
        fee = st.number_input(
            t("Usual fee ({currency})", currency=_currency(card)), 0.0, value=_amount(card.row.fee)
        )
        chance = st.number_input(
            t("Chance of posting (0 to 1)"),
            0.0,
            1.0,
            card.posting_probability,
            help=t("Blank: taken from their history."),
        )
        score = st.number_input(t("Score by hand"), 0.0, 100.0, card.row.score.by_hand)
        reason = st.text_input(t("Why this score"), card.row.score.reason)
        objected = st.date_input(
            t("Objected on"),
            card.objected_at.date() if card.objected_at else None,
            help=t("Somebody who objected is never picked."),
            format=day_order(),
        )
        candidate = st.toggle(t("Candidate for picks"), card.row.is_candidate)
    notes = st.text_area(t("Notes"), card.notes)
    return {
        **texts,
        "topics": _parts(topics),
        "fee": None if fee is None else money(str(fee), _currency(card)),
        "posting_probability": chance,
        "score_by_hand": score,
        "score_reason": reason,
        "noticed_on": noticed_on,
        "objected_on": objected,
        "is_candidate": candidate,
        "notes": notes,
    }


def _was(card: PersonCard) -> dict[str, Any]:
    row = card.row
    return {
        "name": row.name,
        "city": row.city,
        "language": row.language,
        "email": row.email,
        "source": card.source,
        "lawful_basis": card.lawful_basis,
        "topics": row.topics,
        "fee": row.fee,
        "posting_probability": card.posting_probability,
        "score_by_hand": row.score.by_hand,
        "score_reason": row.score.reason,
        "noticed_on": card.noticed_on,
        "objected_on": card.objected_at.date() if card.objected_at else None,
        "is_candidate": row.is_candidate,
        "notes": card.notes,
    }


def _cells(row: PersonRow) -> dict[str, Any]:
    return {
        "handle": ", ".join(row.handles),
        **{name: getattr(row, name) for name in _TOGETHER},
        "topics": ", ".join(row.topics),
        "fee": _amount(row.fee),
        "currency": row.fee.currency if row.fee else "EUR",
    }


def _edits(rows: Sequence[PersonRow], cells: Sequence[Mapping[Any, Any]]) -> list[PersonEdit]:
    edits = []
    for row, cell in zip(rows, cells, strict=True):
        fee = None if pd.isna(cell["fee"]) else money(str(cell["fee"]), cell["currency"] or "EUR")
        now = {name: _text(cell[name]) for name in _TOGETHER} | {
            "topics": _parts(_text(cell["topics"])),
            "fee": fee,
            "is_candidate": bool(cell["is_candidate"]),
        }
        changed = {name: value for name, value in now.items() if value != getattr(row, name)}
        if changed:
            edits.append(PersonEdit(row.id, changed, {name: getattr(row, name) for name in changed}))
    return edits


def _config() -> dict[str, Any]:
    return {
        "handle": st.column_config.TextColumn(t("Accounts"), disabled=True, pinned=True),
        "name": st.column_config.TextColumn(t("Name")),
        "city": st.column_config.TextColumn(t("City")),
        "country": st.column_config.TextColumn(t("Country")),
        "language": st.column_config.TextColumn(t("Language")),
        "topics": st.column_config.TextColumn(t("Topics"), help=t("Separated by commas.")),
        "email": st.column_config.TextColumn(t("E-mail")),
        "fee": st.column_config.NumberColumn(t("Usual fee"), min_value=0, format="localized"),
        "currency": st.column_config.TextColumn(t("Currency"), validate="^[A-Z]{3}$"),
        "is_candidate": st.column_config.CheckboxColumn(t("Candidate")),
    }


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _text(value: Any) -> str:  # noqa: ANN401 - a cell
    return "" if value is None or (isinstance(value, float) and pd.isna(value)) else str(value).strip()


def _amount(fee: Money | None) -> float | None:
    return None if fee is None else float(fee.amount)


def _currency(card: PersonCard) -> str:
    return card.row.fee.currency if card.row.fee else "EUR"

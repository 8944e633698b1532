"""Edit one person in a form, or several at once in a table."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from ambassador.errors import EditedMeanwhileError
from ambassador.services.people.edit_people import edit_people
from ambassador.services.undo import undo_of
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.meanwhile import OpenForm, tell_theirs
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import day_order, t, t_count
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.people.person_link import close_person
from ambassador.values.money import Money, money
from ambassador.values.people.people import PersonEdit, PersonRow
from ambassador.values.people.person_card import PersonCard

_TOGETHER: Final = (
    "name",
    "city",
    "country",
    "language",
    "topics",
    "email",
    "telephone",
    "fee",
    "is_candidate",
)


def edit_together_dialog(rows: Sequence[PersonRow]) -> None:
    """Edit several people at once; all is saved, or nothing."""
    before = pd.DataFrame([_cells(row) for row in rows])
    seen = {row.id: {name: getattr(row, name) for name in _TOGETHER} for row in rows}

    @st.dialog(t("Edit people"), width="large", icon=":material/edit:")
    def ask() -> None:
        with errors_shown():
            after = st.data_editor(
                before,
                hide_index=True,
                column_config=_config(),
                key=f"edit_together:{[row.id for row in rows]}",
            )
            edits = edits_of(rows, after.to_dict("records"), seen)
            label = t_count("Save {count} change", "Save {count} changes", len(edits))
            pressed = st.button(label, type="primary", key="edit_together:save")
            if pressed and given(edits, t("Nothing was changed.")):
                try:
                    _save(edits)
                except EditedMeanwhileError as error:
                    seen.update(error.seen)
                    tell_theirs(error, _labels_of(rows))

    ask()


def _labels_of(rows: Sequence[PersonRow]) -> dict[str, str]:
    """What the fields of several people are called where it is told what somebody else has saved."""
    return {
        f"{row.name or f'#{row.id}'}: {name}": f"{row.label}: {label}"
        for row in rows
        for name, label in _labels().items()
    } | _labels()


def person_form(card: PersonCard) -> None:
    """Edit one person; what somebody else saves meanwhile is told, and nothing typed is lost."""
    was = _was(card)
    form = OpenForm(f"person:{card.row.id}")
    fields = {**was, "topics": ", ".join(card.row.topics), "fee": _amount(card.row.fee)}
    seen = form.seen({card.row.id: was}, fields)[card.row.id]
    with form.saving(_labels()), st.form("edit_person", border=False):
        values = _asked(form, _currency(card))
        if st.form_submit_button(t("Save"), type="primary"):
            changes = {name: value for name, value in values.items() if value != seen[name]}
            if changes:
                _save([PersonEdit(card.row.id, changes, seen)], form.begin_again)
            else:
                st.info(t("Nothing was changed."))


def _save(edits: Sequence[PersonEdit], once_saved: Callable[[], None] = lambda: None) -> None:
    work = current_work().noting()
    edit_people(work, edits)
    once_saved()
    text = t_count("{count} person was changed.", "{count} people were changed.", len(edits))
    say_done(text, undo=undo_of(work))
    close_person()
    st.rerun()


def _asked(form: OpenForm, currency: str) -> dict[str, Any]:
    labels = _labels()
    basis = t("Such as {example}", example=t("legitimate interest"))

    def line(name: str, help_: str | None = None) -> str:
        return str(st.text_input(labels[name], key=form.key(name), help=help_))

    left, right = st.columns(2)
    with left:
        texts = {name: line(name) for name in ("name", "city", "language", "email", "telephone", "source")}
        texts["lawful_basis"] = line("lawful_basis", basis)
        told = t("When they were told that you keep these data.")
        noticed_on = _day(form, "noticed_on", told)
    with right:
        topics = line("topics")
        fee = st.number_input(
            t("Usual fee ({currency})", currency=currency), 0.0, value=None, key=form.key("fee")
        )
        blank = t("Blank: taken from their history.")
        chance = _part(form, "posting_probability", 1.0, blank)
        score = _part(form, "score_by_hand", 100.0)
        reason = line("score_reason")
        objected = _day(form, "objected_on", t("Somebody who objected is never picked."))
        candidate = st.toggle(labels["is_candidate"], key=form.key("is_candidate"))
    notes = st.text_area(labels["notes"], key=form.key("notes"))
    return {
        **texts,
        "topics": _parts(topics),
        "fee": None if fee is None else money(str(fee), currency),
        "posting_probability": chance,
        "score_by_hand": score,
        "score_reason": reason,
        "noticed_on": noticed_on,
        "objected_on": objected,
        "is_candidate": candidate,
        "notes": notes,
    }


def _day(form: OpenForm, name: str, help_: str) -> date | None:
    found: date | None = st.date_input(
        _labels()[name], None, help=help_, format=day_order(), key=form.key(name)
    )
    return found


def _part(form: OpenForm, name: str, most: float, help_: str | None = None) -> float | None:
    found: float | None = st.number_input(
        _labels()[name], 0.0, most, value=None, help=help_, key=form.key(name)
    )
    return found


def _labels() -> dict[str, str]:
    """What each value is called, above its field and where it is told."""
    return {
        "name": t("Name"),
        "city": t("City"),
        "country": t("Country"),
        "language": t("Language"),
        "email": t("E-mail"),
        "telephone": t("Telephone number"),
        "source": t("Source"),
        "lawful_basis": t("Lawful basis"),
        "noticed_on": t("Informed on"),
        "topics": t("Topics"),
        "fee": t("Usual fee"),
        "posting_probability": t("Chance of posting (0 to 1)"),
        "score_by_hand": t("Score by hand"),
        "score_reason": t("Why this score"),
        "objected_on": t("Objected on"),
        "is_candidate": t("Candidate for picks"),
        "notes": t("Notes"),
    }


def _was(card: PersonCard) -> dict[str, Any]:
    row = card.row
    return {
        "name": row.name,
        "city": row.city,
        "language": row.language,
        "email": row.email,
        "telephone": row.telephone,
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


def edits_of(
    rows: Sequence[PersonRow], cells: Sequence[Mapping[Any, Any]], seen: Mapping[int, Mapping[str, Any]]
) -> list[PersonEdit]:
    """What was changed in the table, each beside what the reader has seen of it."""
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
            edits.append(PersonEdit(row.id, changed, seen[row.id]))
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
        "telephone": st.column_config.TextColumn(t("Telephone number")),
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

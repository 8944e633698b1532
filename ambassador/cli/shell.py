"""What every verb shares: the database, the language, and how an answer is printed."""

import dataclasses
import json
import locale
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Final

import typer
from babel import numbers

from ambassador.config import normal_url, settings
from ambassador.errors import BadInputError
from ambassador.i18n import PSEUDO, STATES, known_language, mark, remark
from ambassador.services.mentions import bring_up_to_date
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.values.imports.imports import Note, RejectedRow
from ambassador.values.money import Money, money

_SHOWN: Final = 10
"""Rows that could not be used, said one by one; the others are counted."""

JsonFlag = Annotated[bool, typer.Option("--json", help=mark("Print the answer as one JSON value."))]
"""The option every verb has."""


@dataclass(frozen=True, slots=True)
class Shell:
    """One call of the program: which database, which language."""

    database_url: str
    language: str
    database_given: bool = False
    """Whether ``--database`` stood before the verb."""

    _opened: list[UnitOfWork] = field(default_factory=list)

    def work(self) -> UnitOfWork:
        """Open the database, once however often it is asked for."""
        if not self._opened:
            self._opened.append(open_workspace(self.database_url, actor=settings().user, told=self.tell))
            bring_up_to_date(self._opened[0])
        return self._opened[0]

    def tell(self, note: Note) -> None:
        """Say beside the answer what is worth knowing."""
        self.remark(self.said(note))

    def close(self) -> None:
        """Let go of the database at the end of the program."""
        for work in self._opened:
            work.engine.dispose()

    def t(self, message: str, /, **values: Any) -> str:  # noqa: ANN401 - any value that can be shown
        """Say a message in the reader's language."""
        return remark(self.language, message, **values)

    def said(self, note: Note) -> str:
        """Say a note in the reader's language."""
        return self.t(note.text, **note.values)

    def state(self, status: str) -> str:
        """Say a state in words."""
        return self.t(STATES.get(str(status), str(status)))

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number with the separators of the language."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        locale = "en" if self.language == PSEUDO else self.language
        return numbers.format_decimal(value, format=pattern, locale=locale)

    def answer(self, value: object, *, as_json: bool, text: str) -> None:
        """Print an answer: exactly one JSON value, or the text meant for people."""
        print(as_json_text(value) if as_json else text)

    def archived(self, name: str, which: Mapping[str, Any], *, is_archived: bool, as_json: bool) -> None:
        """Answer that something was put away, or brought back; ``which`` tells it in JSON."""
        text = (
            self.t("{name} is archived.", name=name)
            if is_archived
            else self.t("{name} is here again.", name=name)
        )
        self.answer({**which, "archived": is_archived}, as_json=as_json, text=text)

    def rejected(self, rows: Sequence[RejectedRow]) -> list[dict[str, Any]]:
        """Give what ``--json`` says of rows that could not be used: where, which value, why."""
        return [
            {**parts_of(row, "file", "line", "column", "value"), "reason": self.t(row.reason, **row.values)}
            for row in rows
        ]

    def rejected_lines(self, rows: Sequence[RejectedRow], head: str) -> list[str]:
        """Say under a head, which counts them, where rows could not be used and why; the first ones."""
        if not rows:
            return []
        told = ["  ".join(["", f"{row.line}:", self.t(row.reason, **row.values)]) for row in rows[:_SHOWN]]
        more = ["  ..."] if len(rows) > _SHOWN else []
        return [self.t(head, count=self.number(len(rows))), *told, *more]

    def remark(self, text: str) -> None:
        """Print what is not part of the answer."""
        print(text, file=sys.stderr)


def make_shell(database: str | None, language: str | None) -> Shell:
    """Take what was said before the verb, else the settings."""
    url = normal_url(database) if database else settings().database_url
    spoken = known_language(language or settings().language or _shell_locale())
    return Shell(url, spoken, database_given=bool(database))


def shell_of(context: typer.Context) -> Shell:
    """The shell a verb was called from."""
    found = context.find_object(Shell)
    if found is None:  # a verb run without the program around it
        return make_shell(None, None)
    return found


def amount(text: str, currency: str) -> Money | None:
    """The amount somebody typed; nothing typed is not known."""
    if not text.strip():
        return None
    try:
        return money(text.strip().replace(",", "."), currency)
    except ArithmeticError as error:
        raise BadInputError("{text} is no amount: write it like 1500 or 1500.50", text=text) from error


def as_json_text(value: object) -> str:
    """Write any value of ours as JSON: money as an amount and its currency, instants as ISO.

    Examples
    --------
    >>> as_json_text({"fee": Money(25000), "when": date(2026, 5, 12)})
    '{"fee": {"amount": 250.0, "currency": "EUR"}, "when": "2026-05-12"}'
    """
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False)


def parts_of(value: object, *wanted: str) -> dict[str, Any]:
    """Choose what ``--json`` gives of a value, in this order: a field's own name, or ``name=path``.

    A path goes into what the value holds, and ends at None where nothing is held.

    Examples
    --------
    >>> parts_of(date(2026, 5, 12), "year", "day", "of=month.real")
    {'year': 2026, 'day': 12, 'of': 5}
    """
    return {name: _at(value, path or name) for name, _, path in (one.partition("=") for one in wanted)}


def _at(value: Any, path: str) -> Any:  # noqa: ANN401 - any part of any value
    for step in path.split("."):
        value = None if value is None else getattr(value, step)
    return value


def plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Turn a value into what JSON can hold; what is not a number becomes null.

    By hand, because pydantic would write money in cents, instants with Z, and infinity as a word.
    """
    if isinstance(value, Money):
        return {"amount": float(value.amount), "currency": value.currency}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None  # noqa: PLR0124 - not a number
    return value if isinstance(value, str | int | None) else str(value)


def _shell_locale() -> str | None:
    return locale.getlocale()[0]

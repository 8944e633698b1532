"""The questions a file raises, answered by options, by what is typed, or refused in one clear line."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import typer

from ambassador.cli.shell import Shell
from ambassador.errors import AnswerNeededError
from ambassador.i18n import mark
from ambassador.values.imports.imports import DAY_FIRST, MONTH_FIRST, FilePreview, Question, QuestionKind

_OPTIONS = {
    QuestionKind.DIRECTION: "--direction as-listed|reversed",
    QuestionKind.DAY_FIRST: "--day-first | --month-first",
    QuestionKind.DECIMAL: "--decimal comma|point",
    QuestionKind.THIRD_COLUMN: "--third weight|probability",
    QuestionKind.COLUMNS: "--column FIELD=HEADER",
    QuestionKind.PLATFORM: "--platform NAME",
    QuestionKind.TIME_ZONE: "--time-zone ZONE",
    QuestionKind.FORMAT: "--format NAME",
    QuestionKind.AUTHOR: "--author HANDLE",
    QuestionKind.MODEL: "--model NAME",
    QuestionKind.ENCODING: "--encoding NAME",
    QuestionKind.CURRENCY: "--currency CODE",
    QuestionKind.STATE: "--state WORD=STATE",
}
_OF_THE_KIND = frozenset(
    {
        QuestionKind.COLUMNS,
        QuestionKind.AUTHOR,
        QuestionKind.MODEL,
        QuestionKind.DIRECTION,
        QuestionKind.PLATFORM,
    }
)
"""Questions that may only be asked because the file is of another kind than was said."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers given as options."""

    direction: str | None
    third: str | None
    day_first: bool | None
    decimal: str | None
    platform: str | None
    time_zone: str | None
    format: str | None = None
    author: str | None = None
    model: str | None = None
    encoding: str | None = None
    currency: str | None = None
    states: Mapping[str, str] = field(default_factory=dict)
    """What a courier's words mean."""

    def given(self) -> dict[str, str]:
        """The answers by kind of question."""
        order = None if self.day_first is None else DAY_FIRST if self.day_first else MONTH_FIRST
        answers = {
            QuestionKind.DIRECTION: self.direction,
            QuestionKind.THIRD_COLUMN: self.third,
            QuestionKind.DAY_FIRST: order,
            QuestionKind.DECIMAL: self.decimal,
            QuestionKind.PLATFORM: self.platform,
            QuestionKind.TIME_ZONE: self.time_zone,
            QuestionKind.FORMAT: self.format,
            QuestionKind.AUTHOR: self.author,
            QuestionKind.MODEL: self.model,
            QuestionKind.ENCODING: self.encoding,
            QuestionKind.CURRENCY: self.currency,
        }
        words = {f"{QuestionKind.STATE.value}:{word}": state for word, state in self.states.items()}
        return {kind.value: str(answer) for kind, answer in answers.items() if answer} | words


def answer_questions(shell: Shell, preview: FilePreview, given: Mapping[str, str]) -> dict[str, str]:
    """Answer what the import waits for: by asking whoever sits there, else refuse and name the option."""
    answers = dict(given)
    for question in preview.open_questions:
        if question.kind is QuestionKind.COLUMNS or not _somebody_is_there():
            _refuse(shell, preview, question)
        answers[question.key] = _ask(shell, question)
    return answers | _explained(shell, preview)


def _explained(shell: Shell, preview: FilePreview) -> dict[str, str]:
    """Ask what a courier's words mean; where nobody sits there the rows are refused, with the option."""
    words = [question for question in preview.questions if question.kind is QuestionKind.STATE]
    if _somebody_is_there():
        return {question.key: _ask(shell, question) for question in words}
    for question in words:
        said = _said(shell, question)
        shell.remark(shell.t("{question} Say it once with {option}", question=said, option=_option(question)))
    return {}


def _option(question: Question) -> str:
    states = "|".join(question.answers)
    return f'--state "{question.about}={states}"'


def _ask(shell: Shell, question: Question) -> str:
    shell.remark(_said(shell, question))
    while True:
        choices = " / ".join(question.answers) or "?"
        typed = str(typer.prompt(choices, default=question.proposed or None, err=True)).strip()
        if typed and (typed in question.answers or not question.answers):
            return typed


def _refuse(shell: Shell, preview: FilePreview, question: Question) -> None:
    if preview.looks_like is not None and question.kind in _OF_THE_KIND:
        raise AnswerNeededError(
            mark(
                "{file}: this looks like {kind}: say import {kind}. As {said} it has a question: {question}"
            ),
            questions=(question,),
            file=preview.file_name,
            kind=preview.looks_like.value,
            said=preview.kind.value,
            question=_said(shell, question),
        )
    raise AnswerNeededError(
        mark("{file}: {question} Say it with {option}"),
        questions=(question,),
        file=preview.file_name,
        question=_said(shell, question),
        option=_OPTIONS[question.kind].replace("FIELD", str(question.values.get("name", "FIELD"))),
    )


def _said(shell: Shell, question: Question) -> str:
    values: dict[str, Any] = dict(question.values)
    if "field" in values:
        values["field"] = shell.t(values["field"])
    return shell.t(question.text, **values)


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()

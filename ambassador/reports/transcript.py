"""The transcript of a session of questions as Markdown; what people wrote stands in it letter by letter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ambassador.reports.words import Words
from ambassador.values.activations.questions import QuestionRow, QuestionsResult
from ambassador.values.days import day_in

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#+\-.!|~&$:()=])")
_PER_CENT: Final = 100


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is published."""

    title: str
    days: tuple[date, date]
    result: QuestionsResult
    names: bool = False
    """Whether who asked is named."""
    time_zone: str = "UTC"
    """Whose days are written."""


def transcript_md(transcript: Transcript, words: Words) -> bytes:
    """Write answered questions with their answers, then those that are open; how many are left out is said.

    Examples
    --------
    >>> one = Transcript("Ask us", (date(2026, 5, 12), date(2026, 5, 12)), QuestionsResult((), 0))
    >>> transcript_md(one, Words("en")).decode().splitlines()[0]
    '# Ask us'
    """
    return ("\n\n".join(_parts(transcript, words)) + "\n").encode()


def _parts(transcript: Transcript, words: Words) -> Iterator[str]:
    result, gone = transcript.result, words.t("taken back")
    yield f"# {_plain(transcript.title)}"
    first, last = (words.day(day) for day in transcript.days)
    days = first if first == last else f"{first} - {last}"
    share = result.share_answered
    yield words.t(
        "{days}. {count} questions, {answered} answered ({share}).",
        days=days,
        count=words.number(len(result.standing)),
        answered=words.number(result.answered),
        share=words.percent(share) if share is not None else "-",
    )
    answered = sorted((one.answered_at, one.id, one) for one in result.standing if one.answered_at)
    for number, (at, _, one) in enumerate(answered, start=1):
        yield f"## {number}\\. {_plain(one.text or gone)}"
        yield _asked(one, transcript, words)
        yield "\n\n".join(_plain(line) for line in one.answer.splitlines() if line)
        yield f"*{_plain(one.answered_by)}, {words.day(day_in(transcript.time_zone, at))}*"
    waiting = [one for one in result.standing if not one.answered_at]
    if waiting:
        yield "## " + words.t("Not answered yet")
        yield "\n".join(f"- {_plain(one.text or gone)}" for one in waiting)
    if result.refused:
        yield words.t_count(
            "{count} question was not taken in.", "{count} questions were not taken in.", result.refused
        )


def _asked(one: QuestionRow, transcript: Transcript, words: Words) -> str:
    if not transcript.names:
        return words.t_count("Asked by {count} person.", "Asked by {count} people.", one.askers)
    held = [other for other in transcript.result.questions if one.id in {other.id, other.merged_into_id}]
    known = dict.fromkeys(_plain(other.asker) for other in held if other.asker)
    return words.t("Asked by {names}.", names=", ".join(known) or words.t("nobody knows whom"))


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))

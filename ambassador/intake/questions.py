"""What only a person can decide about a file, asked with the row that is the evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ambassador.errors import AnswerNeededError, BadInputError
from ambassador.i18n import mark
from ambassador.intake.cells import plain, simplified
from ambassador.intake.currencies import currency_in
from ambassador.intake.encodings import Letters
from ambassador.intake.evidence import FileEvidence
from ambassador.intake.fields import FIELDS, ONE_OF, Holds
from ambassador.intake.formats.format import Format
from ambassador.intake.mapping import Proposal, field_of
from ambassador.values.addresses import post_of_address
from ambassador.values.imports.imports import (
    ANY_TABLE,
    AS_LISTED,
    DAY_FIRST,
    DECIMAL_COMMA,
    DECIMAL_POINT,
    MONTH_FIRST,
    PROBABILITY,
    REVERSED,
    WEIGHT,
    Question,
    QuestionKind,
)
from ambassador.values.money import digits_of
from ambassador.values.status import ImportKind, ParcelState

_MOST_WORDS = 20
"""Words of a courier that are asked for one file: of more, the most frequent."""
_STATE = f"{QuestionKind.STATE.value}:"
_THREE = 3
"""Digits of a thousand, and of the fraction of a dinar."""


@dataclass(frozen=True, slots=True)
class QuestionBasis:
    """All that the questions are drawn from."""

    kind: ImportKind
    proposal: Proposal
    evidence: FileEvidence
    headers: tuple[str, ...]
    has_direction: bool
    zone: str
    format: Format | None = None
    """The format that was recognised, whether it is used or not."""
    letters: Letters | None = None
    remembered: Mapping[str, str] | None = None
    """Answers given for this layout before."""
    currency: str = "EUR"
    """The currency of amounts that name none, where no person says it."""
    courier_words: Mapping[str, str] | None = None
    """What somebody here said before that a courier's words mean."""


def questions_about(asked: QuestionBasis) -> tuple[Question, ...]:
    """List every question a file raises, answered or not."""
    missing = tuple(_missing_columns(asked))
    if missing or not asked.evidence.row_count:
        return (*_encoding(asked), *_format(asked), *missing)
    asking = (
        _encoding,
        _format,
        _author,
        _model,
        _direction,
        _third_column,
        _day_first,
        _decimal,
        _currency,
        _platform,
        _time_zone,
        _courier_words,
    )
    return tuple(question for ask in asking for question in ask(asked))


def unanswered(questions: tuple[Question, ...], answers: Mapping[str, str]) -> tuple[Question, ...]:
    """Keep the questions that wait for an answer, and refuse answers that are none."""
    for question in questions:
        answer = answers.get(question.key)
        if (
            answer
            and question.answers
            and question.kind not in (QuestionKind.COLUMNS, QuestionKind.ENCODING, QuestionKind.FORMAT)
            and answer not in question.answers
        ):
            message = mark("{answer} is no answer: say one of {answers}")
            raise BadInputError(message, answer=answer, answers=", ".join(question.answers))
    return tuple(one for one in questions if one.kind is QuestionKind.COLUMNS or not answers.get(one.key))


def demand_answers(questions: tuple[Question, ...], answers: Mapping[str, str]) -> None:
    """Stop until a person has answered what the import cannot do without."""
    waiting = tuple(question for question in unanswered(questions, answers) if question.necessary)
    if waiting:
        raise AnswerNeededError(waiting[0].text, questions=waiting, **waiting[0].values)


def settled(questions: tuple[Question, ...], answers: Mapping[str, str], kind: QuestionKind) -> str:
    """Return the answer to one question: a person's, else the proposal where none is needed."""
    if answers.get(kind):
        return answers[kind]
    return next((one.proposed or "" for one in questions if one.kind is kind and not one.necessary), "")


def _encoding(asked: QuestionBasis) -> Iterator[Question]:
    letters = asked.letters
    if letters is not None and letters.others:
        readings = {letters.encoding: letters.words, **letters.others}
        text = mark("the file does not say how its letters are written: which reading is right?")
        yield Question(
            QuestionKind.ENCODING, text, tuple(readings), readings, letters.encoding, necessary=False
        )


def _format(asked: QuestionBasis) -> Iterator[Question]:
    if asked.format is not None:
        text = mark("this looks like {format}: is it?")
        values = {"format": asked.format.called(asked.headers), "key": asked.format.key}
        answers = (asked.format.key, ANY_TABLE)
        yield Question(QuestionKind.FORMAT, text, answers, values, answers[0], necessary=False)


def _author(asked: QuestionBasis) -> Iterator[Question]:
    """Ask whose posts these are where neither a column nor an address of the first rows tells."""
    before = (asked.remembered or {}).get(QuestionKind.AUTHOR)
    one_end = asked.kind is ImportKind.TIES and asked.format is not None and asked.format.one_end
    if one_end:
        text = mark("whose list is this: who is followed by these people, or follows them?")
        yield Question(QuestionKind.AUTHOR, text, (), {}, before)
    if asked.kind is ImportKind.MENTIONS and not _tells_authors(asked.proposal):
        text = mark("no column names the authors: whose posts are these?")
        yield Question(QuestionKind.AUTHOR, text, (), {}, before)


def _model(asked: QuestionBasis) -> Iterator[Question]:
    if asked.kind is ImportKind.DEVICES and "model" not in asked.proposal.columns:
        yield Question(QuestionKind.MODEL, mark("no column names the model: which phones are these?"), ())


def _tells_authors(proposal: Proposal) -> bool:
    columns = [column for name, column in proposal.columns.items() if name.partition(".")[0] == "author"]
    named = [plain(value) for column in columns for value in column.values]
    if columns:
        owners = (post_of_address(text) if "/" in text else None for text in named)
        return not named or any(owner is None or owner.handle for owner in owners)
    addresses = (proposal.columns[name].values for name in ("url", "post_id") if name in proposal.columns)
    posts = (post_of_address(plain(value)) for values in addresses for value in values)
    return any(post and post.handle for post in posts)


def _missing_columns(asked: QuestionBasis) -> Iterator[Question]:
    names = set(asked.proposal.columns)
    for field in FIELDS[asked.kind]:
        if field.needed and field.name != "author" and not _has(names, field.name, asked.kind):
            text = mark("which column holds: {field}? The file has {columns}")
            values = {"field": field.label, "name": field.name, "columns": ", ".join(asked.headers)}
            yield Question(QuestionKind.COLUMNS, text, asked.headers, values)
    choices = ONE_OF.get(asked.kind, ())
    if choices and not names & set(choices):
        first = field_of(asked.kind, choices[0])
        text = mark("which column holds: {field}? The file has {columns}")
        values = {"field": first.label, "name": first.name, "columns": ", ".join(asked.headers)}
        yield Question(QuestionKind.COLUMNS, text, asked.headers, values)


def _has(names: set[str], name: str, kind: ImportKind) -> bool:
    instead = {"handle": "url"}.get(name) if kind is not ImportKind.TIES else None
    return any(one.rpartition(".")[2] in (name, instead) for one in names)


def _direction(asked: QuestionBasis) -> Iterator[Question]:
    if asked.kind is not ImportKind.TIES or not asked.has_direction or asked.evidence.first is None:
        return
    line, cells = asked.evidence.first
    source, target = (
        plain(cells[asked.proposal.columns[name].position]).lstrip("@") for name in ("source", "target")
    )
    text = mark(
        "line {line} lists @{source}, then @{target}: does @{source} follow, answer or share @{target}"
        " (reversed), or does @{target} hear from @{source} (as-listed)?"
    )
    values = {"line": line, "source": source, "target": target}
    yield Question(QuestionKind.DIRECTION, text, (AS_LISTED, REVERSED), values, _likely_direction(asked))


def _likely_direction(asked: QuestionBasis) -> str | None:
    source, target = (simplified(asked.proposal.columns[name].header) for name in ("source", "target"))
    if (
        "follower" in source
        or "segue" in source
        or target in ("followed", "followee", "following", "seguito")
    ):
        return REVERSED
    if "follower" in target or "followed" in source or "influenc" in target:
        return AS_LISTED
    return None


def _third_column(asked: QuestionBasis) -> Iterator[Question]:
    column = asked.evidence.columns.get("third")
    if column is None or asked.evidence.first is None:
        return
    line, cells = asked.evidence.first
    is_share = column.highest <= 1
    text = mark(
        "line {line} ends in {value}: is the third column a weight (how often), or the probability"
        " that word passes along the tie?"
    )
    value = plain(cells[asked.proposal.columns["third"].position])
    yield Question(
        QuestionKind.THIRD_COLUMN,
        text,
        (WEIGHT, PROBABILITY) if is_share else (WEIGHT,),
        {"line": line, "value": value},
        PROBABILITY if is_share else WEIGHT,
        necessary=is_share,
    )


def _day_first(asked: QuestionBasis) -> Iterator[Question]:
    found = asked.evidence.open_date()
    if found is None or asked.evidence.day_first() is not None:
        return
    line, value = found
    text = mark("line {line} says {value}: does the day come first, or the month?")
    yield Question(QuestionKind.DAY_FIRST, text, (DAY_FIRST, MONTH_FIRST), {"line": line, "value": value})


def _decimal(asked: QuestionBasis) -> Iterator[Question]:
    for name, column in asked.evidence.columns.items():
        holds = field_of(asked.kind, name).holds
        if holds is Holds.NUMBER and column.open_number and asked.evidence.decimal_mark(name) is None:
            line, value = column.open_number
            text = mark(
                "line {line} says {value}: is the mark in it a decimal comma or point, or between thousands?"
            )
            there, other = marks_of(value)
            yield Question(QuestionKind.DECIMAL, text, (there, other), {"line": line, "value": value})
            return
    yield from _decimal_of_money(asked)


def marks_of(value: str) -> tuple[str, str]:
    """Return the decimal mark that a number has if its mark is one, and the other."""
    return (DECIMAL_COMMA, DECIMAL_POINT) if "," in value else (DECIMAL_POINT, DECIMAL_COMMA)


def _decimal_of_money(asked: QuestionBasis) -> Iterator[Question]:
    """Tell how ``1.234`` is read in a column of money, and ask where the column itself speaks against it."""
    for name, column in asked.evidence.columns.items():
        if field_of(asked.kind, name).holds is not Holds.MONEY or column.open_number is None:
            continue
        line, value = column.open_number
        there, other = marks_of(value)
        proven, digits = asked.evidence.own_mark(name), _digits_of_money(asked, name, value)
        if proven == other or not digits or (proven and digits == _THREE):
            continue
        text = mark(
            "line {line} says {value}: is the mark in it a decimal comma or point, or between thousands?"
        )
        yield Question(
            QuestionKind.DECIMAL,
            text,
            (there, other),
            {"line": line, "value": value},
            there if digits == _THREE else None if proven else other,
            necessary=bool(proven),
        )
        return


def _digits_of_money(asked: QuestionBasis, name: str, value: str) -> int:
    """Say how many decimals an amount may have: the most that any currency of the file has."""
    named = currency_in(value) or currency_in(asked.proposal.columns[name].header)
    column = asked.evidence.columns.get("currency")
    codes = [named] if named else [*column.currencies] if column and column.currencies else [asked.currency]
    return max(map(digits_of, codes))


def _currency(asked: QuestionBasis) -> Iterator[Question]:
    """Tell in which currency amounts are taken where neither they nor anything else in the file names one."""
    if asked.evidence.currency() is not None:
        return
    for name, column in asked.evidence.columns.items():
        bare = column.bare_amount
        if bare and currency_in(asked.proposal.columns[name].header) is None:
            text = mark("line {line} says {value}: in which currency?")
            values = {"line": bare[0], "value": bare[1]}
            yield Question(QuestionKind.CURRENCY, text, (), values, asked.currency, necessary=False)
            return


def _platform(asked: QuestionBasis) -> Iterator[Question]:
    names = asked.proposal.columns
    if asked.kind in (ImportKind.DEVICES, ImportKind.COURIER, ImportKind.OUTCOMES) or "platform" in names:
        return
    if asked.kind is ImportKind.PEOPLE and not {"handle", "url"} & set(names):
        return
    text = mark("which platform are these accounts on?")
    yield Question(QuestionKind.PLATFORM, text, (), {}, asked.proposal.platform or None, necessary=False)


def _time_zone(asked: QuestionBasis) -> Iterator[Question]:
    found = asked.evidence.naive()
    if found is None or asked.kind not in (ImportKind.MENTIONS, ImportKind.COURIER):
        return
    line, value = found
    text = mark("line {line} says {value}: in which time zone?")
    yield Question(
        QuestionKind.TIME_ZONE, text, (), {"line": line, "value": value}, asked.zone, necessary=False
    )


def _courier_words(asked: QuestionBasis) -> Iterator[Question]:
    """Ask what a courier means by words that nobody has understood yet, the most frequent first."""
    column = asked.evidence.columns.get("status") if asked.kind is ImportKind.COURIER else None
    unknown = column.unknown if column else {}
    new = [(word, one) for word, one in unknown.items() if word not in (asked.courier_words or {})]
    for word, one in sorted(new, key=lambda item: (-item[1].times, item[1].line))[:_MOST_WORDS]:
        text = mark(
            'line {line} says "{word}", as {count} rows do in all: what has happened to the parcel then?'
        )
        values = {"line": one.line, "word": one.text, "count": one.times}
        yield Question(QuestionKind.STATE, text, tuple(ParcelState), values, necessary=False, about=word)


def compared(answers: Mapping[str, str]) -> dict[str, str]:
    """Bring the words that answers are about to the form in which words are compared."""
    return {
        _STATE + simplified(key.removeprefix(_STATE)) if key.startswith(_STATE) else key: answer
        for key, answer in answers.items()
    }


def explained(answers: Mapping[str, str]) -> dict[str, str]:
    """Say which words of a courier were explained with a file, and how."""
    found = {
        key.removeprefix(_STATE): said for key, said in answers.items() if key.startswith(_STATE) and said
    }
    for answer in found.values():
        if answer not in set(ParcelState):
            message = mark("{answer} is no answer: say one of {answers}")
            raise BadInputError(message, answer=answer, answers=", ".join(ParcelState))
    return found


def zone_named(name: str) -> ZoneInfo:
    """Find a time zone by its IANA name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        message = mark("{zone} is not a time zone: write one like Europe/Rome")
        raise BadInputError(message, zone=name) from None

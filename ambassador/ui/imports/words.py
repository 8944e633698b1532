"""What imports are called on the page."""

from ambassador.i18n import mark
from ambassador.ui.kit.tables import Column, Kind
from ambassador.ui.kit.text import number, t
from ambassador.ui.kit.words import word
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
    BatchView,
    FieldChoice,
    ImportReport,
    Question,
    QuestionKind,
    RejectedRow,
    ValueChange,
)
from ambassador.values.status import ImportKind, ParcelState

_KINDS = {
    ImportKind.PEOPLE: mark("People"),
    ImportKind.TIES: mark("Who hears from whom"),
    ImportKind.DEVICES: mark("Devices"),
    ImportKind.MENTIONS: mark("Mentions"),
    ImportKind.COURIER: mark("Courier file"),
    ImportKind.OUTCOMES: mark("Outcomes by code"),
}
_EXPECTED = {
    ImportKind.PEOPLE: mark(
        "A list of handles with what is known about them: followers, city, topics, fee, e-mail."
    ),
    ImportKind.TIES: mark("A list of who follows, answers or shares whom, or the file of a network program."),
    ImportKind.DEVICES: mark("A list of phones: model, serial or IMEI, colour, cost."),
    ImportKind.MENTIONS: mark(
        "An export of posts: author, date, text or address, likes, views, what it answers."
    ),
    ImportKind.COURIER: mark("What the courier says: our reference or the recipient, and what happened."),
    ImportKind.OUTCOMES: mark("Orders by discount code, visits, press, lessons."),
}
_PLATFORMS = {"tiktok": "TikTok", "youtube": "YouTube", "linkedin": "LinkedIn"}
_ANSWERS = {
    ANY_TABLE: mark("No: propose its columns one by one"),
    AS_LISTED: mark("@{target} hears from @{source}: as listed"),
    REVERSED: mark("@{source} follows, answers or shares @{target}: reversed"),
    DAY_FIRST: mark("The day comes first"),
    MONTH_FIRST: mark("The month comes first"),
    DECIMAL_COMMA: mark("Decimals come after a comma"),
    DECIMAL_POINT: mark("Decimals come after a point"),
    WEIGHT: mark("A weight: how often"),
    PROBABILITY: mark("A probability"),
}


def kind_word(kind: ImportKind) -> str:
    """Name a kind of file."""
    return t(_KINDS[kind])


def expected_word(kind: ImportKind) -> str:
    """Say what a file of this kind holds."""
    return t(_EXPECTED[kind])


def answer_word(question: Question, answer: str) -> str:
    """Say an answer in words, with the people of the row it is about."""
    if question.kind is QuestionKind.ENCODING:
        return t("{words} ({encoding})", words=question.values[answer], encoding=answer)
    if answer == question.values.get("key"):
        return t("{format}", format=question.values["format"])
    if question.kind is QuestionKind.STATE:
        return word(ParcelState(answer))
    return t(_ANSWERS[answer], **question.values) if answer in _ANSWERS else answer


def question_text(question: Question) -> str:
    """Ask a question with its row."""
    values = dict(question.values)
    if "field" in values:
        values["field"] = t(str(values["field"]))
    sentence = t(question.text, **values)
    return sentence[:1].upper() + sentence[1:]


def field_word(name: str, fields: tuple[FieldChoice, ...]) -> str:
    """Name a field; of several accounts, with its platform: ``TikTok · Followers``."""
    left, _, right = name.partition(".")
    platform, base = ("", left) if right.isdigit() or not right else (left, right)
    label = next((t(field.label) for field in fields if field.name == base), base)
    return f"{_PLATFORMS.get(platform, platform.title())} · {label}" if platform else label


def rows_sentence(report: ImportReport) -> str:
    """Say what became of all rows of a file."""
    return t(
        "{rows} rows: {added} added, {updated} updated, {known} known already, "
        "{merged} taken with another row, {left_out} left out, {rejected} rejected",
        rows=number(report.rows),
        added=number(report.added),
        updated=number(report.updated),
        known=number(report.known),
        merged=number(report.merged),
        left_out=number(report.left_out),
        rejected=number(report.rejected),
    )


def batch_columns() -> tuple[Column[BatchView], ...]:
    """Lay out the list of past imports."""
    return (
        Column(t("When"), "imported_at", Kind.MOMENT),
        Column(t("What"), lambda batch: kind_word(batch.kind)),
        Column(t("File"), "file_name"),
        Column(t("Added"), "added", Kind.NUMBER),
        Column(t("Updated"), "updated", Kind.NUMBER),
        Column(t("Known already"), "duplicates", Kind.NUMBER),
        Column(t("Rejected"), "rejected", Kind.NUMBER),
        Column(t("By"), "actor"),
        Column(t("Undone"), "undone_at", Kind.MOMENT),
    )


def change_columns() -> tuple[Column[ValueChange], ...]:
    """Lay out the values that an import found changed."""
    return (
        Column(t("Whose"), "what"),
        Column(t("What"), lambda row: t(row.field)),
        Column(t("Before"), "before"),
        Column(t("In the file"), "after"),
        Column(t("Counts now"), lambda row: row.after if row.is_taken else row.before),
        Column(t("Line"), "line", Kind.NUMBER),
    )


def rejected_columns() -> tuple[Column[RejectedRow], ...]:
    """Lay out the rows that could not be used."""
    return (
        Column(t("Line"), "line", Kind.NUMBER),
        Column(t("Column"), "column"),
        Column(t("Value"), "value"),
        Column(t("Reason"), lambda row: t(row.reason, **row.values)),
        Column(t("File"), "file"),
    )

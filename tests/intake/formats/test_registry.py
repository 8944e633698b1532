"""Every named format is recognised by its own headings; the docs list what the registry holds, file by file.

``python -m tests.intake.formats.test_registry`` writes the list into the docs.
"""

from itertools import product
from pathlib import Path

import pytest

from ambassador.errors import UnreadableFileError
from ambassador.intake.files import Content
from ambassador.intake.formats.format import Format, headings_in
from ambassador.intake.formats.registry import FORMATS, format_of_table
from ambassador.intake.kinds import kind_in
from ambassador.intake.mapping import field_of
from ambassador.intake.reading import ReadingOptions, inspect_file, read_drafts
from ambassador.values.imports.imports import FilePreview, QuestionKind
from tests.intake.formats.samples import sample

DOCS = Path(__file__).parents[3] / "docs" / "data-formats.md"
BEGIN, END = "<!-- formats: made from the registry -->", "<!-- end of formats -->"
TABLES = [one for one in FORMATS if not one.unfold and not one.reshape]
REFUSED = [one for one in FORMATS if one.refused]
READ = [one for one in FORMATS if not one.refused]
UNUSED = "columns not used"
SHOWN = 160


def listed() -> str:
    """Return the table of formats as the docs show it."""
    rows = [
        f"| {one.kind.value} | {one.name} | `{one.key}` | {_headings(one)} | {_fields(one)} | {_left(one)} "
        f"| {_example(one)} | {one.real_file or 'no'} |"
        for one in FORMATS
    ]
    head = [
        "| kind | export | `--format` | recognised by | kept | not kept, such as | example | real file |",
        "|---|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows])


def _headings(one: Format) -> str:
    return ", ".join(f"`{names.partition('|')[0]}`" for names in one.has)


def _fields(one: Format) -> str:
    if one.refused:
        return "nothing"
    columns = one.columns or previewed(one).mapping.columns
    names = dict.fromkeys(
        name if name.partition(".")[2].isalpha() else name.partition(".")[0] for name in columns
    )
    return ", ".join(field_of(one.kind, name).label.lower() for name in names)


def _left(one: Format) -> str:
    if one.refused:
        return "anything: it is refused in words"
    notes = previewed(one).notes
    return ", ".join(
        f"`{name}`"
        for note in notes
        if note.text.startswith(UNUSED)
        for name in str(note.values["columns"]).split(", ")
    )


def _example(one: Format) -> str:
    if one.refused:
        return ""
    text = sample(one)[1].strip().splitlines()[-1]
    return f"`{text if len(text) <= SHOWN else text[:SHOWN] + '...'}`".replace("|", "\\|")


def previewed(one: Format) -> FilePreview:
    name, text = sample(one)
    return inspect_file(name, text.encode(), one.kind, ReadingOptions(answers=ANSWERS))


ANSWERS = {QuestionKind.AUTHOR: "ida", QuestionKind.MODEL: "Q1", QuestionKind.DIRECTION: "as-listed"}


def written() -> str:
    return DOCS.read_text("utf-8").partition(BEGIN)[2].partition(END)[0].strip()


def test_the_docs_list_the_formats_of_the_registry():
    assert written() == listed()


def test_each_format_has_a_key_of_its_own():
    assert len({one.key for one in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize("one", READ, ids=lambda one: one.key)
def test_a_made_up_file_of_each_format_is_known_and_read_whole(one):
    name, text = sample(one)
    assert kind_in(Content(name, text.encode())) in (one.kind, _twin(one))
    drafts = read_drafts(name, text.encode(), one.kind, ReadingOptions(answers=ANSWERS))
    assert drafts.preview.mapping.answers["format"] == one.key
    assert not drafts.rejected
    assert len(drafts.rows) == 1
    if one in TABLES and one.columns:
        assert set(drafts.preview.mapping.columns) == set(one.columns)


def _twin(one):
    """The kind under which the same file is known as well: people and ties of one download."""
    return next((other.kind for other in FORMATS if other is not one and other.has == one.has), one.kind)


@pytest.mark.parametrize("one", REFUSED, ids=lambda one: one.key)
def test_what_nothing_can_be_had_from_is_refused_in_words(one):
    name, text = sample(one)
    with pytest.raises(UnreadableFileError, match=r"numbers alone|no posts|not posts"):
        read_drafts(name, text.encode(), one.kind)


@pytest.mark.parametrize("one", TABLES, ids=lambda one: one.key)
def test_a_table_is_recognised_by_its_headings_in_any_language(one):
    languages = max(len(names.split("|")) for names in one.has)
    for language in range(languages):
        headers = [names.split("|")[min(language, names.count("|"))] for names in one.has]
        assert format_of_table(one.kind, headers) in (one, *FORMATS[: FORMATS.index(one)])
        assert one.suits(headings_in([*headers, "something else"]))
        assert not one.suits(headings_in(headers[1:]))


@pytest.mark.parametrize("one", TABLES, ids=lambda one: one.key)
def test_all_of_its_headings_are_read_as_it_says(one):
    headings = list(dict.fromkeys(names.split("|")[0] for names in (*one.columns.values(), *one.has)))
    places = one.mapping(headings)
    assert set(places) == set(one.columns)
    for name, place in places.items():
        assert headings[place] in one.columns[name].split("|")
        field_of(one.kind, name)


@pytest.mark.parametrize("one", [one for one in FORMATS if one.is_table_too], ids=lambda one: one.key)
def test_records_that_come_as_a_table_are_known_there_as_well(one):
    names = [names.split("|")[-1] for names in (*one.columns.values(), *one.has)]
    headers = list(dict.fromkeys(names))
    assert format_of_table(one.kind, headers) is one
    assert set(one.mapping(headers)) >= set(one.columns) - {"kind"}


def test_no_two_tables_of_a_kind_have_the_same_signs():
    for one, other in product(TABLES, TABLES):
        assert one is other or one.kind is not other.kind or set(one.has) != set(other.has)


if __name__ == "__main__":
    text = DOCS.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    DOCS.write_text(f"{before}{BEGIN}\n{listed()}\n{END}{rest.partition(END)[2]}", "utf-8")

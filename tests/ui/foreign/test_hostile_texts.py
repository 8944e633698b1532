"""Every page is drawn with hostile text in every column; nothing of it reaches a screen as Markdown.

The same pages are looked at in a real browser by ``.ci/hostile_check.py``.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from ambassador.store.database import open_engine
from ambassador.store.schema import metadata
from ambassador.ui.kit.markup import plain
from ambassador.ui.kit.navigation import PAGES
from ambassador.ui.kit.workspace import current_work
from tests.hostile import FORMATTED, OURS, foreign_texts, make_hostile
from tests.services.story import tell
from tests.ui.conftest import OpenApp

READ_AS_TEXT = frozenset({"Code", "Text", "Arrow", "ArrowVegaLiteChart", "PageProfile", "IFrame", "Json"})
"""What shows its texts as they are."""
OPTIONS_AS_TEXT = frozenset({"Selectbox", "MultiSelect"})
FORMATTED_FIELDS = frozenset(
    {"label", "body", "help", "delta", "text", "title", "options", "captions", "content"}
)


@pytest.fixture
def hostile(workspace: str) -> str:
    work = current_work()
    tell(work)
    engine = open_engine(workspace)
    make_hostile(engine)
    engine.dispose()
    return workspace


def test_what_is_ours_is_still_there() -> None:
    """A column that was renamed must not leave the list open for another of its name."""
    known = {table.name: {column.name for column in table.columns} for table in metadata.sorted_tables}
    gone = {table: columns - known.get(table, set()) for table, columns in OURS.items()}
    assert not {table: columns for table, columns in gone.items() if columns}
    of_people = {column.name for column in foreign_texts(metadata.tables["person"])}
    assert {"name", "notes", "topics", "email", "telephone"} <= of_people


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("page", [entry.name for entry in PAGES])
def test_no_page_shows_a_text_from_outside_as_markup(
    open_app: OpenApp, hostile: str, page: str, language: str
) -> None:
    app = open_app(page, language=language, campaign="1")
    assert not app.exception
    assert not [one for text in formatted_texts(app) for one in FORMATTED if one in text]


def test_a_text_from_outside_is_shown_letter_by_letter(open_app: OpenApp, hostile: str) -> None:
    assert any(plain(one) in text for text in formatted_texts(open_app("outcomes")) for one in FORMATTED)


def test_with_the_door_open_markup_would_be_seen(
    open_app: OpenApp, hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ambassador.ui.kit.screen.shown", str)
    assert any(one in text for text in formatted_texts(open_app("outcomes")) for one in FORMATTED)


def formatted_texts(app: AppTest) -> Iterator[str]:
    """Give every text the browser would read as Markdown."""
    for node in everything(app._tree):
        proto = getattr(node, "proto", None)
        if isinstance(proto, Message):
            yield from texts_of(proto)


def everything(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from everything(child)


def texts_of(proto: Message) -> Iterator[str]:
    name = proto.DESCRIPTOR.name
    if name in READ_AS_TEXT:
        return
    for field, value in proto.ListFields():
        if field.message_type is not None:
            for part in value if field.is_repeated else [value]:
                if isinstance(part, Message):
                    yield from texts_of(part)
        elif field.name in FORMATTED_FIELDS and not (field.name == "options" and name in OPTIONS_AS_TEXT):
            yield from [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]

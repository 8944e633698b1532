"""The Import page as a reader meets it; the browser's file is put in the uploader's place."""

import hashlib
import time
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.services.devices.courier_words import list_courier_words
from ambassador.services.imports.undo_import import list_imports
from ambassador.services.live import add_watch, list_watches
from ambassador.ui.imports import actions
from ambassador.ui.imports.form import Upload, _next_name
from ambassador.ui.kit.workspace import current_work
from ambassador.values.live import Watched
from tests.intake.workbook_parts import packed, parts
from tests.live_server import comments, live_server
from tests.ui.conftest import OpenApp

TIES = b"follower;followed\nlia;anna\nugo;anna\n"
_PATIENCE = 200


@pytest.fixture
def send(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, bytes], None]:
    """Give what stands for choosing a file in the browser."""

    def put(name: str, data: bytes) -> None:
        upload = Upload(name, data, hashlib.sha256(data).hexdigest())
        monkeypatch.setattr(actions, "choose_file", lambda: upload)

    return put


def finish(app: AppTest) -> AppTest:
    """Draw the page until the job's report is there."""
    for _ in range(_PATIENCE):
        if app.metric or app.error:
            return app
        time.sleep(0.05)
        app.run()
    return app


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def test_the_page_asks_what_the_file_holds(open_app: OpenApp) -> None:
    app = open_app("imports")
    assert not app.exception
    assert app.pills[0].options[0] == "People"


def test_a_link_may_say_what_the_file_holds(open_app: OpenApp) -> None:
    app = open_app("imports", kind="ties")
    assert app.pills[0].value == "ties"


def test_direction_is_asked_with_the_people_of_the_row_and_the_file_goes_in(open_app: OpenApp, send) -> None:
    send("ties.csv", TIES)
    app = open_app("imports", kind="ties")
    assert not app.exception
    question = app.radio[0]
    assert question.label.startswith("Line 2 lists @lia, then @anna")
    assert question.options == [
        "@anna hears from @lia: as listed",
        "@lia follows, answers or shares @anna: reversed",
    ]
    question.set_value("reversed")
    button(app, "Import 2 rows").click().run()
    finish(app)
    assert [metric.value for metric in app.metric] == ["2", "0", "0", "0"]
    assert [batch.added for batch in list_imports(current_work())] == [2]


def test_nothing_is_imported_before_the_question_is_answered(open_app: OpenApp, send) -> None:
    send("ties.csv", b"u1,u2\nlia,anna\n")
    app = open_app("imports", kind="ties")
    assert app.radio[0].value is None
    button(app, "Import 2 rows").click().run()
    assert not app.exception
    assert "Answer first what is asked above." in [one.value for one in app.warning]
    assert not list_imports(current_work())
    assert app.radio[0].value is None


def test_rejected_rows_are_shown_with_their_reason(open_app: OpenApp, send) -> None:
    send("people.csv", b"handle,platform,followers\nlia,ig,10\nanna,ig,tanti\n")
    app = open_app("imports")
    button(app, "Import 2 rows").click().run()
    finish(app)
    assert [metric.value for metric in app.metric] == ["1", "0", "0", "1"]
    assert any("tanti is not a number" in str(table.value) for table in app.dataframe)


def test_a_file_that_cannot_be_read_says_so(open_app: OpenApp, send) -> None:
    send("people.pdf", b"%PDF-1.7")
    app = open_app("imports")
    assert any("people.pdf is a PDF" in str(error.value) for error in app.error)


def test_further_columns_of_one_meaning_are_numbered() -> None:
    assert _next_name("topics", {}) == "topics"
    assert _next_name("topics", {"topics": "a", "topics.2": "b"}) == "topics.3"


def test_another_sheet_of_a_workbook_can_be_chosen(open_app: OpenApp, send) -> None:
    members = parts()
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="Giugno" sheetId="2" r:id="r9"/></sheets>'
    )
    members["xl/_rels/workbook.xml.rels"] = members["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="r9" Type="x/worksheet" Target="worksheets/sheet9.xml"/></Relationships>',
    )
    rows = "".join(f'<row><c t="str"><v>{handle}</v></c></row>' for handle in ("handle", "@zoe", "@ada"))
    members["xl/worksheets/sheet9.xml"] = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    send("people.xlsx", packed(members))
    app = open_app("imports", kind="people")
    sheet = next(one for one in app.selectbox if one.label == "Sheet")
    assert (list(sheet.options), sheet.value) == (["Maggio", "Giugno"], "Maggio")
    assert button(app, "Import 1 row")
    sheet.select("Giugno").run()
    assert not app.exception
    assert button(app, "Import 2 rows")


COURIER = b"Reference,Recipient,Status\nP-1,Lia Rossi,Delivered\nP-2,Ugo Neri,In transit\n"


def test_a_file_is_opened_as_what_it_holds(open_app: OpenApp, send) -> None:
    send("may.csv", COURIER)
    app = open_app("imports")
    assert not app.exception
    assert app.pills[0].value == "courier"
    assert button(app, "Import 2 rows")


def test_another_kind_can_be_chosen_and_the_file_stays(open_app: OpenApp, send) -> None:
    send("may.csv", b"handle,Recipient,Status,tracking\n@lia,Lia,Delivered,ZX77\n")
    app = open_app("imports")
    assert app.pills[0].value == "courier"
    app.pills[0].set_value("people").run()
    assert not app.exception
    assert button(app, "Import 1 row")


def test_a_kind_a_link_said_stands_and_what_the_file_looks_like_is_said(open_app: OpenApp, send) -> None:
    send("may.csv", b"handle,Status,tracking\n@lia,Delivered,ZX77\n")
    app = open_app("imports", kind="people")
    assert app.pills[0].value == "people"
    assert any("another kind of file: Courier file" in str(one.value) for one in app.warning)


def test_after_an_import_the_next_file_can_be_dropped_and_links_lead_on(open_app: OpenApp, send) -> None:
    send("people.csv", b"handle,platform,followers\nlia,ig,10\n")
    app = open_app("imports")
    button(app, "Import 1 row").click().run()
    finish(app)
    assert any(one.value == "The next file" for one in app.subheader)
    assert not app.exception


def test_a_couriers_unknown_word_is_asked_and_remembered(open_app: OpenApp, send) -> None:
    send("may.csv", COURIER.replace(b"In transit", b"Left with neighbour"))
    app = open_app("imports", kind="courier")
    question = next(one for one in app.radio if "Left with neighbour" in one.label)
    assert question.value is None
    assert question.options[:2] == ["on the way", "delivered"]
    question.set_value("delivered")
    button(app, "Import 2 rows").click().run()
    finish(app)
    own = {one.word: one.state for one in list_courier_words(current_work()) if one.is_own}
    assert own == {"left with neighbour": "delivered"}


def test_live_sources_are_run_from_the_page(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBASSADOR_YOUTUBE_KEY", "hidden")
    app = open_app("imports")
    assert "Live sources" in [one.value for one in app.subheader]
    with live_server(comments(14)) as server:
        add_watch(current_work(), Watched("youtube", "video", "vid-brezza1", server.url))
        button(app.run(), "Run all now").click().run()
        for _ in range(_PATIENCE):
            if app.success or app.warning or app.error:
                break
            time.sleep(0.05)
            app.run()
    (told,) = (one.value for one in app.success)
    assert told.startswith("YouTube · Comments under a video · vid-brezza1: 27 rows: 27 added")
    assert not app.exception


def _follow_dialog() -> None:
    from ambassador.services.live import list_sources
    from ambassador.ui.live.actions import _add_dialog

    _add_dialog({one.name: one for one in list_sources()})


def test_something_new_is_followed_from_the_page(workspace: str) -> None:
    app = AppTest.from_function(_follow_dialog, default_timeout=120).run()
    button(app, "Follow it").click().run()
    assert [one.value for one in app.warning] == ["Say first what is to be followed."]
    app.selectbox[0].set_value(("mastodon", "hashtag"))
    app.text_input[0].set_value("#Brezza")
    button(app, "Follow it").click().run()
    assert not app.exception
    (watch,) = list_watches(current_work())
    assert (watch.watched.what, watch.watched.target) == ("hashtag", "brezza")


def test_who_the_numbers_of_a_network_are_is_read_from_a_second_file(open_app: OpenApp, send) -> None:
    send("edges.csv", b"Source,Target,Weight\n1,2,3\n1,3,1\n")
    app = open_app("imports", kind="ties")
    (nodes,) = (one for one in app.file_uploader if one.label == "The list of the nodes")
    nodes.set_value(("nodes.csv", b"Id,Label\n1,olga\n2,petra\n3,quentin\n", "text/csv")).run()
    assert not app.exception
    app.radio[0].set_value("as-listed").run()
    assert any("olga" in str(table.value) for table in app.dataframe), [one.value for one in app.error]

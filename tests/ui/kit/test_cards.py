"""A table on a phone is a list of cards: every row is there, nothing unknown is said, ticks choose rows."""

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.ui.kit import tables


def _script(choose: str, count: int) -> None:
    from dataclasses import dataclass

    from ambassador.ui.kit.screen import st
    from ambassador.ui.kit.tables import Column, Kind, show_table
    from ambassador.values.money import Money

    @dataclass(frozen=True)
    class Row:
        name: str
        fee: Money | None
        views: int | None
        silent: bool = False
        page: str = ""

    rows = [Row("*Nina*", Money(2550), 12_400, silent=True, page="https://x.example/nina")]
    rows += [Row(f"Row {place}", None, place) for place in range(1, count)]
    columns = (
        Column("Name", "name"),
        Column("Fee, EUR", "fee", Kind.MONEY),
        Column("Views", "views", Kind.NUMBER),
        Column("Silent", "silent", Kind.FLAG),
        Column("Page", "page", Kind.LINK),
    )
    chosen = show_table("people", rows, columns, choose=choose)  # type: ignore[arg-type]
    st.session_state["chosen"] = [row.name for row in chosen]


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader hold a phone."""
    monkeypatch.setattr(tables, "on_small_screen", lambda: True)


def _open(choose: str, count: int = 3) -> AppTest:
    app = AppTest.from_function(_script, kwargs={"choose": choose, "count": count}, default_timeout=60)
    app.session_state["language"] = "en"
    return app.run()


def test_a_table_is_a_table_where_there_is_room() -> None:
    app = _open("")
    assert len(app.dataframe) == 1


def test_a_card_says_what_is_known_in_the_readers_form(phone: None) -> None:
    app = _open("")
    assert not app.exception
    assert not app.dataframe
    said = [one.value for one in app.caption if "Views" in one.value]
    assert (
        said[0]
        == "Fee **€25.50** · Views **12,400** · Silent **yes** · Page **[Open](https://x.example/nina)**"
    )
    assert said[1] == "Views **1**"
    assert app.markdown[0].value == r"**\*Nina\***"


def test_one_is_chosen_at_a_time_or_many(phone: None) -> None:
    app = _open("one")
    app.checkbox[0].check().run()
    app.checkbox[2].check().run()
    assert app.session_state["chosen"] == ["Row 2"]
    app = _open("many")
    app.checkbox[0].check().run()
    app.checkbox[2].check().run()
    assert app.session_state["chosen"] == ["*Nina*", "Row 2"]


def test_many_rows_come_some_at_a_time(phone: None) -> None:
    app = _open("many", 45)
    assert len(app.checkbox) == 20
    app.button(key="more:people").click().run()
    app.button(key="more:people").click().run()
    assert len(app.checkbox) == 45
    assert not [one for one in app.button if one.key == "more:people"]

"""A page takes the room the browser said it has; no figure is cut and none stands alone in a row."""

from collections.abc import Mapping
from types import SimpleNamespace

import pytest

from ambassador.ui.kit import room
from ambassador.ui.kit.figures import Figure, in_rows

PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148"}
SHORT = Figure("Late", "3")
LONG = Figure("People who may see it", "412,000 – 676,755", "known of 31 of them", help="All of them.")  # noqa: RUF001


@pytest.mark.parametrize(
    ("cookies", "headers", "width", "small"),
    [
        ({}, {}, 1280, False),
        ({}, PHONE, 400, True),
        ({room.WIDTH_COOKIE: "390"}, {}, 390, True),
        ({room.WIDTH_COOKIE: "1024"}, PHONE, 1024, False),
        ({room.WIDTH_COOKIE: "639"}, {}, 639, True),
        ({room.WIDTH_COOKIE: "640"}, {}, 640, False),
        ({room.WIDTH_COOKIE: "-5"}, {}, 1280, False),
        ({room.WIDTH_COOKIE: "9" * 40}, {}, 1280, False),
        ({room.WIDTH_COOKIE: "<script>"}, {}, 1280, False),
    ],
)
def test_the_browser_says_how_wide_it_is(
    monkeypatch: pytest.MonkeyPatch,
    cookies: Mapping[str, str],
    headers: Mapping[str, str],
    width: int,
    small: bool,
) -> None:
    monkeypatch.setattr(
        room, "st", SimpleNamespace(context=SimpleNamespace(cookies=cookies, headers=headers))
    )
    assert room.screen_width() == width
    assert room.on_small_screen() is small
    assert 0 < room.page_width() < width


@pytest.mark.parametrize(
    ("figures", "width", "shape"),
    [
        ([SHORT] * 4, 876, [4]),
        ([LONG] * 4, 1516, [4]),
        ([LONG] * 4, 876, [2, 2]),
        ([SHORT] * 4, 368, [4]),
        ([LONG] * 4, 368, [1, 1, 1, 1]),
        ([LONG, LONG, SHORT], 876, [3]),
        ([LONG, LONG, SHORT], 368, [1, 1, 1]),
        ([SHORT, LONG], 368, [2]),
        ([SHORT], 368, [1]),
        ([], 368, []),
    ],
)
def test_no_figure_is_cut_and_none_stands_alone(figures: list[Figure], width: int, shape: list[int]) -> None:
    rows = in_rows(figures, width)
    assert [len(row) for row in rows] == shape
    assert [figure for row in rows for figure in row] == figures

"""A verb that takes long says so beside its answer, a line at a time."""

import time

import pytest

from ambassador.cli.progress import Under, told
from ambassador.cli.shell import make_shell


def test_a_line_says_how_far_and_about_how_long_still() -> None:
    now = [100.0]
    under = Under(make_shell(None, "en"), lambda: now[0])
    assert under.line() == "Working: 0 s so far"
    under(0, 100, "Reading past cascades")
    now[0] += 30
    assert under.line() == "Reading past cascades: 30 s so far"
    under(25, 100, "Reading past cascades")
    assert under.line() == "Reading past cascades: 25%, 30 s so far, about 90 s left"
    under(100, 100, "Reading past cascades")
    assert under.line().endswith("about 0 s left")


def test_lines_come_while_it_works_and_none_afterwards(capsys: pytest.CaptureFixture[str]) -> None:
    with told(make_shell(None, "it"), every=0.01) as progress:
        progress(1, 2, "Reading past cascades")
        until = time.monotonic() + 5
        while not (seen := capsys.readouterr()).err and time.monotonic() < until:
            time.sleep(0.01)
    assert seen.out == "" and "50%" in seen.err
    capsys.readouterr()
    time.sleep(0.05)
    assert capsys.readouterr().err == ""


def test_a_verb_that_fails_falls_silent(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="no"), told(make_shell(None, "en"), every=0.01):
        raise ValueError("no")
    capsys.readouterr()
    time.sleep(0.05)
    assert capsys.readouterr().err == ""

"""``--as-of``: verbs that look at things, as they were known on a day."""

import json
from pathlib import Path
from typing import Any

import pytest

from ambassador.cli.main import main
from ambassador.services.work import UnitOfWork
from ambassador.values.status import ImportKind
from tests.services.brought import bring
from tests.services.lookback.week import WEEK_2, Week


def _answer(capsys: pytest.CaptureFixture[str], url: str, *verb: str) -> tuple[Any, str]:
    capsys.readouterr()
    assert main(["--database", url, *verb, "--json"]) == 0
    said = capsys.readouterr()
    return json.loads(said.out), said.err


def test_verbs_say_what_was_known_on_a_day(
    sqlite_work: UnitOfWork, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    week = Week(sqlite_work)
    bring(week.later(), ImportKind.MENTIONS, WEEK_2, name="week2.csv")
    then = ("--as-of", "2026-05-06")
    now, _ = _answer(capsys, sqlite_url, "results", "--campaign", "Aria")
    week_1, said = _answer(capsys, sqlite_url, "results", "--campaign", "Aria", *then)
    assert (now["total"]["talkers"], week_1["total"]["talkers"]) == (6, 4)
    assert (now["total"]["likes"]["value"], week_1["total"]["likes"]["value"]) == (104, 15)
    assert "As known on 6 May 2026." in said
    assert week_1["as_known"] == "As known on 6 May 2026."
    assert "as_known" not in now
    cascades, _ = _answer(capsys, sqlite_url, "cascades", "--campaign", "Aria", *then)
    assert {one["as_known"] for one in cascades} == {"As known on 6 May 2026."}
    assert [one["size"] for one in cascades] == [3, 1]
    page = tmp_path / "week1.html"
    told, _ = _answer(capsys, sqlite_url, "report", "--campaign", "Aria", "--output", str(page), *then)
    assert told["as_known"] in page.read_text(encoding="utf-8")
    phones, _ = _answer(capsys, sqlite_url, "device", "list", *then)
    assert (phones["by_status"]["delivered"], phones["by_status"]["shipped"]) == (1, 1)
    for verb in (("outcome", "list", "--campaign", "Aria"), ("growth",), ("mentions", "list")):
        _, said = _answer(capsys, sqlite_url, *verb, *then)
        assert "As known on" in said
    assert main(["--database", sqlite_url, "results", "--campaign", "Aria", "--as-of", "2199-01-01"]) == 1
    assert "has not come yet" in capsys.readouterr().err

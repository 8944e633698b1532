"""The steps of ``benchmarks.workspace``, each run in a process of its own that tells what it took."""

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from ambassador.config import settings
from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.services.imports.import_files import (
    ImportOptions,
    import_file,
    preview_import,
    refresh_after,
)
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.ui.kit.workspace import all_opened
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.status import ImportKind
from benchmarks.brand_files import BrandSize, write_mentions, write_people, write_ties
from benchmarks.row_counts import Asked, counting, opened_app, shown_rows
from benchmarks.size import peak

Told = dict[str, Any]
_KINDS: Final = {"people": ImportKind.PEOPLE, "ties": ImportKind.TIES}
_WEEK: Final = 7 / 365
_MOST_VISITS: Final = 6
_BETWEEN_VISITS: Final = 1.0  # seconds, in which what runs behind a page goes on


def make(folder: Path, numbers: str) -> Told:
    """Write the files of a year and of one more week."""
    people, ties, mentions, week = map(int, numbers.split(","))
    size, rng = BrandSize(people, ties, mentions), np.random.default_rng(1)
    write_people(folder / "people.csv", size, rng)
    write_ties(folder / "ties.csv", size, rng)
    write_mentions(folder / "mentions.csv", size, rng, lasts=1 - _WEEK)
    more = BrandSize(people, 0, week)
    write_mentions(folder / "week.csv", more, rng, since=1 - _WEEK, lasts=_WEEK)
    return {"megabytes": (folder / "mentions.csv").stat().st_size / 1e6}


def bring(folder: Path, name: str) -> Told:
    """Import one file as a page does: looked at, asked about, read and written."""
    work, path = _work(), folder / f"{name}.csv"
    kind = _KINDS.get(name, ImportKind.MENTIONS)
    preview = preview_import(work, kind, path.name, path)
    asked = {one.kind.value: one.proposed or one.answers[0] for one in preview.questions if one.answers}
    options = ImportOptions(answers={"platform": "x", **asked})
    report = import_file(work, kind, path.name, path, options)
    return {"added": report.added, "updated": report.updated, "rejected": report.rejected}


def campaign(_folder: Path, _name: str) -> Told:
    """Begin a campaign that many posts belong to and one that none does."""
    work = _work()
    for name, tag in (("Brezza", "#brezza2"), ("Nobody", "#nothinglikethis")):
        rule = MatchRuleDraft(hashtags=(tag,))
        draft = CampaignDraft(name, date(2025, 10, 1), date(2026, 9, 30), rule=rule)
        create_campaign(work, draft)
    return {}


def refresh(_folder: Path, _name: str) -> Told:
    """Work out parents, ties, matches and credit."""
    refresh_after(_work())
    return {}


def page(_folder: Path, name: str) -> Told:
    """Open a page in a process that has shown another one, then again.

    What a first visit sets going (the picture of a network is drawn and kept) changes rows, and what was kept
    of them is built once more: the page is opened until two visits in a row read alike, and the last counts.
    """
    with counting() as asked:
        app = opened_app()
        found = _visit(app, name, "cold", asked)
        before = -1
        for _ in range(_MOST_VISITS):
            found |= _visit(app, name, "warm", asked)
            if found["warm rows"] == before:
                break
            before = found["warm rows"]
            time.sleep(_BETWEEN_VISITS)
        if app.exception:
            raise RuntimeError(app.exception[0].value)
        for work in all_opened().values():
            work.engine.dispose()
    return {**found, "shown": shown_rows(app)}


def _visit(app: AppTest, name: str, when: str, asked: Asked) -> Told:
    asked.statements = asked.rows = 0
    began, processor = time.perf_counter(), time.process_time()
    app.switch_page(f"pages/{name}.py").run()
    return {
        f"{when} wall": time.perf_counter() - began,
        f"{when} processor": time.process_time() - processor,
        f"{when} statements": asked.statements,
        f"{when} rows": asked.rows,
    }


def pandas(folder: Path, name: str) -> Told:
    """Read the same file with pandas and write it to a table."""
    connection = sqlite3.connect(folder / f"pandas-{name}.db")
    pd.read_csv(folder / f"{name}.csv").to_sql(name, connection, index=False, chunksize=10_000)
    connection.close()
    return {}


def _work() -> UnitOfWork:
    return open_workspace(settings().database_url, actor="benchmark")


STEPS: Final[Mapping[str, Callable[[Path, str], Told]]] = {
    step.__name__: step for step in (make, bring, campaign, refresh, page, pandas)
}


def main() -> None:
    """Run one step and say what it took."""
    began, processor = time.perf_counter(), time.process_time()
    told = STEPS[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])
    took = {"wall": time.perf_counter() - began, "processor": time.process_time() - processor}
    sys.stdout.write("\n" + json.dumps({**told, **took, "peak": 1024 * peak()}))
    sys.stdout.flush()
    os._exit(0)  # the app's threads would hold the process


if __name__ == "__main__":
    main()

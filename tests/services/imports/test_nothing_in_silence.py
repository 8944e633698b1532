"""All an import must say, and nothing else: troubles planted at random are each told, wherever it is told.

More of them: ``AMBASSADOR_EXAMPLES=500 pytest tests/services/imports/test_nothing_in_silence.py``.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ambassador.cli.main import main
from ambassador.cli.shell import Shell
from ambassador.services.devices import add_device, reserve_device
from ambassador.services.imports import ImportOptions, import_file, preview_import, rehearse_import
from ambassador.services.work import UnitOfWork
from ambassador.store.database import open_engine
from ambassador.store.tables.campaigns import Ambassador
from ambassador.ui.imports import form
from ambassador.values.drafts import DeviceDraft
from ambassador.values.imports.imports import ImportReport
from tests.conftest import NOW
from tests.databases import copy_sqlite
from tests.services.brought import bring
from tests.services.imports import planted
from tests.services.imports.planted import Plant, Planted
from tests.services.talk import Talk

EXAMPLES = int(os.environ.get("AMBASSADOR_EXAMPLES", "8"))
FILES: dict[str, tuple[Callable[[], Planted], str, Sequence[Plant]]] = {
    "people": (planted.people, planted.PEOPLE_BEFORE, planted.PEOPLE),
    "mentions": (planted.mentions, planted.MENTIONS_BEFORE, planted.MENTIONS),
    "ties": (planted.ties, planted.TIES_BEFORE, planted.TIES),
    "devices": (planted.devices, planted.DEVICES_BEFORE, planted.DEVICES),
    "outcomes": (planted.outcomes, planted.OUTCOMES_BEFORE, planted.OUTCOMES),
    "courier": (planted.courier, planted.COURIER_BEFORE, planted.COURIER),
}


@st.composite
def files(draw: st.DrawFn, kind: str) -> Planted:
    """Draw a file of a kind with some troubles in it, in any order."""
    start, _, plants = FILES[kind]
    file = start()
    chosen = [*draw(st.lists(st.sampled_from(plants), unique=True))]
    if kind == "people":
        file.is_workbook = draw(st.booleans())
        further = planted.IN_BOOKS if file.is_workbook else planted.IN_TEXT
        chosen += draw(st.lists(st.sampled_from(further), unique=True))
    for plant in draw(st.permutations(chosen)):
        plant(file)
    for plant in draw(st.lists(st.sampled_from(planted.LAST), unique=True)) if kind == "people" else ():
        plant(file)
    return file


@pytest.fixture(scope="session")
def brought(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give a database in which something of a kind is known already, made once."""
    made: dict[str, Path] = {}

    def prepare(kind: str) -> Path:
        if kind not in made:
            folder = tmp_path_factory.mktemp(kind)
            url = copy_sqlite(sqlite_template, folder)
            with opened(url) as work:
                if kind in {"outcomes", "courier"}:
                    _campaign(work)
                file = FILES[kind][0]()
                bring(work, file.kind, FILES[kind][1], ImportOptions(answers=file.answers))
            made[kind] = Path(url.removeprefix("sqlite:///"))
        return made[kind]

    return prepare


def _campaign(work: UnitOfWork) -> None:
    """Make a campaign with four people who carry a code each, and a parcel each that waits."""
    talk = Talk(work)
    for number, handle in enumerate(("nina", "ugo", "eva", "ivo")):
        add_device(work, DeviceDraft(line=0, model="Q1", serial=f"T{number}"))
        talk.ambassador(handle)
        with work.writing() as session:
            session.get_one(Ambassador, talk.ambassadors[handle]).code = f"{handle.upper()}10"
        reserve_device(work, talk.ambassadors[handle])


@contextmanager
def opened(url: str) -> Iterator[UnitOfWork]:
    engine = open_engine(url)
    try:
        yield UnitOfWork(engine, "tester", lambda: NOW)
    finally:
        engine.dispose()


def said(report: ImportReport) -> Counter[str]:
    return Counter(map(str, report.notes))


def fates(report: ImportReport) -> Counter[str]:
    counts = {
        "added": report.added, "updated": report.updated, "known": report.known, "merged": report.merged,
        "left out": report.left_out, "rejected": report.rejected,
    }  # fmt: skip
    return Counter({name: count for name, count in counts.items() if count})


def changed(report: ImportReport) -> list[planted.Change]:
    return sorted(
        (one.line, one.what, one.field, one.before, one.after, one.is_taken) for one in report.changes
    )


def refused(report: ImportReport) -> list[planted.Refusal]:
    return sorted((one.line, one.column, str(one)) for one in report.rejected_rows)


def check(report: ImportReport, file: Planted) -> None:
    """Compare a report with what was planted, sentence by sentence."""
    assert said(report) == file.told()
    assert changed(report) == file.changes()
    assert report.changed == len(file.changes())
    assert refused(report) == file.refusals()
    assert fates(report) == file.fates()
    assert report.rows == file.fates().total()


class Screen:
    """A page that keeps what is written on it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.tables: dict[str, list[Any]] = {}

    def __getattr__(self, name: str) -> Any:
        def draw(*given: Any, **_: Any) -> "Screen":
            self.texts += [str(one) for one in given if isinstance(one, str)]
            return self

        return draw

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def show_table(self, name: str, values: Sequence[Any], *_: object, **__: object) -> None:
        self.tables[name] = list(values)

    def first_row(self, *figures: Any) -> None:
        self.texts += [f"{one.label}: {one.value}" for one in figures]


def check_page(report: ImportReport, file: Planted) -> None:
    """Draw the report as the page does, and look for every sentence on it."""
    screen = Screen()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AMBASSADOR_LANGUAGE", "en")
        for name in ("st", "show_table", "first_row", "page_link"):
            patch.setattr(form, name, screen if name == "st" else getattr(screen, name))
        form.show_report(report)
    counts = file.fates()
    for sentence in file.told():
        assert sentence in screen.texts
    assert len(screen.tables.get("changes", ())) == len(file.changes())
    assert len(screen.tables.get("rejected", ())) == len(file.refusals())
    figures = {"Added": "added", "Updated": "updated", "Known already": "known", "Rejected": "rejected"}
    for label, fate in figures.items():
        assert f"{label}: {counts[fate]}" in screen.texts
    if counts["merged"] or counts["left out"]:
        parts = f"{counts['merged']} taken with another row, {counts['left out']} left out"
        assert any(text.startswith(f"{counts.total()} rows: ") and parts in text for text in screen.texts)


def check_shell(answer: dict[str, Any], file: Planted) -> None:
    """Compare what the shell prints for programs with what was planted."""
    assert Counter(answer["notes"]) == file.told()
    told = [
        (one["line"], one["what"], one["field"], one["before"], one["after"], one["is_taken"])
        for one in answer["changes"]
    ]
    assert sorted(told) == file.changes()
    rows = [(one["line"], one["column"], one["reason"]) for one in answer["rejected_rows"]]
    assert sorted(rows) == file.refusals()
    parts = ("added", "updated", "known", "merged", "left_out", "rejected")
    assert sum(answer[name] for name in parts) == answer["rows"] == file.fates().total()


def ask_shell(url: str, file: Planted, path: Path, *options: str) -> dict[str, Any]:
    """Import a file from the shell."""
    path.write_bytes(file.data())
    given = [f"--{name}={value}" for name, value in file.answers.items()]
    out = path.parent / "out.json"
    with pytest.MonkeyPatch.context() as patch, out.open("w+") as stream:
        patch.setenv("AMBASSADOR_LANGUAGE", "en")
        patch.setattr("sys.stdout", stream)
        main(["--database", url, "import", file.kind.value, str(path), *given, *options, "--json"])
        stream.seek(0)
        answer: dict[str, Any] = json.load(stream)
    return answer


@pytest.mark.parametrize("kind", list(FILES))
def test_what_was_planted_is_told_and_nothing_else(kind, brought, tmp_path_factory):
    before = brought(kind)

    @settings(max_examples=EXAMPLES)
    @given(files(kind))
    def run(file: Planted) -> None:
        folder = tmp_path_factory.mktemp("planted")
        url = copy_sqlite(before, folder)
        options, data = ImportOptions(answers=file.answers), file.data()
        with opened(url) as work:
            preview = preview_import(work, file.kind, file.name, data, options)
            assert preview.row_count == file.fates().total()
            assert not Counter(map(str, preview.notes)) - file.told()
            rehearsed = rehearse_import(work, file.kind, file.name, data, options)
            assert rehearsed is not None
            check(rehearsed, file)
            report = import_file(work, file.kind, file.name, data, options)
            check(report, file)
            check_page(report, file)

    run()


@pytest.mark.parametrize("kind", list(FILES))
def test_the_shell_tells_programs_the_same(kind, brought, tmp_path_factory, monkeypatch):
    before = brought(kind)
    work_now = Shell.work
    monkeypatch.setattr(Shell, "work", lambda shell: work_now(shell).at(NOW))

    @settings(max_examples=max(EXAMPLES // 4, 1), phases=(Phase.generate,))
    @given(files(kind))
    def run(file: Planted) -> None:
        folder = tmp_path_factory.mktemp("planted")
        url, path = copy_sqlite(before, folder), folder / file.name
        for options in (("--dry-run",), ()):
            answer = ask_shell(url, file, path, *options)
            check_shell(answer, file)
            assert answer["dry_run"] == bool(options)

    run()

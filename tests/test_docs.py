"""What the docs say is what the product does."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from ambassador.cli.main import main
from ambassador.config import settings
from ambassador.values.definitions import DEFINITIONS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
TOUR = re.findall(
    r"^ambassador (--database tour\.db .*)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AMBASSADOR_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("AMBASSADOR_LANGUAGE", "en")
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def test_the_walk_through_of_the_readme_works_line_by_line(here: Path, capsys: pytest.CaptureFixture) -> None:
    said = ""
    for line in TOUR:
        if not line.endswith(" run"):
            assert main(shlex.split(line)) == 0, line
            said += capsys.readouterr().out
    assert len(TOUR) >= 8
    assert "16 expected to talk" in said
    assert "a and b reach 90% the same people" in said
    assert (here / "report.html").stat().st_size > 5_000


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_question_mark_says_what_the_docs_say(name: str) -> None:
    page = (ROOT / "docs" / "definitions.md").read_text("utf-8")
    assert f'<a id="{name}"></a>\n' in page
    assert DEFINITIONS[name] in " ".join(page.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_the_docs_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([\w-]+))?\)", page.read_text("utf-8"))
    for target, anchor in links:
        found = page.parent / target if target else page
        assert found.exists(), target
        assert not anchor or f'id="{anchor}"' in found.read_text("utf-8"), anchor


def test_every_path_the_picture_of_the_house_names_is_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`((?:ambassador|docs|pages|seed|tests)/[\w./-]*)`", page))
    assert len(named) > 40
    assert not [path for path in sorted(named) if not (ROOT / path).exists()]


def test_a_new_import_format_touches_three_files_at_most() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    (row,) = re.findall(r"^\| a new import format \|(.*)\|$", page, re.MULTILINE)
    assert len(re.findall(r"`[^`]+`", row)) <= 3
    folder = ROOT / "ambassador" / "intake" / "formats"
    own = {path.stem for path in folder.glob("*.py")} - {"__init__", "format", "registry"}
    assert len(own) > 15
    named = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in (ROOT / "ambassador").rglob("*.py")
        if path.stem not in own and path.parent.name != "live"  # one may borrow from another
        for name in re.findall(r"ambassador\.intake\.formats\.(\w+)", path.read_text("utf-8"))
        if name in own
    }
    assert named == {("ambassador/intake/formats/registry.py", name) for name in own}

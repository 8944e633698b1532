"""What the product offers stands in its docs: verbs, options, pages, settings, kinds and forms of files."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from ambassador.cli.main import build_app
from ambassador.config import PREFIX, Settings
from ambassador.intake.files import FileFormat
from ambassador.ui.kit.navigation import PAGES
from ambassador.values.status import ImportKind
from tests.conventions.sources import ROOT

VERBS = (ROOT / "docs" / "verbs.md").read_text(encoding="utf-8")
FORMATS = (ROOT / "docs" / "data-formats.md").read_text(encoding="utf-8")
START = (ROOT / "docs" / "getting-started.md").read_text(encoding="utf-8")


def verbs(command: Any, path: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Walk from ``ambassador`` to every verb, with the options it has of its own."""
    below = getattr(command, "commands", {})
    for name, found in below.items():
        yield from verbs(found, f"{path} {name}".strip())
    if not below:
        given = (name for option in command.params for name in (*option.opts, *option.secondary_opts))
        yield path, frozenset(name for name in given if name.startswith("--"))


OFFERED = dict(verbs(typer.main.get_command(build_app())))


def row_of(verb: str) -> str:
    return next((line for line in VERBS.splitlines() if line.startswith((f"| `{verb}`", f"| `{verb} "))), "")


def test_verbs_are_found_by_walking() -> None:
    assert len(OFFERED) > 40
    assert "--count" in OFFERED["pick"]


@pytest.mark.parametrize("verb", OFFERED)
def test_a_verb_stands_in_the_docs_with_its_options(verb: str) -> None:
    row = row_of(verb)
    assert row, f"docs/verbs.md has no row for {verb}"
    if "as below" in row:
        row += next(line for line in VERBS.splitlines() if line.startswith("The six imports share"))
    missing = [name for name in sorted(OFFERED[verb] - {"--json"}) if f"`{name}`" not in row]
    assert not missing, f"the row of {verb} in docs/verbs.md lacks {missing}"


@pytest.mark.parametrize("name", sorted(frozenset().union(*OFFERED.values()) - {"--json"}))
def test_an_option_is_explained(name: str) -> None:
    assert f"\n| `{name}` | " in VERBS


def test_no_verb_or_option_is_promised_that_is_not_there() -> None:
    first = [line.split("`")[1] for line in VERBS.splitlines() if line.startswith("| `")]
    options = frozenset().union(*OFFERED.values())
    names = {name.split(" ")[0] for name in OFFERED}
    assert not [it for it in first if it.startswith("--") and it not in options]
    assert not [it for it in first if not it.startswith(("--", PREFIX)) and it.split(" ")[0] not in names]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_stands_in_the_docs(name: str) -> None:
    assert f"| `{PREFIX}{name.upper()}` |" in VERBS


@pytest.mark.parametrize("title", [entry.title for entry in PAGES])
def test_a_page_stands_in_the_docs(title: str) -> None:
    assert f"*{title}*" in START.partition("## The pages")[2]


@pytest.mark.parametrize("kind", ImportKind)
def test_a_kind_of_file_stands_in_the_docs(kind: ImportKind) -> None:
    assert f"\n| {kind} | " in FORMATS


@pytest.mark.parametrize("form", FileFormat)
def test_a_form_of_file_stands_in_the_docs(form: FileFormat) -> None:
    assert form.value in FORMATS.partition("## Forms of files")[2].casefold()

"""Collect every message of the sources into the catalogues: ``python -m ambassador.messages``.

A message is the first argument of ``t``, ``rich``, ``mark``, ``Note`` or of any error a person reads (also
where a name holds it first), both forms of ``t_count`` and ``rich_count``, and what stands in ``t(...)`` of a
report's template. Nothing that was translated is lost by running it again. The words of every error are
written to ``tests/snapshots`` too, one a line in each language, so that a change of wording is seen where
changes are read.
"""

import ast
import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from ambassador import errors
from ambassador.i18n import LOCALE_FOLDER, SOURCE, languages, mark, translate

ROOT = Path(__file__).parents[1]
_METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.j2", "jinja2")]
SNAPSHOTS = ROOT / "tests" / "snapshots"
_SOURCES = ("ambassador", "pages", "seed")
_WHOLE_FLOORS = ("intake", "metrics", "reports")
_EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""Written instead of today, so that a catalogue changes only when its messages do."""


def collect(root: Path = ROOT) -> Catalog:
    """Gather every message of the sources, with the files it stands in."""
    catalog = Catalog(project="Ambassador", charset="utf-8", creation_date=_EPOCH, fuzzy=False)
    for folder in _SOURCES:
        for path, message, comments in _messages_of(root / folder):
            catalog.add(message, locations=[(f"{folder}/{path}", 0)], auto_comments=comments)
        for file in sorted((root / folder).rglob("*.py")):
            for text in named_messages(file):
                catalog.add(text, locations=[(file.relative_to(root).as_posix(), 0)])
    return catalog


def named_messages(path: Path) -> Iterator[str]:
    """Find the texts that a name holds before an error is raised with it, or before it is shown."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = _keywords()
    names = {
        node.args[0].id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and _called(node) in asked
        and node.args
        and isinstance(node.args[0], ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(
            isinstance(to, ast.Name) and to.id in names for to in node.targets
        ):
            yield from _texts(node.value)


def error_names() -> Iterator[str]:
    """Name every error a person is meant to read."""
    yield from _error_classes()


def error_words(root: Path = ROOT) -> list[tuple[str, str]]:
    """List the text of every error with the subject it is raised in, sorted."""
    return sorted(
        {
            (_subject(file.relative_to(root / folder)), text)
            for folder in _SOURCES
            for file in sorted((root / folder).rglob("*.py"))
            for text in _raised(file)
        }
    )


def snapshot(language: str, words: list[tuple[str, str]]) -> str:
    """Write the errors in one language, a line each, in the order of the English words."""
    lines = (f"{subject}: {translate(language, text)}" for subject, text in words)
    return "".join(line.replace("\n", "\\n") + "\n" for line in lines)


def update(language: str, messages: Catalog, folder: Path = LOCALE_FOLDER) -> Path:
    """Bring one catalogue up to date, keeping what was translated."""
    path = folder / language / "LC_MESSAGES" / "ambassador.po"
    catalog = _existing(path, language)
    catalog.update(messages, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.creation_date = catalog.revision_date = _EPOCH
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        write_po(out, catalog, width=110, sort_output=True, no_location=False, include_lineno=False)
    return path


def _messages_of(folder: Path) -> Iterator[tuple[str, str | tuple[str, ...], list[str]]]:
    if not folder.is_dir():
        return
    for path, _, message, comments, _ in extract_from_dir(
        folder, method_map=_METHODS, keywords=_keywords(), comment_tags=("i18n:",), strip_comment_tags=True
    ):
        yield path, message, comments


def _raised(path: Path) -> Iterator[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    raised = frozenset(error_names())
    said = [it.args[0] for it in nodes if isinstance(it, ast.Call) and _called(it) in raised and it.args]
    names = {text.id for text in said if isinstance(text, ast.Name)}
    for text in said:
        yield from _texts(text)
    for node in nodes:
        if isinstance(node, ast.Assign) and names & {getattr(to, "id", "") for to in node.targets}:
            yield from _texts(node.value)


def _subject(path: Path) -> str:
    floor, *rest = path.with_suffix("").parts
    return rest[0] if rest and floor not in _WHOLE_FLOORS else floor


def _keywords() -> dict[str, tuple[int, ...] | None]:
    raised: dict[str, tuple[int, ...] | None] = dict.fromkeys(error_names())
    return {
        "t": None,
        "mark": None,
        "Note": None,
        "t_count": (1, 2),
        "rich": None,
        "rich_count": (1, 2),
        **raised,
    }


@lru_cache
def _error_classes() -> tuple[str, ...]:
    """Read the classes from the sources: which of them are loaded depends on who asks."""
    bases = {
        node.name: {getattr(base, "attr", None) or getattr(base, "id", "") for base in node.bases}
        for file in sorted((ROOT / "ambassador").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    found = [errors.AmbassadorError.__name__]
    for name in found:
        found += sorted(child for child, above in bases.items() if name in above and child not in found)
    return tuple(found)


def _called(node: ast.Call) -> str:
    name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
    return str(name)


def _texts(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _texts(value.body)
        yield from _texts(value.orelse)
    elif isinstance(value, ast.Call) and _called(value) == mark.__name__:
        yield from _texts(value.args[0])


def _existing(path: Path, language: str) -> Catalog:
    if not path.is_file():
        return Catalog(locale=language, project="Ambassador", charset="utf-8", fuzzy=False)
    with path.open("rb") as lines:
        return read_po(lines, locale=language)


def _main() -> None:
    messages = collect()
    for language in languages():
        if language != SOURCE:
            update(language, messages)
    words = error_words()
    SNAPSHOTS.mkdir(parents=True, exist_ok=True)
    for language in languages():
        (SNAPSHOTS / f"errors.{language}.txt").write_text(snapshot(language, words), encoding="utf-8")


if __name__ == "__main__":
    _main()

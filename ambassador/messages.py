"""Collect every message of the sources into the catalogues: ``python -m ambassador.messages``.

A message is the first argument of ``t``, ``mark`` or of any error a person reads, both forms of ``t_count``,
and what stands in ``t(...)`` of a report's template. Nothing that was translated is lost by running it again.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from ambassador import errors
from ambassador.i18n import LANGUAGES, LOCALE_FOLDER

ROOT = Path(__file__).parents[1]
_METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.j2", "jinja2")]
_SOURCES = ("ambassador", "pages", "seed")
_EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""Written instead of today, so that a catalogue changes only when its messages do."""


def collect(root: Path = ROOT) -> Catalog:
    """Gather every message of the sources, with the files it stands in."""
    catalog = Catalog(project="Ambassador", charset="utf-8", creation_date=_EPOCH, fuzzy=False)
    for folder in _SOURCES:
        for path, message, comments in _messages_of(root / folder):
            catalog.add(message, locations=[(f"{folder}/{path}", 0)], auto_comments=comments)
    return catalog


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


def _keywords() -> dict[str, tuple[int, ...] | None]:
    tree: dict[str, tuple[int, ...] | None] = dict.fromkeys(_error_names(errors.AmbassadorError))
    return {"t": None, "mark": None, "Note": None, "t_count": (1, 2), **tree}


def _error_names(error: type[errors.AmbassadorError]) -> Iterator[str]:
    yield error.__name__
    for child in error.__subclasses__():
        yield from _error_names(child)


def _existing(path: Path, language: str) -> Catalog:
    if not path.is_file():
        return Catalog(locale=language, project="Ambassador", charset="utf-8", fuzzy=False)
    with path.open("rb") as lines:
        return read_po(lines, locale=language)


def _main() -> None:
    messages = collect()
    for language in LANGUAGES:
        if language != "en":
            update(language, messages)


if __name__ == "__main__":
    _main()

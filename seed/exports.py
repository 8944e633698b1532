"""The weekly export goes in the way a marketer's would: a file, recognised, imported, matched, credited."""

from collections.abc import Iterable

from ambassador.services.imports import ImportOptions, import_file
from ambassador.services.mentions import refresh_mentions
from ambassador.services.work import UnitOfWork
from ambassador.values.imports.imports import ImportReport
from ambassador.values.status import ImportKind
from seed.posts import Post, export
from seed.stage import Stage


def bring_in(
    work: UnitOfWork, kind: ImportKind, name: str, data: bytes, answers: dict[str, str] | None = None
) -> ImportReport:
    """Import one file; the demo's own files must go in whole."""
    return import_file(work, kind, name, data, ImportOptions(answers=answers or {}, all_or_nothing=True))


def import_posts(stage: Stage, posts: Iterable[Post], offset: int, growth: float, label: str) -> None:
    """Import the export of a day, then match and credit what came in."""
    work = stage.on(offset, 9)
    data = export(posts, work.now(), growth=growth)
    bring_in(work, ImportKind.MENTIONS, f"{label}-{stage.day(offset):%Y-%m-%d}.csv", data)
    refresh_mentions(work)

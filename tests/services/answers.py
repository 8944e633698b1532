"""A past in which some answer and others do not."""

from ambassador.services.imports.import_files import ImportOptions, import_file
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.work import UnitOfWork
from ambassador.values.status import ImportKind

HEADER = "post_id,platform,author_handle,created_at,kind,parent_id\n"


def posts(cascades: int, first: int = 0) -> str:
    """Anna posts, Bea answers nine times in ten and Carl once in ten; Dora posts and nobody answers."""
    lines = []
    for number in range(first, first + cascades):
        day = f"2024-{1 + number // 28:02}-{1 + number % 28:02}"
        lines.append(f"a{number},x,anna,{day}T08:00:00Z,original,")
        if number % 10:
            lines.append(f"b{number},x,bea,{day}T08:10:00Z,reply,a{number}")
        else:
            lines.append(f"c{number},x,carl,{day}T08:10:00Z,reply,a{number}")
        lines.append(f"d{number},x,dora,{day}T09:00:00Z,original,")
    return HEADER + "\n".join(lines) + "\n"


def brought_in(work: UnitOfWork, text: str, name: str = "posts.csv") -> None:
    import_file(work, ImportKind.MENTIONS, name, text.encode(), ImportOptions())
    refresh_mentions(work)

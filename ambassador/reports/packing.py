"""The packing list as pages to print: one slip a parcel, with the words that go into it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ambassador.reports.words import Words
from ambassador.values.devices import PackingLine
from ambassador.values.status_words import text_of

_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def packing_html(lines: Sequence[PackingLine], language: str) -> bytes:
    """Write the slips; whatever came from outside is escaped."""
    words = Words(language)
    page = _TEMPLATES.get_template("packing.html.j2").render(
        lines=lines, language=language, words=words, t=words.t, t_count=words.t_count, text_of=text_of
    )
    return page.encode()

"""Catalogues: English text is the key, ``.po`` files hold the rest and are compiled in memory once."""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES: Final = {"en": "English", "it": "Italiano"}
"""Language code -> its own name."""
PSEUDO: Final = "xx"
"""Wraps every message, so that text which never went through a catalogue is seen."""
LOCALE_FOLDER: Final = Path(__file__).parent / "locale"


def mark(message: str) -> str:
    """Mark a text for translation where it is written; it is translated where it is shown."""
    return message


def translate(language: str, message: str, /, **values: Any) -> str:  # noqa: ANN401 - any value that can be shown
    """Say ``message`` in ``language`` with ``{named}`` places filled.

    Examples
    --------
    >>> translate("en", "{count} posts", count=3)
    '3 posts'
    >>> translate("xx", "{count} posts", count=3)
    '⟦3 posts⟧'
    """
    if not message:  # the empty key of a catalogue is its header
        return ""
    text = _wrapped(message) if language == PSEUDO else _catalogue(language).gettext(message)
    return text.format(**values) if values else text


def translate_count(language: str, one: str, many: str, count: int, /, **values: Any) -> str:  # noqa: ANN401 - as translate
    """Say ``one`` or ``many`` by the grammar of ``language``; ``{count}`` is filled too.

    Examples
    --------
    >>> translate_count("en", "{count} post", "{count} posts", 1)
    '1 post'
    """
    if language == PSEUDO:
        text = _wrapped(one if count == 1 else many)
    else:
        text = _catalogue(language).ngettext(one, many, count)
    return text.format(**{"count": count, **values})


def known_language(code: str | None) -> str:
    """Reduce a locale such as ``it-IT`` to a language we speak; English for all others.

    Examples
    --------
    >>> known_language("it-CH"), known_language("pt_BR"), known_language(None)
    ('it', 'en', 'en')
    """
    short = (code or "").replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES or short == PSEUDO else "en"


def _wrapped(message: str) -> str:
    return f"⟦{message}⟧"


@lru_cache
def _catalogue(language: str) -> NullTranslations:
    source = LOCALE_FOLDER / language / "LC_MESSAGES" / "ambassador.po"
    if not source.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)

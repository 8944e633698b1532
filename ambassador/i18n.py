"""Catalogues: English text is the key, ``.po`` files hold the rest and are compiled in memory once.

A language is a folder in ``locale/``: whoever adds one finds it offered everywhere.
"""

from collections.abc import Mapping
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Protocol, runtime_checkable

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE: Final = "en"
"""The language messages are written in."""
PSEUDO: Final = "xx"
"""Wraps every message, so that text which never went through a catalogue is seen."""
LOCALE_FOLDER: Final = Path(__file__).parent / "locale"
_STATE_PLACES: Final = frozenset({"status", "now", "wanted", "ended"})
"""Places of messages that a state fills."""


@runtime_checkable
class Remark(Protocol):
    """A message that waits to be said, with the values that fill its places."""

    @property
    def text(self) -> str:
        """The message."""

    @property
    def values(self) -> Mapping[str, Any]:
        """What fills its places."""


def mark(message: str) -> str:
    """Mark a text for translation where it is written; it is translated where it is shown."""
    return message


STATES: Final = {
    "draft": mark("draft"),
    "live": mark("live"),
    "closed": mark("closed"),
    "open": mark("open"),
    "dismissed": mark("false alarm"),
    "announced": mark("announced"),
    "new": mark("new"),
    "waiting": mark("waiting for the customer"),
    "solved": mark("solved"),
    "reopened": mark("reopened"),
    "reserve": mark("in reserve"),
    "invited": mark("invited"),
    "accepted": mark("accepted"),
    "declined": mark("declined"),
    "silent": mark("silent"),
    "replaced": mark("replaced"),
    "done": mark("done"),
    "in_stock": mark("in stock"),
    "reserved": mark("reserved"),
    "shipped": mark("on the way"),
    "delivered": mark("with ambassadors"),
    "lost": mark("lost"),
    "retired": mark("retired"),
    "released": mark("released"),
    "returned": mark("returned"),
    "kept": mark("kept for good"),
}
"""What states of campaigns, activations, cases, ambassadors, devices and custodies are called where shown.

The one table of them: it stands here because errors, which know no values, say states too.
"""


def languages() -> dict[str, str]:
    """Every language we speak, the messages' own first: code -> what it calls itself."""
    return _languages_in(LOCALE_FOLDER)


@lru_cache
def _languages_in(folder: Path) -> dict[str, str]:
    translated = sorted(path.parts[-3] for path in folder.glob("*/LC_MESSAGES/ambassador.po"))
    names = {code: Locale.parse(code).get_display_name() or code for code in (SOURCE, *translated)}
    return {code: name[:1].upper() + name[1:] for code, name in names.items()}


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
    return plural(language, one, many, count).format(**{"count": count, **values})


def plural(language: str, one: str, many: str, count: int) -> str:
    """Choose ``one`` or ``many`` by the grammar of ``language``; the places are not filled.

    Examples
    --------
    >>> plural("en", "{count} post of {name}", "{count} posts of {name}", 2)
    '{count} posts of {name}'
    """
    if language == PSEUDO:
        return _wrapped(one if count == 1 else many)
    return _catalogue(language).ngettext(one, many, count)


def remark(language: str, message: str, /, **values: Any) -> str:  # noqa: ANN401 - as translate
    """Say a message whose values may be states or remarks themselves; those are said in words.

    Examples
    --------
    >>> remark("en", "{device} is {status}", device="nova-1", status="shipped")
    'nova-1 is on the way'
    """
    return translate(language, message, **{name: _said(language, name, it) for name, it in values.items()})


def sentence(language: str, message: str, /, **values: Any) -> str:  # noqa: ANN401 - as translate
    """Say a remark as a sentence of its own: the first letter is a capital.

    Examples
    --------
    >>> sentence("en", "there is no pick {number} here", number=3)
    'There is no pick 3 here'
    """
    text = remark(language, message, **values)
    return text if message.startswith("{") else text[:1].upper() + text[1:]


def known_language(code: str | None) -> str:
    """Reduce a locale such as ``it-IT`` to a language we speak; English for all others.

    Examples
    --------
    >>> known_language("it-CH"), known_language("pt_BR"), known_language(None)
    ('it', 'en', 'en')
    """
    short = (code or "").replace("_", "-").split("-")[0].lower()
    return short if short in languages() or short == PSEUDO else SOURCE


def _said(language: str, place: str, value: Any) -> Any:  # noqa: ANN401 - any value that can be shown
    if isinstance(value, Remark):
        return remark(language, value.text, **value.values)
    if place in _STATE_PLACES and value in STATES:
        return translate(language, STATES[value])
    return value


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

r"""Text on a screen that reads Markdown: what comes from outside is shown as it was written.

Streamlit takes nearly every text it is given for Markdown, with extensions of its own: an image in a name
would be fetched, ``:red[x]`` coloured, ``www.`` made a link, ``:smile:`` a picture. Here a ``str`` is text
and only a :class:`Markup` is formatted; ``shown`` makes the one of the other, and the screen calls it for
everything.
"""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

_NOTHING: Final = ":small[]"
"""An empty piece of small print: parts what is only recognised in one piece, and leaves no letter behind."""
_LINES: Final = re.compile(r"[\t\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that would turn around what stands beside them, Unicode's explicit directions."""
_MAIL: Final = re.compile(r"[\w.%+-]+@[\w.-]+")
_CALLED: Final = re.compile(r"tel:\+?[0-9]{4,20}")
_STARTS: Final = re.compile(r" *(?=(?:[-+]|#{1,6})(?:\s|$)|[-=:|][-=:|\s]*$)")
"""A list, a heading, a rule or a row of a table, at the beginning of a line."""
_NUMBERED: Final = re.compile(r" *\d{1,9}(?=[.)](?:\s|$))")
_SIGNS: Final = re.compile(
    r"""
      (?P<picture>    :(?=[\w+-]+:|material/)                      )  # :smile:, :material/home:
    | (?P<address>    h(?=ttps?://)|w(?=ww\.)                      )
    | (?P<mail>       (?<=[-.\w+])@(?=[-\w])                       )
    | (?P<arrow>      (?<!\S)(?:<->|->|<-|--|>=|<=|~=)(?!\S)       )
    | (?P<sign>       :(?=[a-z])|&(?=\#?\w+;)|[\\`*\[\]<>$~|]      )  # :red[x], &lt;, and all that always are
    | (?P<closing>    (?<=\s)\#+\s*$                               )  # "# title #"
    | (?P<underscore> (?<![^\W_])_|_(?![^\W_])                     )  # not the one within anna_rossi
    """,
    re.IGNORECASE | re.VERBOSE,
)


class Markup(str):
    """A text whose formatting is ours: every part of it that came from outside was escaped."""

    __slots__ = ()


def shown(text: str) -> Markup:
    """A text as a screen is given it: our own formatting as it is, anything else escaped."""
    return text if isinstance(text, Markup) else plain(text)


def plain(text: str) -> Markup:
    r"""Escape a text so that Markdown shows it letter by letter, in one line.

    Examples
    --------
    >>> print(plain("anna_rossi: *new* ![x](http://evil.example/a.png)"))
    anna_rossi: \*new\* !\[x\](h:small[]ttp://evil.example/a.png)
    """
    line = re.sub("^ +", " ", _TURNS.sub("", _LINES.sub(" ", text)))
    escaped = _SIGNS.sub(_escaped, line)
    if (number := _NUMBERED.match(line)) is not None:
        return Markup(f"{number.group()}\\{escaped[number.end() :]}")
    start = _STARTS.match(line)
    if start is not None and escaped[start.end() : start.end() + 1] == line[start.end() : start.end() + 1]:
        return Markup(f"{start.group()}\\{escaped[start.end() :]}")
    return Markup(escaped)


def markup(message: str, /, **values: object) -> Markup:
    r"""Fill the places of a formatted message of ours; a value is text unless it is markup itself.

    Examples
    --------
    >>> print(markup("**{name}** talks", name="*Nina* "))
    **\*Nina\*** talks
    """
    return Markup(message.format(**{name: _filled(value) for name, value in values.items()}))


def bold(text: str) -> Markup:
    """Make a text bold; nothing stays nothing."""
    return Markup(f"**{shown(text).strip()}**" if text.strip() else "")


def joined(separator: str, texts: Iterable[str]) -> Markup:
    """Join texts, leaving out the empty ones.

    Examples
    --------
    >>> joined(" ", (bold("Nina"), "talks:", "", "twice"))
    '**Nina** talks: twice'
    """
    return Markup(shown(separator).join(shown(text) for text in texts if text))


def paragraphs(texts: Iterable[str]) -> Markup:
    """Set texts below each other, each a paragraph."""
    return Markup("\n\n".join(shown(text) for text in texts if text))


def bullets(texts: Iterable[str]) -> Markup:
    """Set texts below each other, each with a dot before it."""
    return Markup("\n".join(f"- {shown(text).lstrip()}" for text in texts if text))


def with_icon(icon: str, text: str) -> Markup:
    """Set one of our own icons before a text."""
    return Markup(f"{icon} {shown(text)}")


def badge(icon: str, text: str, *, colour: str) -> Markup:
    """Make a text a badge of a colour, with one of our own icons."""
    return Markup(f":{colour}-badge[{icon} {shown(text)}]")


def quoted(text: str) -> Markup:
    """Set a text apart as somebody's words."""
    return Markup(f"> {shown(text)}")


def link(text: str, address: str) -> Markup:
    """Make a text a link to a page of the web, an e-mail address or a telephone; anything else stays text.

    Examples
    --------
    >>> (
    ...     link("Nina", "https://x.example/a(1)"),
    ...     link("Nina", "javascript:alert(1)"),
    ...     link("", "https://x.example"),
    ... )
    ('[Nina](https://x.example/a%281%29)', 'Nina', '')
    """
    if not text.strip():
        return Markup("")
    mail = address.startswith("mailto:") and _MAIL.fullmatch(address.removeprefix("mailto:"))
    if not (mail or _CALLED.fullmatch(address)) and web_address(address) is None:
        return shown(text)
    target = quote(address, safe=":/?&=%@#+,;.-_").replace("~", "%7E")  # the same address: RFC 3986, 2.3
    return Markup(f"[{shown(text)}]({target})")


def web_address(text: str | None) -> str | None:
    """An address that may be opened by a click: one of the web, none that would run as a script.

    Examples
    --------
    >>> web_address("https://x.example/1"), web_address("javascript:alert(1)")
    ('https://x.example/1', None)
    """
    return text if text and text.lower().startswith(("https://", "http://")) else None


def _filled(value: object) -> object:
    if isinstance(value, Markup):
        return value
    return plain(value.strip(" ")) if isinstance(value, str) else value


def _escaped(found: re.Match[str]) -> str:
    kind, sign = found.lastgroup, found.group()
    if kind == "picture":
        return f"\\{sign}{_NOTHING}"
    if kind == "address":
        return sign + _NOTHING
    if kind == "mail":
        return _NOTHING + sign
    if kind == "arrow":
        return _NOTHING.join(f"\\{one}" for one in sign)
    return f"\\{sign}"

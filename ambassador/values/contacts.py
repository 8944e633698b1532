"""How somebody is reached: telephone, e-mail, the page of their account, when they were last spoken to."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote

_PAGES: Final = {
    "instagram": "https://www.instagram.com/{handle}/",
    "tiktok": "https://www.tiktok.com/@{handle}",
    "youtube": "https://www.youtube.com/@{handle}",
    "x": "https://x.com/{handle}",
    "threads": "https://www.threads.net/@{handle}",
    "facebook": "https://www.facebook.com/{handle}",
    "twitch": "https://www.twitch.tv/{handle}",
    "bluesky": "https://bsky.app/profile/{handle}",
    "telegram": "https://t.me/{handle}",
    "reddit": "https://www.reddit.com/user/{handle}",
}


_NAME: Final = re.compile(r"[\w.-]{1,100}")
_TELEPHONE: Final = re.compile(
    r"(?P<number>(?P<abroad>\+|00)?[0-9 ()./\-\u00a0]{4,30})(?: ?(?:ext|int|x)\.? ?[0-9]{1,6})?",
    re.IGNORECASE,
)
_SEVERAL: Final = re.compile(r"[;,\n]|\s/\s")
_DAY: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})")
_FEWEST_DIGITS: Final = 6
_MOST_AT_HOME: Final = 13
"""Digits of a number written without the sign of another country: an IMEI has 15."""
_MOST_ABROAD: Final = 17
"""Fifteen, and the two noughts that may stand for the plus."""
_SERVER: Final = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}")


@dataclass(frozen=True, slots=True)
class Contact:
    """How one person is reached; empty where it is not known."""

    handle: str = ""
    profile: str = ""
    """The address of their main account's page."""
    email: str = ""
    last_contact_on: date | None = None
    telephone: str = ""


def is_telephone(text: str) -> bool:
    """Tell whether a text is a telephone number: no day, no IMEI, no price.

    Examples
    --------
    >>> is_telephone("+39 347 123 4567"), is_telephone("030/123.456 int. 12")
    (True, True)
    >>> is_telephone("2026-05-01"), is_telephone("352099001761481"), is_telephone("899")
    (False, False, False)
    """
    found = _TELEPHONE.fullmatch(text.strip())
    if found is None or _DAY.fullmatch(text.strip()):
        return False
    digits = sum(map(str.isdigit, found["number"]))
    return _FEWEST_DIGITS <= digits <= (_MOST_ABROAD if found["abroad"] else _MOST_AT_HOME)


def telephone_address(text: str) -> str:
    """Write the address that calls a number, the first of several; empty where none can be called.

    Examples
    --------
    >>> telephone_address("+39 (347) 123-4567"), telephone_address("347 1234567 / 02 765432")
    ('tel:+393471234567', 'tel:3471234567')
    >>> telephone_address("through her agency")
    ''
    """
    for one in _SEVERAL.split(text):
        found = _TELEPHONE.fullmatch(one.strip())
        if found and is_telephone(one):
            digits = "".join(filter(str.isdigit, found["number"].replace("(0)", "")))
            return f"tel:+{digits}" if found["abroad"] == "+" else f"tel:{digits}"
    return ""


def profile_address(platform: str, handle: str) -> str:
    """Name the page of an account; empty where none is known, or the handle is nobody's name.

    Examples
    --------
    >>> profile_address("tiktok", "nina.rossi"), profile_address("fediverse", "nina@example.social")
    ('https://www.tiktok.com/@nina.rossi', 'https://example.social/@nina')
    >>> profile_address("forum", "nina"), profile_address("x", "http://example.com/a b")
    ('', '')
    """
    known = _PAGES.get(platform)
    if known:
        return known.format(handle=quote(handle)) if _NAME.fullmatch(handle) else ""
    name, _, server = handle.partition("@")
    if _NAME.fullmatch(name) and _SERVER.fullmatch(server.lower()):
        return f"https://{server.lower()}/@{quote(name)}"
    return ""

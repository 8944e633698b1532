"""How somebody is reached: their address, the page of their account, when they were last spoken to."""

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
_SERVER: Final = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}")


@dataclass(frozen=True, slots=True)
class Contact:
    """How one person is reached; empty where it is not known."""

    handle: str = ""
    profile: str = ""
    """The address of their main account's page."""
    email: str = ""
    last_contact_on: date | None = None


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

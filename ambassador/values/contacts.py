"""How somebody is reached: their address, the page of their account, when they were last spoken to."""

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


@dataclass(frozen=True, slots=True)
class Contact:
    """How one person is reached; empty where it is not known."""

    handle: str = ""
    profile: str = ""
    """The address of their main account's page."""
    email: str = ""
    last_contact_on: date | None = None


def profile_address(platform: str, handle: str) -> str:
    """Name the page of an account; empty where the platform has none that is known.

    Examples
    --------
    >>> profile_address("tiktok", "nina.rossi"), profile_address("fediverse", "nina@example.social")
    ('https://www.tiktok.com/@nina.rossi', 'https://example.social/@nina')
    >>> profile_address("forum", "nina")
    ''
    """
    name, _, server = handle.partition("@")
    if name and "." in server and "@" not in server:
        return f"https://{quote(server)}/@{quote(name)}"
    known = _PAGES.get(platform)
    return known.format(handle=quote(handle)) if known and handle else ""

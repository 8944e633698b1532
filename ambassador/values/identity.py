"""Handles and platforms, in the one spelling the database keeps."""

import re
import unicodedata
from dataclasses import dataclass

_PLATFORM_ALIASES = {
    "ig": "instagram", "insta": "instagram", "instagr.am": "instagram",
    "twitter": "x", "x.com": "x", "twitter.com": "x", "x (twitter)": "x", "x/twitter": "x", "twitter/x": "x",
    "fb": "facebook", "facebook.com": "facebook", "fb.com": "facebook",
    "yt": "youtube", "youtube.com": "youtube", "youtu.be": "youtube",
    "tik tok": "tiktok", "tt": "tiktok", "tiktok.com": "tiktok",
    "instagram.com": "instagram", "threads.net": "threads", "threads.com": "threads",
    "bsky": "bluesky", "bsky.app": "bluesky", "linkedin.com": "linkedin", "twitch.tv": "twitch", "t.me": "telegram",
}  # fmt: skip

_ADDRESS = re.compile(
    r"^(?:https?://)?(?:www\.|m\.|mobile\.)?(?P<host>[\w-]+(?:\.[\w-]+)+)/(?P<path>[^?#\s]*)", re.IGNORECASE
)
_PATH_PREFIXES = {"channel", "c", "user", "profile", "in", "company", "people", "add"}


@dataclass(frozen=True, slots=True, order=True)
class AccountKey:
    """One account: the platform and the canonical handle."""

    platform: str
    handle: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.handle}"


def canonical_platform(text: str) -> str:
    """Give a platform's one spelling: ``"IG"`` -> ``"instagram"``; unknown names stay, in lower case."""
    name = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("@:/ ")
    return _PLATFORM_ALIASES.get(name, name)


def canonical_handle(text: str) -> str:
    """Give a handle's one spelling: no ``@``, no address around it, no blanks, lower case.

    >>> canonical_handle(" @Nina.Rossi "), canonical_handle("https://www.instagram.com/Nina.Rossi/?hl=it")
    ('nina.rossi', 'nina.rossi')
    """
    plain = unicodedata.normalize("NFKC", text).strip().strip("\u200b\u200e\u200f\ufeff")
    address = _ADDRESS.match(plain)
    if address:
        plain = _handle_in_path(address["path"]) or plain
    return "".join(plain.split()).lstrip("@").casefold()


def platform_of_address(text: str) -> str | None:
    """Tell the platform a profile or post address belongs to, or None when it is no address of a known one."""
    address = _ADDRESS.match(text.strip())
    if not address:
        return None
    host = address["host"].casefold()
    return _PLATFORM_ALIASES.get(host, host.split(".")[-2] if host.count(".") == 1 else None)


def _handle_in_path(path: str) -> str:
    parts = [part for part in path.split("/") if part]
    if len(parts) > 1 and parts[0].casefold() in _PATH_PREFIXES:
        parts = parts[1:]
    return parts[0] if parts else ""


def parse_account(text: str) -> tuple[str | None, str]:
    """Split ``platform:handle`` (or a bare handle) as typed by a person.

    >>> parse_account("IG:@nina"), parse_account("nina")
    (('instagram', 'nina'), (None, 'nina'))
    """
    if _ADDRESS.match(text.strip()):
        return platform_of_address(text), canonical_handle(text)
    platform, colon, handle = text.partition(":")
    if colon and platform.strip() and handle.strip() and "/" not in platform:
        return canonical_platform(platform), canonical_handle(handle)
    return None, canonical_handle(text)

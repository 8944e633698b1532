"""Handles, platforms and addresses of profiles, in the one spelling the database keeps."""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

_PLATFORM_ALIASES = {
    "ig": "instagram", "insta": "instagram", "instagr.am": "instagram", "instagram.com": "instagram",
    "twitter": "x", "x.com": "x", "twitter.com": "x", "x (twitter)": "x", "x/twitter": "x", "twitter/x": "x",
    "x (ex twitter)": "x", "twitter (x)": "x", "t.co": "x",
    "fb": "facebook", "facebook.com": "facebook", "fb.com": "facebook", "fb.watch": "facebook",
    "yt": "youtube", "you tube": "youtube", "youtube.com": "youtube", "youtu.be": "youtube",
    "tik tok": "tiktok", "tik-tok": "tiktok", "tt": "tiktok", "tiktok.com": "tiktok",
    "threads.net": "threads", "threads.com": "threads", "bsky": "bluesky", "bsky.app": "bluesky",
    "linkedin.com": "linkedin", "linked in": "linkedin", "twitch.tv": "twitch",
    "t.me": "telegram", "telegram.me": "telegram",
    "snapchat.com": "snapchat", "pinterest.com": "pinterest", "reddit.com": "reddit",
    "mastodon.social": "mastodon", "substack.com": "substack", "tumblr.com": "tumblr",
    "open.spotify.com": "podcast", "podcasts.apple.com": "podcast",
    "vk.com": "vk", "weibo.com": "weibo", "patreon.com": "patreon", "redd.it": "reddit",
}  # fmt: skip

UNSTATED_PLATFORM = "unknown"
"""Where an account stands as long as no file says its platform."""
KNOWN_PLATFORMS = frozenset(_PLATFORM_ALIASES.values()) | {"wechat"}

_ADDRESS = re.compile(
    r"^(?:https?://)?(?:www\.|m\.|mobile\.)?(?P<host>[\w-]+(?:\.[\w-]+)+)(?::\d+)?/(?P<path>[^?#\s]*)(?:\?(?P<query>[^#\s]*))?",
    re.IGNORECASE,
)
_BARE_HOST = re.compile(r"^https?://[\w.-]+$", re.IGNORECASE)
_PATH_PREFIXES = {
    "_u",
    "channel",
    "c",
    "user",
    "users",
    "u",
    "profile",
    "in",
    "company",
    "people",
    "add",
    "school",
    "showcase",
    "show",
    "podcast",
}
_PAGES = frozenset({
    "p", "reel", "reels", "tv", "explore", "stories", "status", "statuses", "video", "videos", "watch",
    "shorts", "post", "posts", "feed", "i", "hashtag", "playlist", "results", "tag", "tags", "groups",
    "events", "pages", "permalink.php", "photo.php", "story.php", "photo", "photos", "live", "r", "comments",
    "pulse",
})  # fmt: skip
"""What stands first in the path of a page that is no profile."""
_OWN_HOSTS = {
    "substack": re.compile(r"^(?P<owner>[\w-]+)\.substack\.com$"),
    "tumblr": re.compile(r"^(?P<owner>[\w-]+)\.tumblr\.com$"),
}
"""Platforms on which everybody has a host of their own."""
_PARTS_OF_HOSTS = frozenset({"www", "open", "api", "blog", "support", "m"})
_APPLE_ID = re.compile(r"^id\d+$")
HOME_SERVER = "mastodon.social"
"""The server meant where a name on Mastodon comes without one."""
_MEMBER = re.compile(r"^@?(?P<name>[\w.-]+)@(?P<server>[\w-]+(?:\.[\w-]+)+)$")
_CLIENT = re.compile(
    r"^(?P<platform>twitter|x|instagram|facebook|tiktok|youtube|mastodon|bluesky)"
    r" (?:for|web|lite|media|mobile|android|iphone|ipad)\b"
)
"""What a program calls itself that somebody posted with: ``Twitter for iPhone``."""


class AccountKey(NamedTuple):
    """One account: the platform and the canonical handle. A tuple: imports look up millions of them."""

    platform: str
    handle: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.handle}"


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a page, in its parts."""

    text: str
    host: str
    parts: tuple[str, ...]
    query: str = ""


def address_in(text: str) -> Address | None:
    """Part an address; None when a text is none."""
    if "/" not in text:
        return None
    plain = text.strip()
    if _BARE_HOST.match(plain):
        plain += "/"
    found = _ADDRESS.match(plain)
    if found is None:
        return None
    parts = tuple(part for part in found["path"].split("/") if part)
    return Address(plain, found["host"].casefold(), parts, found["query"] or "")


def canonical_platform(text: str) -> str:
    """A platform's one spelling: ``"IG"`` -> ``"instagram"``; unknown names stay, in lower case."""
    name = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("@:/ ")
    client = _CLIENT.match(name)
    name = client["platform"] if client else name
    return _PLATFORM_ALIASES.get(name, name)


def canonical_handle(text: str) -> str:
    """A handle's one spelling: no ``@``, no address around it, no blanks, lower case.

    >>> canonical_handle(" @Nina.Rossi "), canonical_handle("https://www.instagram.com/Nina.Rossi/?hl=it")
    ('nina.rossi', 'nina.rossi')
    """
    plain = unicodedata.normalize("NFKC", text).strip().strip("\u200b\u200e\u200f\u2066\u2069\ufeff").strip()
    address = address_in(plain)
    if address:
        plain = _handle_in(address) or plain
    handle = "".join(plain.split()).lstrip("@").casefold()
    return handle.removesuffix(f"@{HOME_SERVER}")


def is_member(text: str) -> bool:
    """Tell whether a text names somebody on a server, as ``@nina@social.example``; an e-mail looks alike."""
    return bool(_MEMBER.match(text.strip()))


def platform_of_address(text: str) -> str | None:
    """Tell the platform a profile or post address belongs to; None when it is none."""
    address = address_in(text)
    if address is None:
        return None
    return platform_of_host(address.host) or ("mastodon" if _name_on_a_server(address) else None)


def parse_account(text: str) -> tuple[str | None, str]:
    """Split ``platform:handle`` (or a bare handle) as typed by a person.

    >>> parse_account("IG:@nina"), parse_account("nina")
    (('instagram', 'nina'), (None, 'nina'))
    """
    if address_in(text):
        return platform_of_address(text), canonical_handle(text)
    if text.strip().startswith("@") and is_member(text):
        return "mastodon", canonical_handle(text)
    platform, colon, handle = text.partition(":")
    if colon and platform.strip() and handle.strip() and "/" not in platform:
        return canonical_platform(platform), canonical_handle(handle)
    return None, canonical_handle(text)


def platform_of_host(host: str) -> str | None:
    """Tell the platform a host belongs to; a server of the fediverse tells none."""
    labels = host.casefold().split(".")
    for first in range(len(labels) - 1):
        known = _PLATFORM_ALIASES.get(".".join(labels[first:]))
        if known:
            return known
    return None


def _handle_in(address: Address) -> str:
    """Find whose page an address is, ``""`` where it is nobody's."""
    platform, parts = platform_of_host(address.host), address.parts
    own = _OWN_HOSTS[platform].match(address.host) if platform in _OWN_HOSTS else None
    if own and own["owner"] not in _PARTS_OF_HOSTS:
        return own["owner"]
    if platform is None or address.host == HOME_SERVER:
        name = _name_on_a_server(address)
        if name:
            return name if "@" in name else f"{name}@{address.host}"
    if address.host == "podcasts.apple.com":
        return next((part for part in parts if _APPLE_ID.match(part)), "")
    if len(parts) > 1 and parts[0].casefold() in _PATH_PREFIXES:
        parts = parts[1:]
    return parts[0] if parts and parts[0].casefold() not in _PAGES else ""


def _name_on_a_server(address: Address) -> str:
    """Read ``/@nina``, ``/web/@nina`` and ``/users/nina`` on a server of the fediverse."""
    parts = address.parts[1:] if address.parts[:1] == ("web",) else address.parts
    if parts and parts[0].startswith("@") and len(parts[0]) > 1:
        return parts[0][1:]
    return parts[1] if len(parts) > 1 and parts[0] == "users" else ""

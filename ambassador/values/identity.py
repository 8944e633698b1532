"""Handles, platforms and addresses of posts, in the one spelling the database keeps."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

_PLATFORM_ALIASES = {
    "ig": "instagram", "insta": "instagram", "instagr.am": "instagram", "instagram.com": "instagram",
    "twitter": "x", "x.com": "x", "twitter.com": "x", "x (twitter)": "x", "x/twitter": "x", "twitter/x": "x",
    "x (ex twitter)": "x", "twitter (x)": "x", "t.co": "x",
    "fb": "facebook", "facebook.com": "facebook", "fb.com": "facebook", "fb.watch": "facebook",
    "yt": "youtube", "you tube": "youtube", "youtube.com": "youtube", "youtu.be": "youtube",
    "tik tok": "tiktok", "tik-tok": "tiktok", "tt": "tiktok", "tiktok.com": "tiktok",
    "threads.net": "threads", "threads.com": "threads", "bsky": "bluesky", "bsky.app": "bluesky",
    "linkedin.com": "linkedin", "twitch.tv": "twitch", "t.me": "telegram", "telegram.me": "telegram",
    "snapchat.com": "snapchat", "pinterest.com": "pinterest", "reddit.com": "reddit",
}  # fmt: skip

UNSTATED_PLATFORM = "unknown"
"""Where an account stands as long as no file says its platform."""
KNOWN_PLATFORMS = frozenset(_PLATFORM_ALIASES.values()) | {"mastodon", "wechat", "weibo", "vk", "substack"}

_ADDRESS = re.compile(
    r"^(?:https?://)?(?:www\.|m\.|mobile\.)?(?P<host>[\w-]+(?:\.[\w-]+)+)/(?P<path>[^?#\s]*)(?:\?(?P<query>[^#\s]*))?",
    re.IGNORECASE,
)
_PATH_PREFIXES = {"channel", "c", "user", "profile", "in", "company", "people", "add"}
_POST_MARKS = {
    "p",
    "reel",
    "reels",
    "tv",
    "status",
    "statuses",
    "video",
    "post",
    "posts",
    "videos",
    "shorts",
    "watch",
}
_COMMENT_ID = re.compile(r"(?:^|&)lc=([\w.-]+)")
"""A comment on a video of YouTube, in the address that leads to it."""
_QUERY_ID = re.compile(r"(?:^|&)(?:v|story_fbid|fbid)=([\w-]+)")
_ACTIVITY = re.compile(r"(?:activity|share|ugcPost)[-:](\d+)", re.IGNORECASE)
_SLUG_OWNER = re.compile(r"^(?P<owner>[\w%-]+?)_[^/]*(?:activity|share|ugcPost)-\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class AccountKey:
    """One account: the platform and the canonical handle."""

    platform: str
    handle: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.handle}"


@dataclass(frozen=True, slots=True)
class PostKey:
    """One post as its address names it; the handle is empty where the address does not say."""

    platform: str
    post_id: str
    handle: str = ""


def canonical_platform(text: str) -> str:
    """A platform's one spelling: ``"IG"`` -> ``"instagram"``; unknown names stay, in lower case."""
    name = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("@:/ ")
    return _PLATFORM_ALIASES.get(name, name)


def canonical_handle(text: str) -> str:
    """A handle's one spelling: no ``@``, no address around it, no blanks, lower case.

    >>> canonical_handle(" @Nina.Rossi "), canonical_handle("https://www.instagram.com/Nina.Rossi/?hl=it")
    ('nina.rossi', 'nina.rossi')
    """
    plain = unicodedata.normalize("NFKC", text).strip().strip("\u200b\u200e\u200f\u2066\u2069\ufeff").strip()
    address = _ADDRESS.match(plain)
    if address:
        plain = _handle_in_path(address["path"]) or plain
    return "".join(plain.split()).lstrip("@").casefold()


def platform_of_address(text: str) -> str | None:
    """Tell the platform a profile or post address belongs to; None when it is none."""
    address = _ADDRESS.match(text.strip())
    return _platform_of_host(address["host"]) if address else None


def post_of_address(text: str) -> PostKey | None:
    """Read platform, post id and handle from the address of a post; None when it names no post.

    >>> post_of_address("https://x.com/Nina/status/1768?s=20")
    PostKey(platform='x', post_id='1768', handle='nina')
    """
    address = _ADDRESS.match(text.strip())
    platform = _platform_of_host(address["host"]) if address else None
    if not address or not platform:
        return None
    parts = [part for part in address["path"].split("/") if part]
    post_id = _post_id(address["host"].casefold(), parts, address["query"] or "")
    if not post_id:
        return None
    slug = (
        _SLUG_OWNER.match(parts[1])
        if platform == "linkedin" and parts[:1] == ["posts"] and len(parts) > 1
        else None
    )
    if slug:
        return PostKey(platform, post_id, canonical_handle(slug["owner"]))
    at_page = parts and (parts[0].startswith("@") or _is_owned(parts))
    return PostKey(platform, post_id, canonical_handle(address[0]) if at_page else "")


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


def _platform_of_host(host: str) -> str | None:
    labels = host.casefold().split(".")
    for first in range(len(labels) - 1):
        known = _PLATFORM_ALIASES.get(".".join(labels[first:]))
        if known:
            return known
    return labels[0] if len(labels) == 2 else None  # noqa: PLR2004 - "mastodon.social" is a host of two labels


def _handle_in_path(path: str) -> str:
    parts = [part for part in path.split("/") if part]
    if len(parts) > 1 and parts[0].casefold() in _PATH_PREFIXES:
        parts = parts[1:]
    return parts[0] if parts else ""


def _is_owned(parts: list[str]) -> bool:
    return len(parts) > 2 and parts[0].casefold() not in _POST_MARKS | {"feed", "i"}  # noqa: PLR2004 - owner, mark, id


def _post_id(host: str, parts: list[str], query: str) -> str:
    comment = _COMMENT_ID.search(query) if "youtu" in host else None
    if comment:
        return comment[1]
    if host == "youtu.be" and parts:
        return parts[0]
    asked = _QUERY_ID.search(query)
    if asked:
        return asked[1]
    activity = _ACTIVITY.search("/".join(parts))
    if activity:
        return activity[1]
    for mark, following in pairwise(parts):
        if mark.casefold() in _POST_MARKS:
            return following
    owned = len(parts) == 2 and parts[0].startswith("@")  # noqa: PLR2004 - Mastodon: /@owner/id
    return parts[1] if owned else ""

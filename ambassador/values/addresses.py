"""Addresses of posts, of comments under them and of profiles: what each names, on any platform.

A comment's address leads to the post with the comment picked out in it: it names a post of its own that
answers the other. A server of the fediverse is no platform: ``social.example/@nina`` is nina@social.example.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import unquote

from ambassador.values.identity import Address, address_in, canonical_handle, platform_of_host

_MARKS = frozenset({
    "p", "reel", "reels", "tv", "status", "statuses", "video", "post", "posts", "videos", "shorts", "watch",
    "notice", "note", "notes", "pin", "comments", "story", "t", "clip", "embed", "live",
})  # fmt: skip
"""Words of a path after which the id of a post stands."""
_NO_OWNER = _MARKS | {"feed", "i", "r", "web", "groups", "permalink.php", "photo", "photos", "explore"}
_VIDEO = re.compile(r"(?:^|&)v=([\w-]+)")
_QUERY_ID = re.compile(r"(?:^|&)(?:v|story_fbid|fbid|multi_permalinks)=([\w-]+)")
_ACTIVITY = re.compile(r"(?:activity|share|ugcPost)[-:](\d+)", re.IGNORECASE)
_SLUG_OWNER = re.compile(r"^(?P<owner>[\w%-]+?)_[^/]*(?:activity|share|ugcPost)-\d+", re.IGNORECASE)
_COMMENT_ON_LINKEDIN = re.compile(
    r"(?:commentUrn|replyUrn)=urn:li:(?:fsd_)?comment:\((?:(?:urn:li:)?\w+:\d+,(\d+)|(\d+),urn:li:\w+:\d+)\)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\d+$")
_OWNER_AND_ID = 2
_SPELT = ("users", "nina", "statuses", "112")
_SPELT_PATHS = frozenset({("users", "statuses"), ("users", "notes")})


@dataclass(frozen=True, slots=True)
class PostKey:
    """One post as its address names it; the handle is empty where the address does not say."""

    platform: str
    post_id: str
    handle: str = ""
    answers: str = ""
    """For a comment: the id of what it answers, a post or another comment."""
    under: str = ""
    """For a comment: the id of the post under which it stands."""


def post_of_address(text: str) -> PostKey | None:
    """Read platform, post id and handle from the address of a post; None when it names no post.

    >>> post_of_address("https://x.com/Nina/status/1768?s=20")
    PostKey(platform='x', post_id='1768', handle='nina', answers='', under='')
    """
    address = address_in(text)
    platform = platform_of_host(address.host) if address else None
    if address is None:
        return None
    if not platform:
        return _on_a_server(address)
    parts = address.parts
    post_id = _post_id(address, platform)
    if not post_id:
        return None
    key = PostKey(platform, post_id, _owner(address, platform, parts))
    return _commented(key, address)


def _owner(address: Address, platform: str, parts: Sequence[str]) -> str:
    slug = _SLUG_OWNER.match(parts[1]) if platform == "linkedin" and parts[:1] == ("posts",) else None
    if slug:
        return canonical_handle(slug["owner"])
    has_owner = len(parts) > _OWNER_AND_ID and parts[0].casefold() not in _NO_OWNER
    if parts and (parts[0].startswith("@") or has_owner):
        return canonical_handle(address.text)
    return ""


def _on_a_server(address: Address) -> PostKey | None:
    """Read a post on a server of the fediverse: ``/@nina/112``, ``/users/nina/statuses/112``."""
    parts = address.parts
    if parts[:1] == ("web",):
        parts = parts[1:]
    last = parts[-1] if parts else ""
    named = len(parts) == _OWNER_AND_ID and parts[0].startswith("@") and bool(_NUMBER.match(last))
    spelt = len(parts) == len(_SPELT) and parts[::2] in _SPELT_PATHS
    return PostKey("mastodon", last, canonical_handle(address.text)) if named or spelt else None


def _post_id(address: Address, platform: str) -> str:
    parts, query = address.parts, address.query
    if address.host == "youtu.be" and parts:
        return parts[0]
    if platform == "telegram" and len(parts) == _OWNER_AND_ID and _NUMBER.match(parts[1]):
        return f"{parts[0].casefold()}/{parts[1]}"
    asked = _QUERY_ID.search(query)
    if asked:
        return asked[1]
    activity = _ACTIVITY.search("/".join(parts))
    if activity:
        return activity[1]
    for word, following in pairwise(parts):
        if word.casefold() in _MARKS:
            return following
    owned = len(parts) == _OWNER_AND_ID and parts[0].startswith("@")
    return parts[1] if owned and _NUMBER.match(parts[1]) else ""


def _commented(post: PostKey, address: Address) -> PostKey:
    """Find the comment an address picks out under a post: it is a post of its own, of an author unnamed."""
    find = _COMMENTS.get(post.platform, _picked_out)
    ids = [one for one in find(address) if one and one != post.post_id]
    if not ids:
        return post
    answered = ids[-2] if len(ids) > 1 else post.post_id
    return replace(post, post_id=ids[-1], handle="", answers=answered, under=post.post_id)


def _on_youtube(address: Address) -> Sequence[str]:
    """Read ``lc=Ugz.reply``: an answer to a comment begins with the id of the comment."""
    found = _asked(address, "lc")
    return [found.partition(".")[0], found] if "." in found else [found]


def _on_instagram(address: Address) -> Sequence[str]:
    """Read ``/p/CODE/c/18/r/19/``."""
    return [*(after for word, after in pairwise(address.parts) if word in ("c", "r")), *_picked_out(address)]


def _on_reddit(address: Address) -> Sequence[str]:
    """Read ``/r/phones/comments/1abc/a_title/kxyz/``."""
    parts = address.parts
    place = parts.index("comments") if "comments" in parts else len(parts)
    return parts[place + 3 : place + 4]


def _on_linkedin(address: Address) -> Sequence[str]:
    """Read ``commentUrn=urn:li:comment:(activity:74,75)``, and its answer in ``replyUrn``."""
    return [first or second for first, second in _COMMENT_ON_LINKEDIN.findall(unquote(address.query))]


def _picked_out(address: Address) -> Sequence[str]:
    names = ("comment_id", "reply_comment_id", "comment", "cid", "reply")
    return [found for name in names if (found := _asked(address, name))]


def _asked(address: Address, name: str) -> str:
    found = re.search(rf"(?:^|&){name}=([^&]+)", address.query)
    return unquote(found[1]) if found else ""


_COMMENTS: Mapping[str, Callable[[Address], Sequence[str]]] = {
    "youtube": _on_youtube,
    "instagram": _on_instagram,
    "reddit": _on_reddit,
    "linkedin": _on_linkedin,
}

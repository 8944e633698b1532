"""What Bluesky's servers are asked: records, profiles, threads, searches, over plain HTTP (XRPC).

A PDS holds the records of its accounts; the AppView counts likes and knows threads; the directory says on
which PDS an account is.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from ambassador.errors import BadInputError, SourceError
from ambassador.i18n import mark
from ambassador.intake.live.records import json_of
from ambassador.intake.live.source import Means
from ambassador.intake.live.web import Answer, checked_address, is_loopback

HOME: Final = "https://bsky.social"
"""Where most accounts log in."""
VIEW: Final = "https://public.api.bsky.app"
"""The AppView that tells everybody of public posts."""
DIRECTORY: Final = "https://plc.directory"
PAGE: Final = 100
_AT_ONCE: Final = 25
"""Posts or profiles that one request may name."""
_FOUND, _BAD, _NOT_LET_IN = 200, 400, (401, 403)
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Profile:
    """Who is behind a DID."""

    did: str
    handle: str
    followers: int | None = None


@dataclass
class Talk:
    """One run's questions to the servers of Bluesky; ``server`` is the one a person named."""

    means: Means
    server: str
    _token: str = ""
    _profiles: dict[str, Profile | None] = field(default_factory=dict)
    _has_view: bool = True

    @property
    def is_here(self) -> bool:
        """Whether the server is on this machine; then no other is asked."""
        return is_loopback(urlsplit(self.server).hostname or "")

    @property
    def view(self) -> str:
        """The AppView that is asked for threads, figures and profiles."""
        return self.server if self.is_here else VIEW

    # Accounts

    def did_of(self, name: str) -> str:
        """Find the DID of a handle."""
        if name.startswith("did:"):
            return name
        found = self._ask(self._public, "com.atproto.identity.resolveHandle", {"handle": name})
        did = found.get("did") if found else None
        if not isinstance(did, str) or not did.startswith("did:"):
            raise SourceError(mark("Bluesky knows no account {name}"), name=name)
        return did

    def home_of(self, did: str) -> str:
        """Find the server that holds the records of an account."""
        if self.is_here or self.server not in (HOME, VIEW):
            found = self._ask(self.server, "com.atproto.repo.describeRepo", {"repo": did})
            if found:
                return self.server
        services = (self._document(did) or {}).get("service")
        for one in services if isinstance(services, list) else []:
            if isinstance(one, dict) and str(one.get("id", "")).endswith("#atproto_pds"):
                return self._elsewhere(str(one.get("serviceEndpoint") or ""))
        raise SourceError(mark("{server} has no records of {name}"), server=self._host, name=did)

    def profiles(self, dids: Collection[str]) -> dict[str, Profile]:
        """Name the accounts behind some DIDs; one that is gone has no name."""
        asked = [one for one in dict.fromkeys(dids) if one not in self._profiles]
        for some in _parted(asked):
            self._look_up(some)
        found = {one: self._profiles.get(one) for one in dids}
        return {did: profile for did, profile in found.items() if profile is not None}

    def note_handle(self, did: str, handle: str) -> None:
        """Take an account's name from what was read anyway."""
        known = self._profiles.get(did)
        self._profiles[did] = Profile(did, handle.lower(), known.followers if known else None)

    def _look_up(self, dids: Sequence[str]) -> None:
        found = self._of_view("app.bsky.actor.getProfiles", {"actors": list(dids)}) or {}
        for one in _dicts(found.get("profiles")):
            did, handle, followers = one.get("did"), one.get("handle"), one.get("followersCount")
            if isinstance(did, str) and _is_name(handle):
                count = followers if isinstance(followers, int) else None
                self._profiles[did] = Profile(did, str(handle).lower(), count)
        for did in dids:
            if did not in self._profiles:
                name = self._own_name(did)
                self._profiles[did] = Profile(did, name) if name else None

    def _own_name(self, did: str) -> str:
        """Ask the server that was named, else the directory, what an account is called."""
        if self.server not in (HOME, VIEW):
            found = self._ask(self.server, "com.atproto.repo.describeRepo", {"repo": did}) or {}
            if _is_name(found.get("handle")):
                return str(found["handle"]).lower()
        also = (self._document(did) or {}).get("alsoKnownAs")
        names = [str(one).removeprefix("at://") for one in also] if isinstance(also, list) else []
        return next((name.lower() for name in names if _is_name(name)), "")

    def _document(self, did: str) -> dict[str, Any] | None:
        """Read the document of a DID, from the directory or the account's own site."""
        if self.is_here:
            return None
        if did.startswith("did:plc:"):
            url = f"{DIRECTORY}/{quote(did, safe=':')}"
        elif did.startswith("did:web:") and "/" not in did and "%" not in did:
            url = self._elsewhere(did.removeprefix("did:web:")) + "/.well-known/did.json"
        else:
            return None
        return _told(self.means.web.send("GET", url), DIRECTORY)

    def _elsewhere(self, address: str) -> str:
        """Check an address that a server gave: no stranger may send us to this very machine."""
        try:
            found = checked_address(address)
        except BadInputError:
            found = ""
        host = urlsplit(found).hostname or ""
        if not host or is_loopback(host) or "." not in host:
            raise SourceError(mark("{server} sends elsewhere, which is not followed"), server=self._host)
        return found

    # Records and posts

    def records(self, home: str, did: str, collection: str, after: str) -> list[Record]:
        """Read the records that were made after a key, oldest first, a page of them."""
        query = {"repo": did, "collection": collection, "limit": PAGE, "reverse": "true"}
        found = self._ask(home, "com.atproto.repo.listRecords", query | ({"cursor": after} if after else {}))
        if found is None:
            raise SourceError(mark("{server} has no records of {name}"), server=_host(home), name=did)
        return [one for one in _dicts(found.get("records")) if key_of(one) > after]

    def posts(self, addresses: Sequence[str]) -> list[Record]:
        """Read posts as the AppView shows them, with names and figures; some it may not know."""
        shown: list[Record] = []
        for some in _parted(list(dict.fromkeys(addresses))):
            shown += _dicts((self._of_view("app.bsky.feed.getPosts", {"uris": some}) or {}).get("posts"))
        return shown

    def thread(self, address: str) -> Record | None:
        """Read what was answered below a post."""
        query = {"uri": address, "depth": 1000, "parentHeight": 0}
        found = (self._of_view("app.bsky.feed.getPostThread", query) or {}).get("thread")
        return found if isinstance(found, dict) else None

    def pages_of_view(self, method: str, query: Record, name: str) -> Iterator[list[Record]]:
        """Walk through a list of the AppView's."""
        page: str | None = None
        seen: set[str] = set()
        while True:
            found = self._of_view(method, {**query, "limit": PAGE} | ({"cursor": page} if page else {})) or {}
            yield _dicts(found.get(name))
            page = _next_page(found)
            if page is None or page in seen:
                return
            seen.add(page)

    def followers(self, did: str, page: str | None) -> tuple[list[Record], str | None]:
        """Read a page of who follows an account, and where the next begins."""
        query = {"actor": did, "limit": PAGE} | ({"cursor": page} if page else {})
        found = self._of_view("app.bsky.graph.getFollowers", query)
        if found is None:
            raise SourceError(mark("{server} does not tell who follows {name}"), server=self._host, name=did)
        return _dicts(found.get("followers")), _next_page(found)

    def search(self, tag: str, since: str, page: str | None) -> tuple[list[Record], str | None] | None:
        """Read a page of posts under a hashtag, newest first; None where its page is not known any more."""
        query: dict[str, Any] = {"q": f"#{tag}", "tag": [tag], "sort": "latest", "limit": PAGE}
        query |= {"since": since} if since else {}
        query |= {"cursor": page} if page else {}
        token = self._logged_in()
        asked = self.server if token or self.server != HOME else VIEW
        found = self._ask(asked, "app.bsky.feed.searchPosts", query, token)
        if found is None and token:  # it has run out
            self._token = ""
            found = self._ask(asked, "app.bsky.feed.searchPosts", query, self._logged_in())
        if found is None and page:
            return None
        if found is None:
            raise SourceError(mark("{server} does not search for {tag}"), server=_host(asked), tag=tag)
        return _dicts(found.get("posts")), _next_page(found)

    # How it is asked

    def _logged_in(self) -> str:
        """Log in with the app password where the server is the one it is for; "" without."""
        secret = self.means.secret
        name, password = secret("AMBASSADOR_BLUESKY_HANDLE"), secret("AMBASSADOR_BLUESKY_PASSWORD")
        own = checked_address(secret("AMBASSADOR_BLUESKY_SERVER") or HOME)
        if not (name and password) or own != self.server:
            return ""
        if not self._token:
            url = f"{own}/xrpc/com.atproto.server.createSession"
            body = json.dumps({"identifier": name.lstrip("@"), "password": password}).encode()
            answer = self.means.web.send("POST", url, {"Content-Type": "application/json"}, body)
            token = (_told(answer, own) or {}).get("accessJwt")
            if not isinstance(token, str) or not token.isascii() or not token.isprintable():
                raise SourceError(mark("{server} does not log you in"), server=_host(own))
            self._token = token
        return self._token

    def _of_view(self, method: str, query: Record) -> dict[str, Any] | None:
        """Ask the AppView; None where there is none: a PDS alone on this machine."""
        if not self._has_view:
            return None
        try:
            return self._ask(self.view, method, query)
        except SourceError as problem:
            if self.is_here and problem.values.get("status") in (*_NOT_LET_IN, 501, 502):
                self._has_view = False
                return None
            raise

    def _ask(self, server: str, method: str, query: Record, token: str = "") -> dict[str, Any] | None:
        """Ask a question; None where the server does not know what it is asked for."""
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        url = f"{server}/xrpc/{method}?{urlencode(query, doseq=True)}"
        return _told(self.means.web.send("GET", url, headers), server)

    @property
    def _public(self) -> str:
        return VIEW if self.server == HOME else self.server

    @property
    def _host(self) -> str:
        return _host(self.server)


def key_of(record: Record) -> str:
    """Give the key of a record, by which its collection is sorted: the last part of its address.

    >>> key_of({"uri": "at://did:plc:ida/app.bsky.feed.post/3aab"})
    '3aab'
    """
    return str(record.get("uri") or "").rpartition("/")[2]


def did_in(address: object) -> str:
    """Give the account an address of a record begins with; "" where it is none.

    >>> did_in("at://did:plc:ida/app.bsky.feed.post/3aab"), did_in("https://example.org")
    ('did:plc:ida', '')
    """
    text = address if isinstance(address, str) else ""
    did = text.removeprefix("at://").partition("/")[0] if text.startswith("at://") else ""
    return did if did.startswith("did:") else ""


def _told(answer: Answer, server: str) -> dict[str, Any] | None:
    if answer.status != _FOUND:
        return None
    found = json_of(answer.body, _host(server))
    return found if isinstance(found, dict) else {}


def _dicts(found: object) -> list[Record]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _next_page(found: Record) -> str | None:
    page = found.get("cursor")
    return page if isinstance(page, str) and page else None


def _is_name(handle: object) -> bool:
    """Tell whether a handle names anybody: one that could not be checked is told as ``handle.invalid``."""
    return isinstance(handle, str) and "." in handle and handle != "handle.invalid"


def _host(server: str) -> str:
    return urlsplit(server).hostname or server


def _parted(values: Sequence[str]) -> Iterator[list[str]]:
    for first in range(0, len(values), _AT_ONCE):
        yield list(values[first : first + _AT_ONCE])

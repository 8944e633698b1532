"""What an AppView of Bluesky answers, as its documentation says, beside the PDS of one account."""

from dataclasses import dataclass, field
from typing import Any

from tests.live_server import Asked, Said

POST, REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"
TOKEN = "t0ken-of-a-login-that-nobody-may-see"  # noqa: S105 - of a test


def did(name: str) -> str:
    """Give the DID of somebody."""
    return f"did:plc:{name}"


def address(name: str, key: str, collection: str = POST) -> str:
    """Give the address of a record."""
    return f"at://{did(name)}/{collection}/{key}"


def person(name: str) -> dict[str, Any]:
    """Show an account."""
    return {"did": did(name), "handle": f"{name}.example", "displayName": name.title()}


@dataclass
class View:
    """Posts by their address, answers by what they answer; every list is a page of two."""

    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    reposts: dict[str, dict[str, Any]] = field(default_factory=dict)
    asks_for_login: bool = False
    forgets_page: str = ""
    runs_out: int = 0
    logins: list[str] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)

    def say(self, name: str, key: str, minute: int, text: str, **more: Any) -> str:
        """Post something."""
        uri = address(name, key)
        record = {"$type": POST, "text": text, "createdAt": f"2026-05-03T10:{minute:02d}:00Z", **more}
        counts = {"replyCount": 0, "repostCount": 0, "likeCount": minute, "quoteCount": 0}
        at = f"2026-05-03T10:{minute:02d}:05Z"
        shown = {"uri": uri, "cid": key, "author": person(name), "record": record, "indexedAt": at, **counts}
        self.posts[uri] = shown
        above = (more.get("reply") or {}).get("parent", {}).get("uri")
        if above:
            self.posts[above]["replyCount"] += 1
        quoted = ((more.get("embed") or {}).get("record") or {}).get("uri")
        if quoted:
            self.posts[quoted]["quoteCount"] += 1
        return uri

    def share(self, name: str, key: str, minute: int, shared: str) -> None:
        """Share a post."""
        value = {"$type": REPOST, "subject": {"uri": shared}, "createdAt": f"2026-05-03T10:{minute:02d}:00Z"}
        self.reposts[address(name, key, REPOST)] = {"value": value, "by": name}
        self.posts[shared]["repostCount"] += 1

    def __call__(self, asked: Asked) -> Said:
        """Answer one question."""
        method = asked.path.rpartition("/")[2].rpartition(".")[2]
        self.sent.append(asked.headers)
        answer = getattr(self, f"_{method}", None)
        return answer(asked) if answer else (400, {}, {"error": "MethodNotImplemented"})

    def _resolveHandle(self, asked: Asked) -> Said:  # noqa: N802 - the name of the question
        return 200, {}, {"did": did(asked.query["handle"].partition(".")[0])}

    def _describeRepo(self, asked: Asked) -> Said:  # noqa: N802
        name = asked.query["repo"].rpartition(":")[2]
        return 200, {}, {"did": did(name), "handle": f"{name}.example"}

    def _getProfiles(self, asked: Asked) -> Said:  # noqa: N802
        names = [one.rpartition(":")[2] for one in asked.lists["actors"]]
        return 200, {}, {"profiles": [person(one) | {"followersCount": 7} for one in names if one != "gone"]}

    def _listRecords(self, asked: Asked) -> Said:  # noqa: N802
        owner, collection = asked.query["repo"], asked.query["collection"]
        held = {uri: post["record"] for uri, post in self.posts.items()}
        held |= {uri: one["value"] for uri, one in self.reposts.items()}
        start = f"at://{owner}/{collection}/"
        keys = sorted(uri for uri in held if uri.startswith(start))
        later = [uri for uri in keys if uri > start + asked.query.get("cursor", "")][:100]
        return 200, {}, {"records": [{"uri": uri, "value": held[uri]} for uri in later]}

    def _getPosts(self, asked: Asked) -> Said:  # noqa: N802
        return 200, {}, {"posts": [self.posts[uri] for uri in asked.lists["uris"] if uri in self.posts]}

    def _getPostThread(self, asked: Asked) -> Said:  # noqa: N802
        return 200, {}, {"thread": self._below(asked.query["uri"])}

    def _below(self, uri: str) -> dict[str, Any]:
        above = (
            (one["record"].get("reply") or {}).get("parent", {}).get("uri") for one in self.posts.values()
        )
        answers = [one for one, parent in zip(self.posts, above, strict=True) if parent == uri]
        return {"post": self.posts[uri], "replies": [self._below(one) for one in answers]}

    def _getQuotes(self, asked: Asked) -> Said:  # noqa: N802
        uri = asked.query["uri"]
        quoting = [one for one in self.posts.values() if _quoted(one) == uri]
        return self._page(asked, "posts", quoting)

    def _getRepostedBy(self, asked: Asked) -> Said:  # noqa: N802
        uri = asked.query["uri"]
        who = [person(one["by"]) for one in self.reposts.values() if one["value"]["subject"]["uri"] == uri]
        return self._page(asked, "repostedBy", who)

    def _getFollowers(self, asked: Asked) -> Said:  # noqa: N802
        return self._page(asked, "followers", [person(one) for one in ("leo", "eva", "ugo")])

    def _searchPosts(self, asked: Asked) -> Said:  # noqa: N802
        token = asked.headers.get("authorization", "")
        if self.asks_for_login and token != f"Bearer {TOKEN}{len(self.logins)}":
            return 403, {}, {}
        if self.runs_out and len(self.logins) == self.runs_out:
            return 400, {}, {"error": "ExpiredToken"}
        if self.forgets_page and asked.query.get("cursor") == self.forgets_page:
            self.forgets_page = ""
            return 400, {}, {"error": "InvalidRequest"}
        since = asked.query.get("since", "").replace("+00:00", "Z")
        found = [one for one in self.posts.values() if asked.query["q"] in one["record"]["text"]]
        found = [one for one in found if one["record"]["createdAt"] >= since]
        return self._page(asked, "posts", sorted(found, key=lambda one: one["indexedAt"], reverse=True))

    def _createSession(self, asked: Asked) -> Said:  # noqa: N802
        self.logins.append(asked.body)
        return 200, {}, {"accessJwt": f"{TOKEN}{len(self.logins)}"}

    def _page(self, asked: Asked, name: str, found: list[Any]) -> Said:
        first = int(asked.query.get("cursor", "0"))
        page = {name: found[first : first + 2]}
        return 200, {}, page | ({"cursor": str(first + 2)} if first + 2 < len(found) else {})


def _quoted(post: dict[str, Any]) -> str:
    return str(((post["record"].get("embed") or {}).get("record") or {}).get("uri") or "")

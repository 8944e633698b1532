"""Mastodon: time lines of hashtags and accounts, with answers, boosts and followers."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from ambassador.errors import BadInputError, SourceError
from ambassador.i18n import mark
from ambassador.intake.live.records import BatchMarks, batch_of, library, own_error, ties_of
from ambassador.intake.live.source import Batch, Means
from ambassador.intake.live.web import Web, checked_address
from ambassador.values.identity import HOME_SERVER
from ambassador.values.live import Cursor, Watched

_PAGE: Final = 40
"""The most a server gives at once."""
_REVISITED: Final = 20
"""Posts whose answers are looked for again: the latest ones, for so many days."""
_DAYS: Final = 7
_FIRST: Final = "0"


class MastodonSource:
    """Follows what one server of Mastodon knows."""

    name = "mastodon"
    label = "Mastodon"
    offers: Mapping[str, str] = {
        "hashtag": mark("A hashtag"),
        "account": mark("An account"),
        "followers": mark("Followers of an account"),
    }
    settings = ("AMBASSADOR_MASTODON_TOKEN", "AMBASSADOR_MASTODON_SERVER")
    per_minute = 60  # 300 in five minutes is what servers allow

    def checked(self, watched: Watched) -> Watched:
        """Name the server a name or hashtag is asked of: its own, the one said, or mastodon.social."""
        target = watched.target.strip().removeprefix("#" if watched.what == "hashtag" else "@")
        name, _, own = target.partition("@")
        server = checked_address(watched.server or own or HOME_SERVER)
        target = name if own and urlsplit(server).hostname == own.lower() else target
        if not target or any(sign.isspace() or sign in "/?#" for sign in target):
            raise BadInputError(mark("{value} is no account or hashtag of Mastodon"), value=watched.target)
        return Watched(self.name, watched.what, target.lower(), server)

    def batches(self, watched: Watched, cursor: Cursor, means: Means) -> Iterator[Batch]:
        """Yield what came since the cursor, oldest first."""
        client = _client(watched, means)
        try:
            if watched.what == "followers":
                yield from _followers(client, watched, cursor)
            else:
                yield from _time_line(client, watched, cursor)
        except Exception as error:  # noqa: BLE001 - the library has errors of its own, around ours
            own = own_error(error)
            if own is None and type(error).__name__.startswith("Mastodon"):
                message = mark("{server} refuses to tell of {target} ({kind})")
                host = urlsplit(watched.server).hostname
                kind = type(error).__name__
                own = SourceError(message, server=host, target=watched.target, kind=kind)
            raise (own or error) from None


def _client(watched: Watched, means: Means) -> Any:  # noqa: ANN401 - a library's
    """Open the library on our own way to the web; the token goes to the server it is for, and to no other."""
    mastodon = library("mastodon")
    home = checked_address(means.secret("AMBASSADOR_MASTODON_SERVER") or HOME_SERVER)
    token = means.secret("AMBASSADOR_MASTODON_TOKEN") if home == watched.server else ""
    return mastodon.Mastodon(
        access_token=token or None,
        api_base_url=watched.server,
        session=_session(means.web),
        ratelimit_method="throw",
        version_check_mode="none",
    )


def _session(web: Web) -> Any:  # noqa: ANN401 - a library's
    requests = library("requests")
    adapter: Any = requests.adapters.BaseAdapter

    class Adapter(adapter):  # type: ignore[misc]
        """Sends what the library asks by our own way."""

        def send(self, request: Any, **_: Any) -> Any:  # noqa: ANN401 - a library's
            body = request.body.encode() if isinstance(request.body, str) else request.body
            answer = web.send(request.method, request.url, dict(request.headers), body)
            made = requests.Response()
            made.status_code, made.url, made.request = answer.status, request.url, request
            made.headers = requests.structures.CaseInsensitiveDict(answer.headers)
            made._content = answer.body  # noqa: SLF001 - an answer made by hand
            made.encoding = "utf-8"
            return made

        def close(self) -> None:
            """Hold nothing that could be closed."""

    session = requests.Session()
    session.trust_env = False  # no other secret from a file of passwords goes along
    session.mount("https://", Adapter())
    session.mount("http://", Adapter())
    return session


def _account(client: Any, watched: Watched) -> Any:  # noqa: ANN401 - a library's
    return client.account_lookup(watched.target)["id"]


def _time_line(client: Any, watched: Watched, cursor: Cursor) -> Iterator[Batch]:  # noqa: ANN401
    """Yield what has come to the latest posts that were read before, then page after page of what is new."""
    after, recent = str(cursor.get("after", _FIRST)), dict(cursor.get("recent", {}))
    account = _account(client, watched) if watched.what == "account" else None
    changed = list(_changed(client, recent))
    if changed:
        yield from _around(client, watched, changed, cursor)
        recent |= {str(one["id"]): _seen(one) for one in changed}
        cursor = {"after": after, "recent": recent}
        yield batch_of("mastodon", changed, cursor)
    while page := _page(client, watched, account, after):
        yield from _around(client, watched, [one for one in page if _is_answered(one)], cursor)
        after = str(max(int(one["id"]) for one in page))
        recent = _latest(recent | {str(one["id"]): _seen(one) for one in page if not one["reblog"]})
        cursor = {"after": after, "recent": recent}
        yield batch_of("mastodon", page, cursor)


def _changed(client: Any, recent: Mapping[str, Any]) -> Iterator[Any]:  # noqa: ANN401 - a library's
    """Give the latest posts that have been answered or boosted since they were read."""
    for number, seen in recent.items():
        with suppress(library("mastodon").MastodonNotFoundError):  # taken down since
            status = client.status(number)
            if _seen(status) != seen:
                yield status


def _page(client: Any, watched: Watched, account: Any, after: str) -> Sequence[Any]:  # noqa: ANN401
    if account is None:
        found = client.timeline_hashtag(watched.target, min_id=after, limit=_PAGE)
    else:
        found = client.account_statuses(account, min_id=after, limit=_PAGE)
    return sorted(found, key=lambda one: int(one["id"]))


def _around(client: Any, watched: Watched, posts: Sequence[Any], cursor: Cursor) -> Iterator[Batch]:  # noqa: ANN401
    """Yield the answers to some posts, and who boosted them; the cursor stays where it is."""
    host = urlsplit(watched.server).hostname or ""
    answers: dict[str, Any] = {}
    boosted: list[tuple[str, str]] = []
    for one in posts:
        with suppress(library("mastodon").MastodonNotFoundError):
            if one["replies_count"]:
                below = client.status_context(one["id"])["descendants"]
                answers |= {str(other["id"]): other for other in below}
            if one["reblogs_count"]:
                author, others = one["account"], client.status_reblogged_by(one["id"])
                boosted += [(_member(author, host), _member(other, host)) for other in others]
    steps, seen = BatchMarks(cursor), [(str(one["id"]), _seen(one)) for one in posts]
    if answers and not steps.has("answers", seen):
        yield steps.take(batch_of("mastodon", list(answers.values()), cursor), "answers", seen)
    if boosted and not steps.has("boosts", seen):
        yield steps.take(ties_of(boosted, "mastodon", "repost", cursor), "boosts", seen)


def _followers(client: Any, watched: Watched, cursor: Cursor) -> Iterator[Batch]:  # noqa: ANN401
    """Yield the followers page by page; a walk that came to its end begins anew the next time."""
    host = urlsplit(watched.server).hostname or ""
    followed, below = client.account_lookup(watched.target), cursor.get("below")
    while True:
        page = client.account_followers(followed["id"], max_id=below, limit=2 * _PAGE)
        further = getattr(page, "_pagination_next", None) or {}
        below = str(further["max_id"]) if page and further.get("max_id") else None
        pairs = [(_member(followed, host), _member(one, host)) for one in page]
        batch = ties_of(pairs, "mastodon", "follow", {"below": below} if below else {})
        yield replace(batch, is_last=below is None)
        if below is None:
            return


def _member(account: Mapping[str, Any], host: str) -> str:
    """Name a member as everywhere here: with the server, unless it is the one meant without.

    >>> _member({"acct": "ann", "url": "https://art.example/@ann"}, "x.example")
    'ann@art.example'
    >>> _member({"acct": "ann"}, "mastodon.social"), _member({"acct": "bea@a.example"}, "b.example")
    ('ann', 'bea@a.example')
    """
    name = str(account["acct"])
    own = urlsplit(str(account.get("url") or "")).hostname or host
    full = name if "@" in name else f"{name}@{own}"
    return full.removesuffix(f"@{HOME_SERVER}")


def _is_answered(status: Mapping[str, Any]) -> bool:
    return not status["reblog"] and bool(status["replies_count"] or status["reblogs_count"])


def _seen(status: Mapping[str, Any]) -> list[Any]:
    """Give what is kept of a post to see whether something has come to it: its day, answers and boosts."""
    return [_moment(status["created_at"]).isoformat(), status["replies_count"], status["reblogs_count"]]


def _latest(recent: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the latest posts, so many and of so many days before the last of them."""
    days = {key: datetime.fromisoformat(at) for key, (at, *_) in recent.items()}
    last = max(days.values(), default=datetime.now(UTC))
    young = sorted((key for key, at in days.items() if last - at < timedelta(_DAYS)), key=int)
    return {key: recent[key] for key in young[-_REVISITED:]}


def _moment(value: Any) -> datetime:  # noqa: ANN401 - the library gives datetimes, other servers text
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found if found.tzinfo else found.replace(tzinfo=UTC)

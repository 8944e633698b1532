"""Rows of a list of people: one person, with their accounts side by side."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ambassador.i18n import mark
from ambassador.intake.cells import CellError, known, plain
from ambassador.intake.layout import FileRow
from ambassador.values.drafts import AccountDraft, FiguresDraft, PersonDraft
from ambassador.values.identity import platform_of_address

_TOPICS = re.compile(r"[,;|\n]| / |(?:^|\s)#")
_PARTS = re.compile(r"[\s,;|]+")
_STARTS = re.compile(r"https?://|(?<![/\w.])www\.")
"""Where an address begins."""
_EMAIL = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]{1,255}\.[a-z]{2,63}", re.IGNORECASE)
"""As long as its parts may be (RFC 5321): without ends a long text is searched again from each letter."""


def read_person(row: FileRow) -> PersonDraft:
    """Turn one row into a person with at least one account."""
    prefixes = row.layout.once("prefixes", lambda: _prefixes(row))
    accounts = tuple(account for prefix in prefixes for account in _accounts(row, prefix))
    if not accounts:
        column = next((name for name in row.layout.positions if name.endswith(("handle", "url"))), "handle")
        raise row.missing(column, mark("the row names no account"))
    names = [text for text in (row.text("name"), row.text("surname")) if text]
    return PersonDraft(
        line=row.line,
        accounts=accounts,
        name=" ".join(names) or _name_for_handle(row),
        city=row.place("city") or None,
        country=row.place("country") or None,
        language=row.text("language") or None,
        topics=_topics(row),
        email=_email(row),
        fee=row.money("fee"),
        notes=row.text("notes") or None,
        read_at=row.instant("read_at"),
        telephone=row.text("telephone") or None,
    )


def _prefixes(row: FileRow) -> list[str]:
    """Return the platforms that have their own columns; ``""`` stands for the plain handle column."""
    found = dict.fromkeys(
        name.partition(".")[0] for name in row.layout.positions if name.endswith((".handle", ".url"))
    )
    return ["", *found] if {"handle", "url"} & set(row.layout.positions) else list(found)


def _accounts(row: FileRow, prefix: str) -> Iterator[AccountDraft]:
    """Read the account of a platform, or all that the addresses in one cell lead to."""
    text = row.text(f"{prefix}.url" if prefix else "url")
    parts = _PARTS.split(text) if len(_STARTS.findall(text)) > 1 else ()
    found = [_of_address(row, part) for part in parts if "/" in part]
    accounts = list(dict.fromkeys(account for account in found if account))
    if accounts:
        yield from accounts
    elif account := _account(row, prefix):
        yield account


def _of_address(row: FileRow, address: str) -> AccountDraft | None:
    platform = platform_of_address(address)
    handle = row.layout.account(address)[1] if platform else ""
    return AccountDraft(platform or "", handle, handle, url=address) if handle else None


def _account(row: FileRow, prefix: str) -> AccountDraft | None:
    dot = f"{prefix}." if prefix else ""
    url, shown = row.text(f"{dot}url"), row.raw(f"{dot}handle")
    by_url = url and (not known(shown) or _is_name(shown))
    usual = prefix or (platform_of_address(url) if url else "") or ""
    platform, handle = row.handle(f"{dot}url" if by_url else f"{dot}handle", platform=usual)
    if not handle:
        return None
    return AccountDraft(
        platform=(platform_of_address(url if by_url else shown) or prefix or platform),
        handle=handle,
        display_handle=handle if by_url or "/" in shown else shown.lstrip("@ "),
        native_id=row.spare_id(f"{dot}native_id"),
        url=url or (shown if "/" in shown else ""),
        figures=_figures(row, dot),
    )


def _is_name(text: str) -> bool:
    """Tell whether a text is a name rather than a handle: words with blanks between and no @."""
    return " " in text and "@" not in text and "/" not in text


def _name_for_handle(row: FileRow) -> str | None:
    shown = row.text("handle")
    return shown if _is_name(shown) else None


def _figures(row: FileRow, dot: str) -> FiguresDraft:
    return FiguresDraft(
        followers=row.count(f"{dot}followers"),
        following=row.count(f"{dot}following"),
        posts=row.count(f"{dot}posts"),
        average_likes=row.number(f"{dot}average_likes"),
        average_comments=row.number(f"{dot}average_comments"),
        average_views=row.number(f"{dot}average_views"),
        engagement_rate=row.rate(f"{dot}engagement_rate"),
    )


def _topics(row: FileRow) -> tuple[str, ...]:
    columns = row.layout.once("topics", lambda: _columns_of_topics(row))
    texts = tuple(text for name in columns if (text := row.text(name)))
    return _topics_in(texts) if texts else ()


def _columns_of_topics(row: FileRow) -> list[str]:
    return [name for name in row.layout.positions if name.partition(".")[0] == "topics"]


@lru_cache(maxsize=1 << 12)
def _topics_in(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Part the topics of one person, remembering them: many people have the same."""
    words = (word.strip(" #") for text in texts for word in _TOPICS.split(text))
    return tuple(dict.fromkeys(word for word in words if word))


def _email(row: FileRow) -> str | None:
    text = row.text("email")
    if not text:
        return None
    found = _EMAIL.search(text)
    if not found:
        raise row.refusal("email", CellError(mark("{value} is not an e-mail address"), value=plain(text)))
    return found[0]

"""Take the names of somebody erased out of texts about others, whatever case and accents they stand in."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlmodel import Session

from ambassador.store.bulk import chunks
from ambassador.store.tables.base import Row
from ambassador.store.tables.people import Account, Person

_GONE = "…"
_SHORTEST = 3
_LONG, _FIRST_AND_LAST = 8, 2
_BETWEEN, _APART = r"[\s._,-]{0,2}", r"[\s._,-]{1,2}"
"""What stands between first and last name; of long names nothing has to: ``#annaalberti``."""
_DECORATION = re.compile(r"[^\w\s.'\u2019-]|[\d_]")
_NOT_LONGER = r"(?!\w|\.(?!(?:csv|tsv|txt|xlsx|json|graphml|gexf|net|parquet)\b)\w)"
"""A name ends where no letter follows, and no dot with more of a handle; the ending of a file may."""
_ADDRESSED = re.compile(r"@(?P<handle>\w(?:[\w.]*\w)?)")

SCRUBBED: dict[str, tuple[str, ...]] = {
    "activation": ("rules",),
    "activation_entry": ("about", "proposed_by", "title"),
    "entry_source": ("url",),
    "moment": ("place",),
    "law_note": ("reason", "text"),
    "live_question": ("answer", "answered_by", "reason", "text"),
    "ambassador": ("next_action", "notes", "owner"),
    "ambassador_event": ("note",),
    "account_move": ("reason",),
    "ballot_file": ("file_name",),
    "campaign": ("notes",),
    "care_case": ("contact", "customer", "owner", "satisfaction_note", "subject"),
    "care_event": ("text",),
    "custody": ("note",),
    "device": ("note",),
    "device_event": ("note",),
    "import_batch": ("file_name",),
    "incident": ("reason",),
    "incident_event": ("text",),
    "match_rule": ("authors", "exclude_words", "hashtags", "keywords"),
    "mention": ("parent_author", "text", "url"),
    "mention_campaign": ("rule",),
    "mention_metrics": ("source",),
    "outcome": ("note",),
    "perimeter_rule": ("authors", "exclude_words", "hashtags", "keywords"),
    "person": ("notes", "score_reason", "source"),
    "person_merge": ("reason",),
    "saved_view": ("search",),
    "snapshot": ("source",),
}
"""Texts in which anybody may be named: their names are taken out of every row."""

BLANKED: dict[str, tuple[str, ...]] = {
    "account": ("display_handle", "handle", "native_id", "url"),
    "ambassador": ("code",),
    "ballot": ("voter",),
    "jury_mark": ("juror",),
    "live_question": ("asker",),
    "custody": ("tracking",),
    "import_change": ("before",),
    "mention": ("post_id", "token"),
    "post_alias": ("alias",),
    "outcome": ("code",),
    "person": (
        "city", "country", "email", "fee_currency", "language", "lawful_basis", "name", "telephone", "topics",
    ),
    "person_merge": ("moved",),
    "watch": ("target",),
}  # fmt: skip
"""Texts about one person: emptied, or replaced by a number, in the rows of the person erased."""

KEPT: dict[str, tuple[str, ...]] = {
    "account": ("platform",),
    "account_move": ("actor",),
    "activation": ("actor", "currency", "time_zone", "title"),
    "activation_entry": ("key",),
    "ambassador": ("currency", "notice_channel"),
    "ambassador_event": ("actor", "from_status", "to_status"),
    "ballot": ("actor", "platform"),
    "jury_mark": ("actor",),
    "law_note": ("actor", "key"),
    "live_question": ("actor", "platform"),
    "ballot_file": ("actor", "sha256"),
    "campaign": ("currency", "name", "product", "shipping_by_country", "time_zone"),
    "canned_answer": ("actor", "language", "text", "title"),
    "care_case": ("actor",),
    "care_event": ("actor",),
    "care_link": ("actor",),
    "closed_day": ("country", "name"),
    "credit": ("method",),
    "custody": ("courier", "reference"),
    "device": ("colour", "currency", "imei1", "imei2", "model", "serial"),
    "device_event": ("actor", "from_status", "to_status"),
    "forecast": ("actor", "arguments", "code_version", "random_key", "result"),
    "import_batch": ("actor", "mapping", "sha256", "undone_by"),
    "import_change": ("table_name",),
    "incident_event": ("actor",),
    "incident_watch": ("actor", "kinds"),
    "match_rule": ("actor",),
    "mention": (
        "inferred_by", "language", "parent_post_id", "platform", "root_post_id", "supplied_by", "topic",
    ),
    "mention_campaign": ("actor",),
    "mention_label": ("actor",),
    "mention_words": ("stems", "words"),
    "moment": ("actor",),
    "network_snapshot": ("direction", "file_name", "probabilities", "sha256"),
    "outcome": ("actor", "currency", "token"),
    "parameter_set": (
        "algorithm", "data_hash", "file_name", "kind", "metrics", "scope_platform", "scope_topic", "version",
    ),
    "parent_candidate": ("method",),
    "perimeter": ("actor", "name"),
    "perimeter_rule": ("actor", "languages"),
    "person_merge": ("actor",),
    "poll_post": ("actor",),
    "post_alias": ("platform",),
    "reply_vote": ("actor",),
    "pick": ("actor", "arguments", "code_version", "random_key", "result"),
    "saved_mapping": ("answers", "columns", "signature"),
    "saved_view": ("actor", "name"),
    "suppression": ("key_hash",),
    "tie": ("kind", "origin", "platform"),
    "tone_label": ("actor",),
    "watch": ("actor", "cursor", "failure", "refusals", "server", "source", "what"),
    "workspace_setting": ("key", "value"),
}  # fmt: skip
"""What is never about a person of the network: states, codes, numbers, our own staff and settings, hashes.

Words of posts are made anew from the texts that are scrubbed.
"""


def names_of(people: Iterable[Person], accounts: Iterable[Account]) -> frozenset[str]:
    """Every name somebody may be called by in a text."""
    names = {
        name
        for person in people
        for name in (person.name, _undecorated(person.name or ""), person.email, person.telephone)
    }
    names |= {name for one in accounts for name in (one.handle, one.display_handle, one.url)}
    return frozenset(name.strip() for name in names if name and len(name.strip()) >= _SHORTEST)


def _undecorated(name: str) -> str:
    """Take off what people put around their name: flowers, professions behind a bar, pronouns in brackets.

    >>> _undecorated("✨ Anna Alberti | Travel"), _undecorated("🌸Bea🌸"), _undecorated("bea (she/her)")
    ('Anna Alberti', 'Bea', '')
    """
    parts = [part.strip(" .-'\u2019") for part in _DECORATION.split(name)]
    words = [part for part in parts if part]
    whole = next((part for part in words if " " in part), "")
    return whole or (words[0] if len(words) == 1 else "")


def _forms_of(name: str) -> str:
    """Write a folded name as a pattern: first and last name in either order, apart, joined, with a comma."""
    words = name.split()
    if len(words) == 1:
        return re.escape(name)
    between = _BETWEEN if len("".join(words)) >= _LONG else _APART
    orders = [words] if len(words) > _FIRST_AND_LAST else [words, words[::-1]]
    return "|".join(between.join(map(re.escape, order)) for order in orders)


@dataclass(frozen=True, slots=True)
class NamesFound:
    """The rows in which some names stand, with what is left of their texts."""

    version: int | None
    """Which state of the database it is of; None where the database does not tell."""
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    """Of each table of ``SCRUBBED``."""


def find_names(session: Session, names: Iterable[str]) -> NamesFound:
    """Look through every text of ``SCRUBBED`` for names; nothing is changed."""
    session.flush()
    version = state_of(session)  # first: what is written meanwhile makes it another
    folded = {_folded(name)[0] for name in names}
    wanted = sorted((name for name in folded if name.strip()), key=len, reverse=True)
    if not wanted:
        return NamesFound(version, {})
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(_forms_of, wanted))}){_NOT_LONGER}")
    tables = Row.metadata.tables
    found = {name: _find(session, tables[name], columns, pattern) for name, columns in SCRUBBED.items()}
    return NamesFound(version, found)


def state_of(session: Session) -> int | None:
    """Number the state of the database; None on PostgreSQL, where erasing keeps nobody else from writing."""
    if session.get_bind().dialect.name != "sqlite":
        return None
    return int(session.connection().exec_driver_sql("PRAGMA user_version").scalar_one())


def scrub(
    session: Session, found: NamesFound, left_out: Mapping[str, Collection[int]]
) -> dict[str, list[int]]:
    """Take the names out of the texts they were found in; give the rows of each table that held any.

    ``left_out`` are rows that are emptied anyway.
    """
    session.flush()
    changed: dict[str, list[int]] = {}
    for name, rows in found.rows.items():
        table, without = Row.metadata.tables[name], set(left_out.get(name, ()))
        kept = [dict(row) for row in rows if row["number"] not in without]
        statement = update(table).where(table.c.id == bindparam("number"))
        statement = statement.values(
            {one: bindparam(f"new_{one}", type_=table.c[one].type) for one in SCRUBBED[name]}
        )
        for some in chunks(kept):
            session.connection().execute(statement, some)
        changed[name] = [row["number"] for row in kept]
    return changed


def _find(
    session: Session, table: Table, columns: Sequence[str], pattern: re.Pattern[str]
) -> list[dict[str, Any]]:
    rows = session.connection().execute(select(table.c.id, *(table.c[name] for name in columns)))
    changed = []
    for number, *texts in rows:
        clean = [_without(text, pattern) for text in texts]
        if clean != texts:
            new = {f"new_{name}": one for name, one in zip(columns, clean, strict=True)}
            changed.append({"number": number, **new})
    return changed


def _without(text: Any, pattern: re.Pattern[str]) -> Any:  # noqa: ANN401 - a text, a list of texts, or nothing
    if isinstance(text, list):
        return [one for one in text if _without(one, pattern) == one]
    if not text:
        return text
    plain, places = _folded(cast("str", text))
    end, kept = 0, []
    for found in pattern.finditer(plain):
        kept += [text[end : places[found.start()]], _GONE]
        end = places[found.end() - 1] + 1
    return "".join([*kept, text[end:]]) if kept else text


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Lower case without accents, and the place each letter had."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters, places = [], []
    for place, letter in enumerate(text):
        for one in unicodedata.normalize("NFKD", letter.casefold()):
            if not unicodedata.combining(one):
                letters.append(one)
                places.append(place)
    return "".join(letters), places


def without_addressed(text: str, is_gone: Callable[[str], bool]) -> str:
    """Take out of a text the handles addressed in it that belong to the erased."""
    if "@" not in text:
        return text
    return _ADDRESSED.sub(
        lambda found: f"@{_GONE}" if is_gone(found["handle"].casefold()) else found[0], text
    )

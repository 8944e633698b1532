"""A search as a condition on mentions: both databases look the same stems up and give the same answers.

The index finds which posts hold stems; where a phrase is asked for, its words are then looked for in their
places among what the index found.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    and_,
    bindparam,
    false,
    func,
    not_,
    or_,
    text,
    union,
)
from sqlalchemy import select as columns
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType
from sqlmodel import Session, col

from ambassador.store.tables.mentions import SEARCH_INDEX, Mention, MentionWords
from ambassador.store.tables.people import Account
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.mentions.search import Clause, SearchQuery, Term


class Narrowed(NamedTuple):
    """Some posts, among which are all that a search finds."""

    ids: list[int]
    further: Sequence[Clause]
    """What they have to hold besides."""


def found_by(query: SearchQuery) -> ColumnElement[bool]:
    """Turn a search into a condition on mentions, asked of the index."""
    by_words, by_author = _parted(query)
    return and_(*_conditions(by_words), *map(_is_among, by_author))


def in_perimeter(rule: PerimeterRule) -> list[ColumnElement[bool]]:
    """Turn the rule of a perimeter into conditions on mentions."""
    if rule.holds_nothing:
        return [false()]
    query = rule.query
    found = [] if query is None else [found_by(query)]
    return [*found, says_language(rule.languages)] if rule.languages else found


def asked_of_index(session: Session, clause: Clause) -> list[Any]:
    """Give the queries that together find the posts that hold one of the terms, left out or not.

    SQLite's index is asked alone where it can be: looking up the row beside each answer takes ten times as
    long.
    """
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    alone = [one for one in clause.terms if one.stems and not (one.phrase or one.platform)]
    others = [one for one in clause.terms if one not in alone or one.author]
    queries: list[Any] = [_said_or_written(Clause(tuple(others)))] if others else []
    if alone and is_sqlite:
        asked = text(f"SELECT rowid FROM {SEARCH_INDEX} WHERE {SEARCH_INDEX} MATCH :asked")  # noqa: S608
        queries.append(asked.bindparams(asked=_FTS5.written([Clause(tuple(alone))])))
    elif alone:
        queries.append(_words_holding([Clause(tuple(alone))]))
    return queries


def says_language(codes: Sequence[str]) -> ColumnElement[bool]:
    """Compare codes, of which a post may say several: ``it`` is also that of ``it-IT``."""
    said = func.replace(func.replace(func.lower(col(Mention.language)), " ", ""), "_", "-")
    listed = "," + said + ","
    return or_(*(listed.contains(f",{code}{end}", autoescape=True) for code in codes for end in ",-"))


def narrow(session: Session, query: SearchQuery, most: int) -> Narrowed | None:
    """Take fewer than ``most`` posts from the index, among which are all that a search finds; None: more."""
    by_words, by_author = _parted(query)
    ways: list[tuple[Any, Sequence[Clause]]] = []
    if any(not one.is_without for one in by_words):
        ways.append((_words_holding(by_words), by_author))
    ways += [
        (_said_or_written(one), [other for other in query.clauses if other is not one])
        for one in by_author
        if not one.is_without
    ]
    for asked, further in ways:
        ids = [key for (key,) in session.execute(asked.limit(most))]
        if len(ids) < most:
            return Narrowed(ids, further)
    return None


def seen_in(clause: Clause) -> ColumnElement[bool]:
    """Look at the words of one post: a subquery for each, so that no database gathers all posts first."""
    words = columns(or_(*map(_stands_here, clause.terms))).where(col(MentionWords.id) == Mention.id)
    found: ColumnElement[bool] = func.coalesce(words.correlate(Mention).scalar_subquery(), false())
    if any(term.author for term in clause.terms):
        found = or_(found, _is_one_of(clause.terms))
    return not_(found) if clause.is_without else found


def _stands_here(term: Term) -> ColumnElement[bool]:
    stands = _stands(term)
    return and_(stands, col(Mention.platform) == term.platform) if term.platform else stands


def _parted(query: SearchQuery) -> tuple[list[Clause], list[Clause]]:
    """Tell apart what words alone say and what authors say too."""
    by_author = [one for one in query.clauses if any(term.author for term in one.terms)]
    return [one for one in query.clauses if one not in by_author], by_author


def _conditions(by_words: Sequence[Clause]) -> list[ColumnElement[bool]]:
    if any(not clause.is_without for clause in by_words):
        return [col(Mention.id).in_(_words_holding(by_words))]
    # an index finds what is there, not what is not
    return [not_(col(Mention.id).in_(_words_holding([Clause(one.terms)]))) for one in by_words]


def _is_among(clause: Clause) -> ColumnElement[bool]:
    found = col(Mention.id).in_(_said_or_written(clause))
    return not_(found) if clause.is_without else found


def _said_or_written(clause: Clause) -> CompoundSelect[Any]:
    """Ask for posts that hold one of the terms, or are by one of the accounts; a platform stands alone."""
    said: dict[str, list[Term]] = {}
    for term in clause.terms:
        if term.stems:
            said.setdefault(term.platform, []).append(term)
    queries = [_said_on(platform, terms) for platform, terms in said.items()]
    if any(term.author for term in clause.terms):
        accounts = columns(col(Account.id)).where(_is_one_of(clause.terms))
        queries.append(columns(col(Mention.id)).where(col(Mention.account_id).in_(accounts)))
    return union(*queries)


def _said_on(platform: str, terms: Sequence[Term]) -> Select[Any]:
    holding = _words_holding([Clause(tuple(terms))])
    if not platform:
        return holding
    return holding.join(Mention, col(Mention.id) == MentionWords.id).where(col(Mention.platform) == platform)


def _is_one_of(terms: Sequence[Term]) -> ColumnElement[bool]:
    """Say of an account that one of the terms means it."""
    handles: dict[str, list[str]] = {}
    for term in terms:
        if term.author:
            handles.setdefault(term.platform, []).append(term.author)
    return or_(
        *(
            and_(col(Account.platform) == platform, col(Account.handle).in_(ones))
            if platform
            else col(Account.handle).in_(ones)
            for platform, ones in handles.items()
        )
    )


def _words_holding(clauses: Sequence[Clause]) -> Select[Any]:
    """Ask the index for posts that hold what every clause asks for; one at least asks for something."""
    number = col(MentionWords.id)
    asked = (bindparam(None, language.written(clauses), String) for language in (_FTS5, _TSQUERY))
    wanted: list[ColumnElement[bool]] = [_InIndex(number, *asked)]
    if any(term.phrase for clause in clauses for term in clause.terms):
        wanted += map(_stands_there, clauses)
    return columns(number).where(*wanted)


def _stands_there(clause: Clause) -> ColumnElement[bool]:
    found = or_(*map(_stands, clause.terms))
    return not_(found) if clause.is_without else found


def _stands(term: Term) -> ColumnElement[bool]:
    if not term.stems:  # a name that no text can hold behind an @
        return false()
    end = "" if term.is_beginning else " "
    parts = [(col(MentionWords.stems), f" {stem}{end}") for stem in term.stems]
    if term.phrase:
        parts.append((col(MentionWords.words), term.phrase))
    return and_(*(_HasPart(column, bindparam(None, part, String)) for column, part in parts))


@dataclass(frozen=True, slots=True)
class _Language:
    """How an index is asked: signs of its language, with ``{}`` for a stem."""

    whole: str
    beginning: str
    either: str
    both: str
    without: str

    def written(self, clauses: Collection[Clause]) -> str:
        """Write clauses; a phrase that must not be there is left to ``_stands_there``."""
        asked = self.both.join(self._one_of(clause) for clause in clauses if not clause.is_without)
        left_out = (one for one in clauses if one.is_without and not any(term.phrase for term in one.terms))
        return asked + "".join(f"{self.without}{self._one_of(clause)}" for clause in left_out)

    def _one_of(self, clause: Clause) -> str:
        return f"({self.either.join(map(self._all_of, clause.terms))})"

    def _all_of(self, term: Term) -> str:
        form = self.beginning if term.is_beginning else self.whole
        return f"({self.both.join(form.format(stem) for stem in term.stems)})"


_FTS5: Final = _Language('"{}"', '"{}" *', " OR ", " AND ", " NOT ")
_TSQUERY: Final = _Language("'{}'", "'{}':*", " | ", " & ", " & !")


class _InIndex(FunctionElement[Any]):
    """Whether the index finds a row: its number, the search for FTS5, the search for PostgreSQL."""

    type = NullType()  # of a Boolean SQLAlchemy makes ``... = 1`` for SQLite, which then uses no index
    name = "in_index"
    inherit_cache = True


@compiles(_InIndex, "sqlite")
def _fts5(element: _InIndex, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    number, asked, _ = (compiler.process(one, **options) for one in element.clauses)
    return f"{number} IN (SELECT rowid FROM {SEARCH_INDEX} WHERE {SEARCH_INDEX} MATCH {asked})"  # noqa: S608


@compiles(_InIndex, "postgresql")
def _gin(element: _InIndex, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    _, _, asked = element.clauses
    stems = "array_to_tsvector(string_to_array(btrim(mention_words.stems), ' '))"
    return f"{stems} @@ CAST({compiler.process(asked, **options)} AS tsquery)"


class _HasPart(FunctionElement[Any]):
    """Whether a text holds another, letter by letter."""

    type = NullType()
    name = "has_part"
    inherit_cache = True


@compiles(_HasPart, "sqlite")
def _instr(element: _HasPart, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"(instr({compiler.process(element.clauses, **options)}) > 0)"


@compiles(_HasPart, "postgresql")
def _strpos(element: _HasPart, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"(strpos({compiler.process(element.clauses, **options)}) > 0)"

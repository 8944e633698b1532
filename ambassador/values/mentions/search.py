"""What somebody types to find posts: words, "phrases", #tags, @accounts, word*, emoji, -without, OR."""

import re
from dataclasses import dataclass
from typing import Final

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.values.mentions.search_words import MOST_CHARACTERS, TextPart, marked, parts_of, stem

MOST_TERMS: Final = 50
_SHORTEST_BEGINNING: Final = 2
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»\uff02", '"'))
_TYPED: Final = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"|(?P<plain>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a post must hold."""

    stems: tuple[str, ...]
    """What stands in the index, all of it; of a beginning (``word*``) the beginning."""
    phrase: str = ""
    """These words one after the other, as ``IndexedText.words`` holds them; "" where the stems say it all."""
    is_beginning: bool = False
    author: str = ""
    """A handle: posts by this account count too."""
    platform: str = ""
    """Of an account, where it alone is meant: posts elsewhere do not count; "" is any platform."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A post must hold one of the terms, or none of them."""

    terms: tuple[Term, ...]
    is_without: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What a post must hold: every clause."""

    clauses: tuple[Clause, ...]


def parse_search(typed: str) -> SearchQuery | None:
    """Read a search as somebody typed it; None where nothing is typed.

    Raises
    ------
    BadInputError
        It says what cannot be understood, and what to type instead.

    Examples
    --------
    >>> found = parse_search("brezz* OR #q1 -rumore")
    >>> [(one.is_without, [term.stems for term in one.terms]) for one in found.clauses]
    [(False, [('brezz',), ('#q1',)]), (True, [('rumor',)])]
    """
    line = typed[:MOST_CHARACTERS].translate(_QUOTES).strip()
    if not line:
        return None
    if line.count('"') % 2:
        raise BadInputError(mark('a quotation mark is open in the search: close it, as in "so light"'))
    clauses: list[Clause] = []
    joins = False
    for found in _TYPED.finditer(line):
        if found["plain"] == "OR" and not found["minus"]:
            _refuse_loose_or(is_loose=joins or not clauses)
            joins = True
        else:
            clause = Clause((_term(found),), bool(found["minus"]))
            clauses.append(_joined(clauses.pop(), clause) if joins else clause)
            joins = False
    _refuse_loose_or(is_loose=joins)
    return _checked(clauses)


def term_of(typed: str) -> Term:
    """Read one word, phrase, #tag, @account or begin*; several words are a phrase.

    Raises
    ------
    BadInputError
        It says what cannot be understood, and what to type instead.

    Examples
    --------
    >>> term_of("telefoni").stems, term_of("so light").phrase, term_of("#Q1").stems
    (('telefon',), ' so light ', ('#q1',))
    """
    line = " ".join(typed[:MOST_CHARACTERS].translate(_QUOTES).replace('"', " ").split())
    if " " in line:
        return _phrase(line, parts_of(line))
    return _plain(line)


def account_term(platform: str, handle: str) -> Term:
    """Make the term of an account: what it wrote, and what names it with an @; "" is any platform.

    >>> account_term("x", "nina.neri")
    Term(stems=('@nina.neri',), phrase='', is_beginning=False, author='nina.neri', platform='x')
    """
    parts = parts_of(f"@{handle}")
    is_addressed = len(parts) == 1 and parts[0].text == handle and parts[0].mark == "@"
    return Term((marked(parts[0]),) if is_addressed else (), author=handle, platform=platform)


def _refuse_loose_or(*, is_loose: bool) -> None:
    if is_loose:
        raise BadInputError(mark("OR stands between two words of a search, as in camera OR battery"))


def _joined(one: Clause, other: Clause) -> Clause:
    if one.is_without or other.is_without:
        raise BadInputError(mark("OR joins what is looked for, not what is left out with a minus"))
    return Clause((*one.terms, *other.terms))


def _checked(clauses: list[Clause]) -> SearchQuery:
    if all(clause.is_without for clause in clauses):
        raise BadInputError(
            mark("say also what to look for: a search of minus-words alone would find all the rest")
        )
    if sum(len(clause.terms) for clause in clauses) > MOST_TERMS:
        raise BadInputError(mark("a search holds at most {most} words"), most=MOST_TERMS)
    return SearchQuery(tuple(clauses))


def _term(found: re.Match[str]) -> Term:
    if found["phrase"] is not None:
        return _phrase(found["phrase"], parts_of(found["phrase"]))
    return _plain(found["plain"])


def _plain(plain: str) -> Term:
    parts = parts_of(plain.rstrip("*"))
    if not parts:
        raise BadInputError(mark("{typed} holds no word to look for"), typed=plain)
    if plain.endswith("*"):
        return _beginning(plain, parts)
    if len(parts) > 1:
        return _phrase(plain, parts)
    (part,) = parts
    if part.mark == "@":
        return Term((marked(part),), author=part.text)
    return Term((marked(part) if part.mark else stem(part.words[0]),))


def _phrase(typed: str, parts: list[TextPart]) -> Term:
    words = [word for part in parts for word in part.words]
    if not words:
        raise BadInputError(mark("{typed} holds no word to look for"), typed=f'"{typed}"')
    stems = {stem(word) for word in words} | {marked(part) for part in parts if part.mark}
    return Term(tuple(sorted(stems)), f" {' '.join(words)} ")


def _beginning(typed: str, parts: list[TextPart]) -> Term:
    (part, *more) = parts
    begins = part.mark + part.text
    if more or len(begins) < _SHORTEST_BEGINNING:
        raise BadInputError(
            mark("{typed} begins too much: write at least two letters of one word before the *"), typed=typed
        )
    return Term((marked(part),), is_beginning=True)

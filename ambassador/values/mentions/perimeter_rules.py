"""What a perimeter holds, as a search: words, hashtags, accounts, less exclude-words, in some languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.values.identity import parse_account
from ambassador.values.mentions.search import Clause, SearchQuery, Term, account_term, term_of
from ambassador.values.mentions.search_words import fold

MOST_TERMS: Final = 200
"""Words, hashtags, accounts and exclude-words of one perimeter."""


@dataclass(frozen=True, slots=True)
class PerimeterRule:
    """Which posts a perimeter holds: those with any of the words, hashtags or accounts.

    Languages and exclude-words narrow that down. Where nothing says which posts are meant it holds none,
    unless somebody has said ``everything``.
    """

    words: tuple[str, ...] = ()
    """As a search reads them: by their stem; several words are a phrase; ``bright*`` is a beginning."""
    hashtags: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    """``platform:handle`` or bare: what they wrote, and what names them with an @."""
    languages: tuple[str, ...] = ()
    """Codes such as ``it``; posts that say no language are then left out."""
    exclude_words: tuple[str, ...] = ()
    """As ``words``; whatever holds one of these is out."""
    everything: bool = False
    """Somebody was asked, and means all there is."""

    @property
    def is_open(self) -> bool:
        """Whether nothing says which posts are meant."""
        return not (self.words or self.hashtags or self.accounts or self.languages)

    @property
    def holds_nothing(self) -> bool:
        """Whether no post can be in it: what it looked for was about somebody who is erased, say."""
        return self.is_open and not self.everything

    @property
    def by_language(self) -> "PerimeterRule | None":
        """What ``query`` does not say: the languages; or that it holds nothing."""
        if self.holds_nothing:
            return PerimeterRule()
        return PerimeterRule(languages=self.languages) if self.languages else None

    @property
    def query(self) -> SearchQuery | None:
        """What posts must hold and must not; None where only languages matter, or nothing.

        Examples
        --------
        >>> query = PerimeterRule(hashtags=("#q1",), exclude_words=("noises",)).query
        >>> [(one.is_without, one.terms[0].stems) for one in query.clauses]
        [(False, ('#q1',)), (True, ('noise',))]
        """
        wanted = [term_of(word) for word in (*self.words, *self.hashtags)]
        wanted += [_account_term(one) for one in self.accounts]
        clauses = [Clause(tuple(wanted))] if wanted else []
        clauses += [Clause((term_of(word),), is_without=True) for word in self.exclude_words]
        return SearchQuery(tuple(clauses)) if clauses else None


def checked_rule(rule: PerimeterRule) -> PerimeterRule:
    """Return the rule with everything in one spelling and nothing twice, or say what cannot be looked for.

    Examples
    --------
    >>> checked_rule(PerimeterRule(("Brezza ", "brezza"), ("Q1", "#q1"), ("@Nina",), ("IT",)))
    PerimeterRule(words=('brezza',), hashtags=('#q1',), accounts=('nina',), languages=('it',), \
exclude_words=(), everything=False)
    """
    tidy = PerimeterRule(
        words=_once(_word(one) for one in rule.words),
        hashtags=_once(_tag(one) for one in rule.hashtags),
        accounts=_once(_account(one) for one in rule.accounts),
        languages=_once(_language(one) for one in rule.languages),
        exclude_words=_once(_word(one) for one in rule.exclude_words),
        everything=rule.everything,
    )
    said = len(tidy.words) + len(tidy.hashtags) + len(tidy.accounts) + len(tidy.exclude_words)
    if said > MOST_TERMS:
        message = mark("a perimeter holds at most {most} words, hashtags and accounts: make two of it")
        raise BadInputError(message, most=MOST_TERMS)
    _ = tidy.query  # whatever cannot be looked for is told now
    return tidy


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _word(typed: str) -> str:
    return " ".join(typed.casefold().split())


def _tag(typed: str) -> str:
    bare = fold(typed).strip().lstrip("#").strip()
    return f"#{bare}" if bare else ""


def _account(typed: str) -> str:
    if not typed.strip():
        return ""
    platform, handle = parse_account(typed)
    return f"{platform}:{handle}" if platform else handle


def _language(typed: str) -> str:
    code = typed.strip().casefold().replace("_", "-")
    if code and not code.replace("-", "").isalnum():
        message = mark("{value} is no language: write its code, such as it or en")
        raise BadInputError(message, value=typed)
    return code


def _account_term(account: str) -> Term:
    platform, colon, handle = account.partition(":")
    return account_term(platform, handle) if colon else account_term("", account)

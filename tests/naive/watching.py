"""Which posts a perimeter holds, by reading every one of them and every rule anew."""

from sqlalchemy import Connection, text

from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.mentions.search_words import fold, parts_of, stem

_POSTS = text(
    "SELECT mention.id, mention.text, mention.platform, mention.language, account.handle"
    " FROM mention JOIN account ON account.id = mention.account_id WHERE mention.archived_at IS NULL"
)


def held(connection: Connection, rule: PerimeterRule) -> set[int]:
    return {
        number
        for number, said, platform, language, author in connection.execute(_POSTS)
        if _is_in(rule, said, platform, language, author)
    }


def _is_in(rule: PerimeterRule, said: str, platform: str, language: str, author: str) -> bool:
    if rule.words or rule.hashtags or rule.accounts:
        meant = (
            any(_says(said, word) for word in rule.words)
            or any(_says(said, tag) for tag in rule.hashtags)
            or any(_is_about(account, said, platform, author) for account in rule.accounts)
        )
    else:
        meant = bool(rule.languages) or rule.everything
    codes = [code.strip().lower().replace("_", "-") for code in language.split(",")]
    spoken = not rule.languages or any(
        code == wanted or code.startswith(f"{wanted}-") for code in codes for wanted in rule.languages
    )
    return meant and spoken and not any(_says(said, word) for word in rule.exclude_words)


def _says(said: str, wanted: str) -> bool:
    parts = parts_of(said)
    words = [word for part in parts for word in part.words]
    if wanted.startswith("#"):
        return any(part.mark == "#" and part.text == fold(wanted[1:]) for part in parts)
    if wanted.endswith("*"):
        return any(stem(word).startswith(fold(wanted[:-1])) for word in words)
    long = [word for part in parts_of(wanted) for word in part.words]
    if len(long) > 1:
        return any(words[at : at + len(long)] == long for at in range(len(words)))
    return any(stem(word) == stem(long[0]) for word in words)


def _is_about(account: str, said: str, platform: str, author: str) -> bool:
    where, colon, handle = account.rpartition(":")
    if colon and where != platform:
        return False
    named = any(part.mark == "@" and part.text == handle for part in parts_of(said))
    return author == handle or named

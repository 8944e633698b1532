"""A search over texts one by one: every word of every text is looked at, nothing is indexed."""

from collections.abc import Sequence
from dataclasses import dataclass

from ambassador.values.mentions.search_words import fold, parts_of, stem


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: alternatives, each a kind and what it says; or what must not be there."""

    any_of: tuple[tuple[str, str], ...]
    is_without: bool = False

    def typed(self) -> str:
        forms = {"word": "{}", "start": "{}*", "phrase": '"{}"', "tag": "#{}", "handle": "@{}", "sign": "{}"}
        terms = [forms[kind].format(said) for kind, said in self.any_of]
        return f"-{terms[0]}" if self.is_without else " OR ".join(terms)


def holds(text: str, author: str, wanted: Sequence[Wanted]) -> bool:
    return all(any(_says(text, author, *one) for one in each.any_of) != each.is_without for each in wanted)


def _says(text: str, author: str, kind: str, said: str) -> bool:
    parts = parts_of(text)
    words = [word for part in parts for word in part.words]
    said = fold(said)
    if kind == "tag":
        return any(part.mark == "#" and part.text == said for part in parts)
    if kind == "handle":
        return author == said or any(part.mark == "@" and part.text == said for part in parts)
    if kind == "start":
        return any(stem(word).startswith(said) for word in words)
    if kind == "phrase":
        long = [word for part in parts_of(said) for word in part.words]
        return any(words[at : at + len(long)] == long for at in range(len(words)))
    return any(stem(word) == stem(said) for word in words)

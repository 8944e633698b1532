"""The words that tell people a phone is supplied product: dated data with a source, never a literal."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final

from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.i18n import known_language, mark
from ambassador.services.stored_json import from_json, to_json
from ambassador.services.work import UnitOfWork
from ambassador.store.settings import get_setting, put_setting
from ambassador.values.devices import NoticeText
from ambassador.values.status import Deal

BRAND: Final = "brand"
"""Workspace setting: the name that sends the phones."""
_OWN_WORDS: Final = "notices"
_SHIPPED: Final = Path(__file__).with_name("notices.toml")


def notice_for(session: Session, deal: Deal, language: str | None, product: str) -> str:
    """Say what goes with a phone: the organisation's own words, else the ones that come with the product."""
    wanted = known_language(language)
    found = _texts(session).get((deal, wanted)) or _texts(session)[deal, "en"]
    brand = str(get_setting(session, BRAND, "") or product)
    return found.text.format(brand=brand, product=product)


def list_notices(session: Session) -> tuple[NoticeText, ...]:
    """List the words in force, by deal and language."""
    return tuple(_texts(session).values())


def put_notice(work: UnitOfWork, notice: NoticeText) -> None:
    """Put the organisation's own words in place of those that come with the product."""
    _check_places(notice.text)
    with work.writing() as session:
        kept: list[dict[str, str]] = [
            one for one in get_setting(session, _OWN_WORDS, [])
            if (one["deal"], one["language"]) != (notice.deal.value, notice.language)
        ]  # fmt: skip
        put_setting(session, _OWN_WORDS, [*kept, to_json(notice)])


def _texts(session: Session) -> dict[tuple[Deal, str], NoticeText]:
    own = [from_json(NoticeText, one) for one in get_setting(session, _OWN_WORDS, [])]
    return {(one.deal, one.language): one for one in (*_texts_shipped(), *own)}


@lru_cache
def _texts_shipped() -> tuple[NoticeText, ...]:
    with _SHIPPED.open("rb") as lines:
        return tuple(from_json(NoticeText, one) for one in tomllib.load(lines)["notice"])


def _check_places(text: str) -> None:
    try:
        text.format(brand="", product="")
    except (KeyError, IndexError, ValueError) as error:
        message = mark("Only {brand} and {product} can stand in braces: {text}")
        raise BadInputError(message, brand="{brand}", product="{product}", text=text) from error

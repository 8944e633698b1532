"""Answers kept ready in several languages, with places that are filled from the case they are for."""

import re
from collections.abc import Mapping
from typing import Final

from ambassador.errors import BadInputError
from ambassador.i18n import languages, mark
from ambassador.services.care.opening import checked_length
from ambassador.services.work import UnitOfWork
from ambassador.store.care import canned as store
from ambassador.store.care.cases import customer_name, get_case
from ambassador.values.care.cases import ReadyAnswer

_PLACE: Final = re.compile(r"\{([^{}]*)\}")
PLACES: Final = ("case", "customer", "owner", "subject", "me")
"""What can stand in braces: number and subject of the case, its customer and owner, and whoever answers."""


def list_answers(work: UnitOfWork) -> tuple[ReadyAnswer, ...]:
    """List the answers kept ready.

    Examples
    --------
    >>> list_answers(work)
    ()
    """
    with work.reading() as session:
        return tuple(ReadyAnswer(row.title, row.language, row.text) for row in store.list_canned(session))


def keep_answer(work: UnitOfWork, answer: ReadyAnswer) -> bool:
    """Keep an answer ready, in the place of the one of this title and language; say whether it is new.

    Examples
    --------
    >>> keep_answer(work, ReadyAnswer("Parcel", "en", "Dear {customer}, it is on its way. {me}"))
    True
    >>> keep_answer(work, ReadyAnswer("Parcel", "en", "Dear {name}"))
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: Nothing fills {name}: what can stand in braces is case, customer, \
owner, subject, me
    """
    title, text = " ".join(answer.title.split()), checked_length(answer.text.strip())
    if not title or not text:
        raise BadInputError(mark("An answer that is kept ready needs a title and a text"))
    if answer.language not in languages():
        known = ", ".join(languages())
        raise BadInputError(
            mark("{language} is no language of an answer: write one of {known}"),
            language=answer.language,
            known=known,
        )
    for place in _PLACE.findall(text):
        if place not in PLACES:
            message = mark("Nothing fills {place}: what can stand in braces is {known}")
            raise BadInputError(message, place=f"{{{place}}}", known=", ".join(PLACES))
    with work.writing() as session:
        return store.put_canned(
            session, ReadyAnswer(title, answer.language, text), at=work.now(), actor=work.actor
        )


def remove_answer(work: UnitOfWork, title: str, language: str) -> None:
    """Keep an answer ready no more.

    Examples
    --------
    >>> remove_answer(work, "Parcel", "en")
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no answer called Parcel ready
    """
    with work.writing() as session:
        store.remove_canned(session, title.strip(), language)


def fill_answer(work: UnitOfWork, title: str, language: str, case_id: int) -> str:
    """Write an answer that is kept ready for one case; what the case does not say stays in braces.

    Examples
    --------
    >>> from ambassador.services.care.opening import open_from_mentions
    >>> (opened,) = open_from_mentions(work, [4])
    >>> kept = keep_answer(work, ReadyAnswer("Parcel", "en", "Dear {customer}, case {case}: {subject}"))
    >>> fill_answer(work, "parcel", "it", opened.id)
    'Dear pia, case 1: {subject}'
    """
    with work.reading() as session:
        row = get_case(session, case_id)
        name, _ = customer_name(session, row)
        said: Mapping[str, str] = {
            "case": str(case_id),
            "customer": name,
            "owner": row.owner,
            "subject": row.subject,
            "me": work.actor,
        }
        text = store.get_canned(session, title.strip(), language).text
    return _PLACE.sub(lambda place: said.get(place[1]) or place[0], text)

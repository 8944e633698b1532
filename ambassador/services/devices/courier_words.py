"""The table of couriers' words: those known from the start, and those somebody here has explained."""

from ambassador.errors import BadInputError, NotFoundError
from ambassador.i18n import mark
from ambassador.intake.cells import simplified
from ambassador.intake.words import KNOWN_WORDS, is_word
from ambassador.services.work import UnitOfWork
from ambassador.store.devices.courier_words import courier_words, drop_courier_word, keep_courier_words
from ambassador.values.devices import CourierWord
from ambassador.values.status import ParcelState


def list_courier_words(work: UnitOfWork) -> tuple[CourierWord, ...]:
    """List couriers' words and what they mean, our own first.

    Examples
    --------
    >>> saved = put_courier_word(work, "Lasciata al vicino", ParcelState.DELIVERED)
    >>> [one.word for one in list_courier_words(work)][:2]
    ['lasciata al vicino', 'shipped']
    """
    with work.reading() as session:
        own = courier_words(session)
    ours = [CourierWord(word, ParcelState(state), is_own=True) for word, state in own.items()]
    known = [
        CourierWord(word, state, is_own=False)
        for state in ParcelState
        for word in KNOWN_WORDS.get(state, ())
        if simplified(word) not in own
    ]
    return (*ours, *known)


def put_courier_word(work: UnitOfWork, word: str, state: ParcelState) -> CourierWord:
    """Say what a courier means by a word; it counts for every file that comes later.

    Examples
    --------
    >>> put_courier_word(work, "Left with NEIGHBOUR", ParcelState.DELIVERED).word
    'left with neighbour'
    """
    plain = simplified(word)
    if not is_word(word.strip()) or not plain:
        raise BadInputError(
            mark("{text!r} is no word of a courier: write what stands in its file"), text=word
        )
    with work.writing() as session:
        keep_courier_words(session, {plain: state.value})
    return CourierWord(plain, state, is_own=True)


def forget_courier_word(work: UnitOfWork, word: str) -> None:
    """Forget what was said of a word: it is asked again, or read as it was known before.

    Examples
    --------
    >>> saved = put_courier_word(work, "left with neighbour", ParcelState.DELIVERED)
    >>> forget_courier_word(work, "Left with neighbour")
    >>> any(one.is_own for one in list_courier_words(work))
    False
    """
    with work.writing() as session:
        if not drop_courier_word(session, simplified(word)):
            raise NotFoundError(mark("nobody here has explained the word {text!r}"), text=word)

"""Say what the tone of posts is: a person's word wins, is kept, and changes only with its history."""

from collections.abc import Collection, Mapping

from sqlmodel import Session

from ambassador.errors import ConflictError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.work import UnitOfWork
from ambassador.store.mentions.mentions import existing_ids
from ambassador.store.settings import get_setting, put_setting
from ambassador.store.tone.labels import erased_among, history_of, put_labels
from ambassador.values.tone import Drawn, Tone, ToneSaid

CARE_COUNTS = "tone:care_counts"
"""Whether labels and cases of customer care count where nobody has said the tone."""


def label_tone(
    work: UnitOfWork,
    mention_ids: Collection[int],
    tone: Tone | None,
    *,
    drawn: Drawn | Mapping[int, Drawn] = Drawn.CHOSEN,
) -> tuple[int, ...]:
    """Say the tone of posts, or (None) take what was said off; give those that changed.

    Examples
    --------
    >>> label_tone(work, [2, 3], Tone.NEGATIVE), label_tone(work, [2], Tone.NEGATIVE)
    ((2, 3), ())
    >>> label_tone(work, [2], Tone.NEUTRAL), [said.tone.value for said in tone_history(work, 2)]
    ((2,), ['neutral', 'negative'])
    """
    with work.writing() as session:
        refuse_unknown(session, mention_ids)
        wanted = dict.fromkeys(sorted(set(mention_ids)), tone)
        return tuple(put_labels(session, wanted, drawn=drawn, actor=work.actor, at=work.now()))


def refuse_unknown(session: Session, mention_ids: Collection[int]) -> None:
    """Refuse posts that are not here, and erased ones: of these nothing can be said.

    Examples
    --------
    >>> refuse_unknown(session, [99])
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: there is no mention 99 here
    """
    missing = set(mention_ids) - existing_ids(session, mention_ids)
    if missing:
        raise NotFoundError("there is no mention {number} here", number=min(missing))
    if erased := erased_among(session, mention_ids):
        message = mark("mention {number} was erased: there is nothing left to label")
        raise ConflictError(message, number=min(erased))


def tone_history(work: UnitOfWork, mention_id: int) -> tuple[ToneSaid, ...]:
    """Give all that was said of the tone of a post, the last first.

    Examples
    --------
    >>> tone_history(work, 2)
    ()
    """
    with work.reading() as session:
        if not existing_ids(session, [mention_id]):
            raise NotFoundError("there is no mention {number} here", number=mention_id)
        return history_of(session, mention_id)


def let_care_count(work: UnitOfWork, *, counts: bool) -> None:
    """Say whether complaints and praise of customer care count as labels where nobody has said the tone.

    Examples
    --------
    >>> let_care_count(work, counts=True)
    """
    with work.writing() as session:
        if bool(get_setting(session, CARE_COUNTS, default=False)) != counts:
            put_setting(session, CARE_COUNTS, counts)

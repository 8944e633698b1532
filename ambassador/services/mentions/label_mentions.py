"""Label mentions in bulk: complaint, question, praise."""

from collections.abc import Collection

from ambassador.errors import NotFoundError
from ambassador.services.work import UnitOfWork
from ambassador.store.mentions import mentions as store
from ambassador.values.status import Label


def label_mentions(
    work: UnitOfWork, mention_ids: Collection[int], label: Label, *, on: bool = True
) -> tuple[int, ...]:
    """Put a label on mentions or take it off; give those that changed, so that it can be undone."""
    with work.writing() as session:
        missing = set(mention_ids) - store.existing_ids(session, mention_ids)
        if missing:
            raise NotFoundError("there is no mention {number} here", number=min(missing))
        if on:
            changed = store.put_labels(session, mention_ids, label, actor=work.actor, at=work.now())
        else:
            changed = store.take_labels(session, mention_ids, label)
    return tuple(changed)

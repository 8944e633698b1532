"""Who of a network is in the audience a campaign wants to reach."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.store.picks.shortlists import platforms_by_node, traits_by_person
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.picks.audience import TargetAudience, TargetFound

_NOTHING = (None, None, ())


def find_target(
    session: Session, asked: TargetAudience, keys: Sequence[int]
) -> tuple[tuple[int, ...], TargetFound]:
    """Give the nodes that are in, and how many are not known; those count as outside."""
    traits, platforms = traits_by_person(session), platforms_by_node(session)
    inside, unknown = [], 0
    for key in keys:
        person_id = NodeKey.owner(key).person_id
        city, language, topics = _NOTHING if person_id is None else traits.get(person_id, _NOTHING)
        known = {
            "cities": [city] if city else [],
            "languages": [language] if language else [],
            "platforms": platforms.get(key, ()),
            "topics": topics,
        }
        wanted = {name: names for name, names in asdict(asked).items() if names}
        if all(_meet(names, known[name]) for name, names in wanted.items()):
            inside.append(key)
        elif any(not known[name] for name in wanted):
            unknown += 1
    if not inside:
        raise BadInputError(
            "nobody in the network is known to be in this audience ({audience}); of {unknown} it is unknown",
            audience=str(asked),
            unknown=unknown,
        )
    return tuple(inside), TargetFound(asked, len(inside), unknown, len(keys))


def target_to_json(found: TargetFound | None) -> dict[str, Any] | None:
    """Write whom a pick wants to reach."""
    return None if found is None else asdict(found)


def target_from_json(kept: dict[str, Any] | None) -> TargetFound | None:
    """Read it back; picks made before audiences were there have none."""
    if kept is None:
        return None
    asked = TargetAudience.from_json(kept["asked"])
    return TargetFound(asked, kept["people"], kept["unknown"], kept["everybody"])


def _meet(wanted: Iterable[str], known: Iterable[str]) -> bool:
    return not {name.casefold() for name in wanted}.isdisjoint(name.casefold() for name in known)

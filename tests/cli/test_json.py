"""What ``--json`` gives of a value: by which name, and from where."""

import dataclasses
import types
import typing

import pytest

from ambassador.cli import learning, mentions
from ambassador.cli.calibration import calibration
from ambassador.cli.campaigns import campaigns
from ambassador.cli.cascades import cascades, growth
from ambassador.cli.people import people
from ambassador.cli.shell import parts_of
from ambassador.values.calibration.calibration import IntervalCoverage, OwnPastCheck
from ambassador.values.campaigns.campaigns import CampaignCard
from ambassador.values.cascades.cascades import CascadeRow
from ambassador.values.cascades.growth import CascadeOutlook
from ambassador.values.learning import LearnedView
from ambassador.values.mentions.mentions import CampaignMatch, MentionRow, PossibleParent
from ambassador.values.people.people import PersonRow

SHAPES = [
    (cascades._FIELDS, CascadeRow),
    (growth._FIELDS, CascadeOutlook),
    (mentions._FIELDS, MentionRow),
    (mentions._PARENT, PossibleParent),
    (mentions._CAMPAIGN, CampaignMatch),
    (learning._FIELDS, LearnedView),
    (calibration._COVERAGE, IntervalCoverage),
    (calibration._MISSING, OwnPastCheck),
    (campaigns._CARD, CampaignCard),
    (people._FIELDS, PersonRow),
]


def held(kind: type, step: str) -> type | None:
    """Give the type of a field or a property; None where there is no such thing."""
    inside = typing.get_type_hints(kind)
    if step not in inside:
        made = getattr(kind, step, None)
        inside = typing.get_type_hints(made.fget) if isinstance(made, property) else {}
    found = inside.get(step, inside.get("return"))
    if isinstance(found, types.UnionType):
        (found,) = (one for one in typing.get_args(found) if one is not type(None))
    return found


@pytest.mark.parametrize(("fields", "kind"), SHAPES, ids=lambda one: getattr(one, "__name__", ""))
def test_every_key_is_taken_from_something_the_value_holds(fields: tuple[str, ...], kind: type) -> None:
    assert len({one.partition("=")[0] for one in fields}) == len(fields)
    for one in fields:
        name, _, path = one.partition("=")
        place = kind
        for step in (path or name).split("."):
            place = held(place, step)
            assert place is not None, one


@dataclasses.dataclass(frozen=True)
class Inner:
    """Something inside."""

    size: int = 3


@dataclasses.dataclass(frozen=True)
class Outer:
    """Something that may hold it."""

    name: str
    inner: Inner | None = None


def test_a_path_ends_where_nothing_is_known() -> None:
    assert parts_of(Outer("a", Inner()), "name", "how_many=inner.size") == {"name": "a", "how_many": 3}
    assert parts_of(Outer("a"), "how_many=inner.size") == {"how_many": None}


def test_a_key_nobody_holds_is_an_error_and_no_null() -> None:
    with pytest.raises(AttributeError, match="weight"):
        parts_of(Outer("a", Inner()), "inner.weight")

"""A number that no row can have is answered like one no row has, as a number and where a name may stand."""

from collections.abc import Callable

import pytest

from ambassador.errors import NotFoundError, UnknownHandleError
from ambassador.services.activations.activation_view import find_activation, open_activation
from ambassador.services.campaigns.campaign_view import find_campaign, open_campaign
from ambassador.services.devices.stock import device_history
from ambassador.services.imports.undo_import import undo_import
from ambassador.services.mentions.review import take_down_mentions
from ambassador.services.people.people import persons_by_handle
from ambassador.services.perimeters import open_perimeter
from ambassador.services.perimeters.reading import find_perimeter
from ambassador.services.perimeters.views import find_view, remove_view
from ambassador.services.results.outcomes import archive_outcome
from ambassador.services.work import UnitOfWork
from ambassador.values.perimeters import PerimeterRef

BY_NUMBER: tuple[Callable[[UnitOfWork, int], object], ...] = (
    open_campaign,
    open_activation,
    lambda work, number: open_perimeter(work, PerimeterRef(number)),
    remove_view,
    undo_import,
    archive_outcome,
    lambda work, number: take_down_mentions(work, [number]),
)
BY_TEXT: tuple[Callable[[UnitOfWork, str], object], ...] = (
    find_campaign,
    find_activation,
    find_perimeter,
    find_view,
    lambda work, text: device_history(work, f"#{text}"),
    lambda work, text: persons_by_handle(work, [f"#{text}"]),
)


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 2**63, 10**20])
@pytest.mark.parametrize("place", range(len(BY_NUMBER)))
def test_a_number_no_row_has(work: UnitOfWork, place: int, number: int) -> None:
    with pytest.raises(NotFoundError):
        BY_NUMBER[place](work, number)


@pytest.mark.parametrize("text", ["2147483647", "2147483648", "9" * 20, "9" * 5_000, "\u00b2", "\u0663"])
@pytest.mark.parametrize("place", range(len(BY_TEXT)))
def test_a_text_that_may_be_a_number(work: UnitOfWork, place: int, text: str) -> None:
    with pytest.raises((NotFoundError, UnknownHandleError)):
        BY_TEXT[place](work, text)

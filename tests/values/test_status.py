"""The tables of allowed changes are complete and refuse by name."""

from collections.abc import Mapping
from enum import StrEnum

import pytest

from ambassador.errors import IllegalStatusChangeError
from ambassador.values.status import (
    AMBASSADOR_CHANGES,
    CAMPAIGN_CHANGES,
    DEVICE_CHANGES,
    AmbassadorStatus,
    CampaignStatus,
    DeviceStatus,
    check_change,
)

TABLES: list[tuple[type[StrEnum], Mapping[StrEnum, frozenset[StrEnum]]]] = [
    (CampaignStatus, CAMPAIGN_CHANGES),  # type: ignore[list-item]
    (AmbassadorStatus, AMBASSADOR_CHANGES),  # type: ignore[list-item]
    (DeviceStatus, DEVICE_CHANGES),  # type: ignore[list-item]
]


@pytest.mark.parametrize(("states", "changes"), TABLES)
def test_every_state_says_what_may_follow_and_never_itself(
    states: type[StrEnum], changes: Mapping[StrEnum, frozenset[StrEnum]]
) -> None:
    assert set(changes) == set(states)
    assert all(state not in after for state, after in changes.items())


@pytest.mark.parametrize(("states", "changes"), TABLES)
def test_every_state_can_be_reached(
    states: type[StrEnum], changes: Mapping[StrEnum, frozenset[StrEnum]]
) -> None:
    beginnings = {CampaignStatus.DRAFT, AmbassadorStatus.INVITED, AmbassadorStatus.RESERVE}
    reached = beginnings.union(*changes.values())
    assert set(states) <= reached


def test_a_device_in_stock_cannot_be_delivered_without_being_handed_out() -> None:
    with pytest.raises(IllegalStatusChangeError, match="BZQ10001 is in_stock: it cannot become delivered"):
        check_change(DEVICE_CHANGES, "BZQ10001", DeviceStatus.IN_STOCK, DeviceStatus.DELIVERED)


def test_an_allowed_change_passes() -> None:
    check_change(DEVICE_CHANGES, "BZQ10001", DeviceStatus.IN_STOCK, DeviceStatus.RESERVED)

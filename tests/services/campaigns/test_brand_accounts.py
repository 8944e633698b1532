"""Which accounts are ours."""

import pytest

from ambassador.errors import BadInputError
from ambassador.services.campaigns.brand_accounts import list_brand_accounts, set_brand_accounts
from ambassador.services.work import UnitOfWork


def test_our_accounts_are_exactly_those_said_last(work: UnitOfWork) -> None:
    set_brand_accounts(work, ["IG:@Brezza", "x:brezza"])
    assert list_brand_accounts(work) == ("instagram:brezza", "x:brezza")
    set_brand_accounts(work, ["instagram:brezza"])
    assert list_brand_accounts(work) == ("instagram:brezza",)


def test_a_handle_without_its_platform_is_refused_and_changes_nothing(work: UnitOfWork) -> None:
    set_brand_accounts(work, ["x:brezza"])
    with pytest.raises(BadInputError, match="'brezza' is not an account"):
        set_brand_accounts(work, ["instagram:brezza", "brezza"])
    assert list_brand_accounts(work) == ("x:brezza",)

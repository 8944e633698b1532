"""What is invented for the demo: the same from the same key, and valid."""

from collections import Counter

from ambassador.values.devices import is_imei
from seed.cast import ORDINARY_PEOPLE, RIDER_FOLLOWERS, RIDER_RANK, STAR_FOLLOWERS, invent_cast
from seed.phones import PHONES, invent_phones
from seed.world import invent_ties


def test_the_same_key_invents_the_same_people_and_ties() -> None:
    first, again, other = invent_cast(5), invent_cast(5), invent_cast(6)
    assert first == again
    assert first != other
    assert invent_ties(first, 3) == invent_ties(again, 3)


def test_the_star_is_the_largest_and_the_rider_the_211th() -> None:
    cast = invent_cast(2026)
    sizes = sorted((person.followers for person in cast.trend_setters), reverse=True)
    assert sizes[0] == STAR_FOLLOWERS
    assert sizes.index(RIDER_FOLLOWERS) == RIDER_RANK - 1
    assert Counter(sizes)[RIDER_FOLLOWERS] == 1


def test_nobody_shares_a_handle() -> None:
    cast = invent_cast(2026)
    handles = [person.handle for person in cast.trend_setters] + list(cast.ordinary)
    assert len(set(handles)) == len(handles) == 400 + ORDINARY_PEOPLE


def test_every_phone_has_two_valid_imeis_of_its_own() -> None:
    phones = invent_phones(11)
    numbers = [number for phone in phones for number in (phone.imei1, phone.imei2)]
    assert len(set(numbers)) == 2 * PHONES
    assert all(is_imei(number) for number in numbers)


def test_ties_join_known_people_and_nobody_hears_themselves() -> None:
    cast = invent_cast(2026)
    ties = invent_ties(cast, 7)
    assert len(ties) >= 12_000
    assert all(tie.source != tie.target and tie.interactions > 0 for tie in ties)
    assert {handle for tie in ties for handle in (tie.source, tie.target)} <= set(cast.home)

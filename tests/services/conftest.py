"""Fixtures that tests of several services share."""

import pytest

from tests.services.talk import Talk


@pytest.fixture
def talk(work):
    """Nina and Leo are ambassadors and have had their phones for a day."""
    talk = Talk(work)
    for handle, serial in {"nina": "S1", "leo": "S2"}.items():
        talk.ambassador(handle)
        talk.phone(serial, handle, since=-24)
    return talk

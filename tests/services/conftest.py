"""Fixtures that tests of several services share."""

import pytest

from tests.services.talk import Talk


@pytest.fixture
def talk(work):
    """Nina starts; Leo and many others repost her, and the platform names her post alone."""
    talk = Talk(work)
    for handle, serial in {"nina": "S1", "leo": "S2"}.items():
        talk.ambassador(handle)
        talk.phone(serial, handle, since=-24)
    return talk

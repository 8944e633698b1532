"""Who has talked about a campaign in one cascade is not silent in its others."""

import pytest

from ambassador.services.learning.learning_data import read_own_past
from ambassador.services.mentions.refresh import refresh_mentions
from tests.services.parents.hidden import tie

FANS = 16


def told(talk, words):
    """Nina and Leo post; every fan of both answers Nina, then hears Leo and says no more."""
    talk.post("n", "nina", words, at=0)
    for number in range(FANS):
        talk.post(f"f{number}", f"fan{number}", "nice", parent="n", at=1 + number)
    talk.post("l", "leo", words, at=40)
    talk.post("m", "mia", "mine too", parent="l", at=41)
    ties = [(star, f"fan{number}") for star in ("nina", "leo") for number in range(FANS)]
    for source, target in [*ties, ("leo", "mia")]:
        tie(talk, source, target)
    refresh_mentions(talk.work)
    with talk.work.reading() as session:
        return read_own_past(session, talk.work.now())


def test_fans_who_answered_one_ambassador_are_no_candidates_of_the_next(talk):
    past = told(talk, "My new phone #q1brezza")
    excused = past.log.excused
    assert excused is not None
    assert excused.nodes.size == FANS
    assert (excused.offsets[1:] - excused.offsets[:-1]).tolist().count(FANS) == 1
    longer = past.with_silence(past.log)
    assert longer.excused.offsets.size == longer.offsets.size


@pytest.mark.parametrize("words", ["My new phone", "Q1 results of the quarter"])
def test_posts_of_no_campaign_excuse_nobody(talk, words):
    assert told(talk, words).log.excused is None

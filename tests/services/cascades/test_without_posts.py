"""A campaign nobody talks about, beside one that is talked about."""

from ambassador.services.cascades import observe_cascades, observe_growth
from ambassador.services.mentions import list_mentions
from ambassador.values.cascades.cascades import Pace, Shape
from ambassador.values.mentions.mentions import MentionFilter
from tests.services.talk import Talk, match_mentions


def test_a_campaign_nobody_talks_about_has_no_cascades_and_stops_nothing(work):
    talk = Talk(work)
    talk.post("a", "lia", "#q1brezza", at=1)
    talk.figures("a", at=2, likes=3, views=100)
    quiet = talk.add_campaign("Quiet", None)
    match_mentions(work)
    view = observe_cascades(work, quiet)
    assert (view.cascades, view.mentions, view.people, view.found) == ((), 0, 0, 0)
    assert (view.pace, view.shape, view.largest_share) == (Pace.OVER, Shape.NO_ANSWERS, None)
    assert observe_growth(work, quiet).outlooks == ()
    assert list_mentions(work, MentionFilter(campaign_id=quiet)).timeline == ()

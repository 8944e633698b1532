"""Words several pages say: states and deals, kinds of posts, parts of a score, baselines of learning."""

from enum import StrEnum
from typing import Final

from ambassador.i18n import mark
from ambassador.ui.kit.text import t
from ambassador.values.calibration.calibration import TIES_ALONE
from ambassador.values.people.people import Part
from ambassador.values.status import MentionKind
from ambassador.values.status_words import text_of

PARTS: Final = {
    Part.REACH: mark("Reach"),
    Part.RESONANCE: mark("Resonance"),
    Part.RELEVANCE: mark("Relevance"),
    Part.NETWORK: mark("Network"),
}
TIES_ALONE_WORDS: Final = mark("Its tie probabilities alone, as picks and forecasts use them")
BASELINES: Final = {
    TIES_ALONE: TIES_ALONE_WORDS,
    "activity_only": mark("How active each person is, without any network"),
    "pooled_logistic": mark("A plain regression on activity and exposure"),
    "goyal_bernoulli": mark("Each tie's own record alone"),
    "goyal_partial_credit": mark("Each tie's own record, credit shared"),
    "constant": mark("The same probability for every tie"),
    "weighted_cascade": mark("People listen equally to all they follow"),
    "given": mark("The probabilities as given with the ties"),
    "share_of_reactions": mark("Each one's share of all reactions of the other"),
}


def word(state: StrEnum | None) -> str:
    """Say a state in the reader's language; nothing for none."""
    return "" if state is None else t(text_of(state))


def heading(state: StrEnum) -> str:
    """The same word where it stands at the head of a figure."""
    said = word(state)
    return said[:1].upper() + said[1:]


def post_kind_word(kind: MentionKind) -> str:
    """Say what a post is."""
    return word(kind)

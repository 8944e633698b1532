"""The words for states, deals and moments, to be translated where they are shown."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from ambassador.i18n import STATES, mark
from ambassador.values.activations.reply_votes import ReplyState
from ambassador.values.activations.states import (
    ActivationKind,
    ActivationStatus,
    BudgetRule,
    EntryStatus,
    LiftBasis,
    MomentMedium,
    PointState,
    QuestionStatus,
)
from ambassador.values.campaigns.campaigns import TimelineEventKind
from ambassador.values.care.states import (
    CaseChannel,
    CaseEventKind,
    CaseKind,
    CasePriority,
    CaseStatus,
    PromiseClock,
)
from ambassador.values.care.waiting import WaitingBy
from ambassador.values.cascades.complaints import Slowed
from ambassador.values.devices import PhoneFate
from ambassador.values.incidents import IncidentEventKind, IncidentKind, IncidentStatus
from ambassador.values.perimeters import PerimeterKind
from ambassador.values.results.results import IntervalPosition
from ambassador.values.status import (
    AmbassadorStatus,
    CampaignStatus,
    CustodyEnd,
    Deal,
    DeviceStatus,
    Label,
    MentionKind,
    OutcomeKind,
    ParcelState,
    Verdict,
)
from ambassador.values.tone import Drawn, Tone

WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    **{
        kind: {state: STATES[state.value] for state in kind}
        for kind in (
            CampaignStatus,
            ActivationStatus,
            CaseStatus,
            IncidentStatus,
            AmbassadorStatus,
            DeviceStatus,
            CustodyEnd,
        )
    },
    ActivationKind: {
        ActivationKind.IDEAS: mark("ideas voted, built on a budget"),
        ActivationKind.POLL: mark("poll"),
        ActivationKind.CONTEST: mark("photo or story contest"),
        ActivationKind.QUESTIONS: mark("live questions"),
        ActivationKind.MOMENT: mark("moment on air or in a shop"),
        ActivationKind.DISCUSSION: mark("post put to discussion"),
    },
    MomentMedium: {
        MomentMedium.TELEVISION: mark("television"),
        MomentMedium.RADIO: mark("radio"),
        MomentMedium.BLOG: mark("blog"),
        MomentMedium.SHOP: mark("shop"),
    },
    ReplyState: {
        ReplyState.COUNTED: mark("is in as a vote"),
        ReplyState.NO_VOTE: mark("decided: no vote"),
        ReplyState.TO_COUNT: mark("names one option"),
        ReplyState.TO_DECIDE: mark("for a person to decide"),
        ReplyState.OUTSIDE: mark("no vote"),
    },
    LiftBasis: {
        LiftBasis.WEEKS: mark("the same hours of other weeks"),
        LiftBasis.DAYS: mark("the same hours of other days"),
    },
    PointState: {
        PointState.OPEN: mark("to do"),
        PointState.DONE: mark("seen to"),
        PointState.PASSED: mark("passed over"),
    },
    QuestionStatus: {
        QuestionStatus.WAITING: mark("waits for a look"),
        QuestionStatus.ACCEPTED: mark("taken in"),
        QuestionStatus.REFUSED: mark("turned down"),
    },
    CaseKind: {
        CaseKind.COMPLAINT: mark("complaint"),
        CaseKind.QUESTION: mark("question"),
        CaseKind.PRAISE: mark("praise"),
        CaseKind.CRISIS: mark("crisis"),
    },
    PerimeterKind: {
        PerimeterKind.BRAND: mark("brand"),
        PerimeterKind.PRODUCT: mark("product"),
        PerimeterKind.COMPETITOR: mark("competitor"),
        PerimeterKind.CAMPAIGN: mark("campaign"),
    },
    CasePriority: {
        CasePriority.HIGH: mark("high"),
        CasePriority.NORMAL: mark("normal"),
        CasePriority.LOW: mark("low"),
    },
    CaseChannel: {
        CaseChannel.POST: mark("public post"),
        CaseChannel.MESSAGE: mark("message"),
        CaseChannel.CALL: mark("call"),
        CaseChannel.EMAIL: mark("e-mail"),
    },
    CaseEventKind: {
        CaseEventKind.ASKED: mark("the customer wrote"),
        CaseEventKind.ANSWERED: mark("we answered"),
        CaseEventKind.WAITED: mark("we wait for the customer"),
        CaseEventKind.RESUMED: mark("we wait no more"),
        CaseEventKind.SOLVED: mark("solved"),
        CaseEventKind.REOPENED: mark("reopened"),
        CaseEventKind.NOTE: mark("note"),
        CaseEventKind.MERGED: mark("merged with another case"),
        CaseEventKind.SPLIT: mark("split"),
        CaseEventKind.LINKED: mark("linked to another case"),
    },
    PromiseClock: {
        PromiseClock.FIRST: mark("first answer"),
        PromiseClock.NEXT: mark("next answer"),
        PromiseClock.SOLUTION: mark("solution"),
    },
    WaitingBy: {
        WaitingBy.WEEK: mark("week"),
        WaitingBy.OWNER: mark("owner"),
        WaitingBy.CHANNEL: mark("channel"),
        WaitingBy.KIND: mark("kind"),
    },
    IncidentKind: {
        IncidentKind.SPIKE: mark("more posts than usual"),
        IncidentKind.COMPLAINTS: mark("more complaints than usual"),
        IncidentKind.SILENCE: mark("silence"),
    },
    IncidentEventKind: {
        IncidentEventKind.OPENED: mark("opened by itself"),
        IncidentEventKind.JOINED: mark("more posts joined"),
        IncidentEventKind.CALM: mark("as usual again for a day: closed by itself"),
        IncidentEventKind.AGAIN: mark("departs again"),
        IncidentEventKind.FELL_AWAY: mark("no longer so, by what is here now"),
        IncidentEventKind.CLOSED: mark("closed"),
        IncidentEventKind.DISMISSED: mark("dismissed as a false alarm"),
        IncidentEventKind.REOPENED: mark("opened again"),
    },
    Slowed: {
        Slowed.SLOWED: mark("Fewer than expected: it slowed"),
        Slowed.GREW: mark("More than expected: it did not slow"),
        Slowed.CANNOT_TELL: mark("Within what was expected: whether it slowed cannot be told"),
        Slowed.TOO_LITTLE: mark(
            "Whether it slowed cannot be told: too few posts before the answer, or earlier cascades"
        ),
    },
    EntryStatus: {
        EntryStatus.PROPOSED: mark("proposed"),
        EntryStatus.IN_WORK: mark("in work"),
        EntryStatus.BUILT: mark("built"),
        EntryStatus.NOT_BUILT: mark("not built"),
    },
    BudgetRule: {
        BudgetRule.VOTES: mark("by votes"),
        BudgetRule.VOTES_PER_COST: mark("by votes for the money"),
        BudgetRule.EQUAL_SHARES: mark("by equal shares"),
    },
    Deal: {
        Deal.GIFT: mark("gift"),
        Deal.LOAN: mark("loan"),
        Deal.PAID: mark("paid"),
    },
    PhoneFate: {
        PhoneFate.BACK: mark("it is back in stock"),
        PhoneFate.STAYS: mark("it stays with them for now"),
        PhoneFate.KEPT: mark("it is theirs for good"),
        PhoneFate.LOST: mark("it is lost: write it off"),
    },
    ParcelState: {
        ParcelState.SHIPPED: STATES["shipped"],
        ParcelState.DELIVERED: mark("delivered"),
        ParcelState.RETURNED: STATES["returned"],
        ParcelState.LOST: STATES["lost"],
        ParcelState.NOTHING: mark("nothing of that: leave these rows out"),
    },
    OutcomeKind: {
        OutcomeKind.ORDERS: mark("orders"),
        OutcomeKind.VISITS: mark("visits"),
        OutcomeKind.PRESS: mark("press"),
        OutcomeKind.LESSON: mark("lesson"),
    },
    Tone: {
        Tone.NEGATIVE: mark("negative"),
        Tone.NEUTRAL: mark("neutral"),
        Tone.POSITIVE: mark("positive"),
        Tone.CANNOT_TELL: mark("cannot tell"),
    },
    Drawn: {
        Drawn.CHOSEN: mark("the likeliest complaint"),
        Drawn.RANDOM: mark("drawn at random"),
        Drawn.FILE: mark("from a file"),
    },
    Label: {
        Label.COMPLAINT: mark("complaint"),
        Label.QUESTION: mark("question"),
        Label.PRAISE: mark("praise"),
    },
    Verdict: {
        Verdict.MATCHED: mark("it belongs"),
        Verdict.REVIEW: mark("to be decided"),
        Verdict.REJECTED: mark("it does not belong"),
    },
    MentionKind: {
        MentionKind.ORIGINAL: mark("original post"),
        MentionKind.REPLY: mark("reply"),
        MentionKind.QUOTE: mark("quote"),
        MentionKind.REPOST: mark("repost"),
        MentionKind.COMMENT: mark("comment"),
        MentionKind.STORY: mark("story"),
    },
    IntervalPosition: {
        IntervalPosition.INSIDE: mark("inside"),
        IntervalPosition.ABOVE: mark("above"),
        IntervalPosition.BELOW: mark("below"),
        IntervalPosition.OPEN: mark("not yet"),
        IntervalPosition.UNKNOWN: mark("no forecast"),
    },
    TimelineEventKind: {
        TimelineEventKind.START: mark("start"),
        TimelineEventKind.END: mark("end"),
        TimelineEventKind.EMBARGO: mark("embargo"),
        TimelineEventKind.TODAY: mark("today"),
        TimelineEventKind.SHIPPED: mark("phones sent"),
        TimelineEventKind.DELIVERED: mark("phones arrived"),
        TimelineEventKind.POST_BY: mark("post by"),
        TimelineEventKind.DUE_BACK: mark("due back"),
        TimelineEventKind.SIGNED: mark("agreements signed"),
    },
}
"""By the kind of state first: members of two kinds are equal where their texts are."""


def text_of(state: StrEnum) -> str:
    """What a state is called.

    Examples
    --------
    >>> text_of(Deal.LOAN), text_of(CustodyEnd.KEPT)
    ('loan', 'kept for good')
    """
    return WORDS[type(state)][state]

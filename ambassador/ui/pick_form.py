"""What a reader asks of a pick, in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import streamlit as st

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.ui.errors import errors_shown
from ambassador.ui.pick_audience import parts, target_form
from ambassador.ui.text import money, number, t
from ambassador.values.money import Money
from ambassador.values.money import money as amount_of
from ambassador.values.network import Diffusion, ProbabilityRule, RuleKind
from ambassador.values.picks import Candidates, Objective, PickDesk, PickRequest
from ambassador.values.quotas import Quota, QuotaBy, least_of, most_of

_USUAL: Final = 10
_OBJECTIVES: Final = {
    Objective.TALKERS: mark("People who talk"),
    Objective.INTERACTIONS: mark("Likes and comments on their own posts"),
    Objective.VIEWS: mark("Views of their own posts"),
}
_RULES: Final = {
    RuleKind.AUTO: mark("The best the data allow"),
    RuleKind.LEARNED: mark("Learned from your own past"),
    RuleKind.GIVEN: mark("As given with the ties"),
    RuleKind.WEIGHTS: mark("From how often people reacted"),
    RuleKind.WEIGHTED_CASCADE: mark("Everybody listens equally to all they follow"),
    RuleKind.TRIVALENCY: mark("10%, 1% or 0.1%, by chance"),
    RuleKind.CONSTANT: mark("The same for every tie"),
}
_DIFFUSIONS: Final = {
    Diffusion.INDEPENDENT_CASCADE: mark("Each one who talks may convince each listener once"),
    Diffusion.LINEAR_THRESHOLD: mark("Listeners talk once enough of those they follow do"),
}


def pick_form(desk: PickDesk, campaign_id: int | None, *, busy: bool) -> PickRequest | None:
    """Draw the form; give the request once its button was pressed."""
    with (
        st.expander(t("What do you want?"), expanded=desk.answer is None, icon=":material/tune:"),
        st.form("pick"),
    ):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            count = st.number_input(
                t("People"), min_value=1, max_value=1000, value=desk.in_stock or _USUAL, width=140
            )
            budget = _budget(desk)
            without_fee = st.checkbox(
                t("The deal has no fee"), help=t("A gift or a loan: then an unknown fee leaves nobody out.")
            )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            objective = _objective(desk)
            candidates = _candidates(desk)
        audience = target_form(word_of_mouth=desk.rung.word_of_mouth)
        demands = _demands(word_of_mouth=desk.rung.word_of_mouth)
        assumptions = rule_and_key(word_of_mouth=desk.rung.word_of_mouth)
        kind: Literal["primary", "secondary"] = "secondary" if desk.answer else "primary"
        asked = st.form_submit_button(
            t("Pick people"), type=kind, icon=":material/how_to_reg:", disabled=busy
        )
    if not asked:
        return None
    with errors_shown():
        return PickRequest(
            count=count,
            budget=budget,
            campaign_id=campaign_id,
            objective=objective,
            candidates=candidates,
            without_fee=without_fee,
            audience=audience,
            **demands.read(),
            **assumptions,
        )
    return None


def rule_and_key(*, word_of_mouth: bool) -> dict[str, Any]:
    """Ask for the assumptions about word of mouth, where there is any."""
    with st.expander(t("Assumptions"), icon=":material/science:"):
        key = st.number_input(
            t("Random key"),
            min_value=0,
            value=None,
            help=t("The same key gives the same answer. Empty: a new one, which the answer names."),
            width=220,
        )
        if not word_of_mouth:
            return {"key": key}
        kind = st.selectbox(
            t("How probable is it that a listener passes word on?"),
            list(_RULES),
            format_func=lambda one: t(_RULES[one]),
            help=t("In the literature: given, learned from counts, weighted cascade, trivalency, constant."),
        )
        constant = st.number_input(
            t("The same for every tie"), min_value=0.0, max_value=1.0, value=0.1, step=0.01, width=220
        )
        diffusion = st.radio(
            t("How word passes"),
            list(_DIFFUSIONS),
            format_func=lambda one: t(_DIFFUSIONS[one]),
            help=t("In the literature: independent cascade and linear threshold."),
        )
    rule = ProbabilityRule(kind, constant if kind is RuleKind.CONSTANT else None)
    return {"key": key, "probabilities": rule, "diffusion": diffusion}


def handles_in(text: str) -> tuple[str, ...]:
    """Read handles separated by commas, spaces or lines."""
    return tuple(part for part in text.replace(",", " ").split() if part)


def _budget(desk: PickDesk) -> Money | None:
    left = desk.budget_left
    currency = left.currency if left else "EUR"
    help_text = t(
        "Most the fees may sum to. {known} of {people} people have a known fee; the others are left out.",
        known=number(desk.people_with_fee),
        people=number(desk.people),
    )
    label = t("Budget, {currency}", currency=currency)
    value = st.number_input(
        label,
        min_value=0.0,
        value=None,
        step=100.0,
        help=help_text,
        placeholder=t("left: {amount}", amount=money(left)) if left else t("no limit"),
        width=180,
    )
    return None if value is None else amount_of(str(value), currency)


def _objective(desk: PickDesk) -> Objective | None:
    possible: Sequence[Objective] = [
        one for one in Objective if desk.rung.word_of_mouth or one is not Objective.TALKERS
    ]
    chosen: Objective = st.selectbox(
        t("As much as possible of"), possible, format_func=lambda one: t(_OBJECTIVES[one]), width=320
    )
    return chosen


def _candidates(desk: PickDesk) -> Candidates:
    labels = {
        Candidates.PEOPLE: t("your people ({count})", count=number(desk.people)),
        Candidates.EVERYONE: t("everyone known ({count})", count=number(desk.everyone)),
    }
    possible = list(labels) if desk.people else [Candidates.EVERYONE]
    chosen: Candidates = st.selectbox(t("Among"), possible, format_func=labels.__getitem__, width=240)
    return chosen


@dataclass(frozen=True)
class _Demands:
    """The demands as they were typed; they are read once the form was sent."""

    must: str
    never: str
    already: str
    most: Mapping[QuotaBy, int | None]
    least: str
    most_of_one: str
    pairs: str
    days: int | None

    def read(self) -> dict[str, Any]:
        """Give what a request takes."""
        most = [Quota(by, limit) for by, limit in self.most.items() if limit is not None]
        least = map(least_of, parts(self.least))
        return {
            "must": handles_in(self.must),
            "never": handles_in(self.never),
            "already": handles_in(self.already),
            "days": self.days,
            "quotas": (*most, *least, *map(most_of, parts(self.most_of_one))),
            "apart": tuple(map(_pair, parts(self.pairs))),
        }


def _demands(*, word_of_mouth: bool) -> _Demands:
    """Ask who must or must not be in, and for a spread over cities, topics or platforms."""
    with st.expander(t("Who must be in, who must not, spread"), icon=":material/rule:"):
        help_text = t("Handles, separated by commas; write platform:handle where several platforms have it.")
        must = st.text_input(t("Must be in"), help=help_text)
        never = st.text_input(t("Must not be in"), help=help_text)
        already = st.text_input(t("In already (they count, but take no phone of this pick)"), help=help_text)
        with st.container(horizontal=True):
            most = {
                QuotaBy.CITY: st.number_input(t("At most per city"), min_value=1, value=None, width=160),
                QuotaBy.TOPIC: st.number_input(t("At most per topic"), min_value=1, value=None, width=160),
                QuotaBy.PLATFORM: st.number_input(
                    t("At most per platform"), min_value=1, value=None, width=160
                ),
                QuotaBy.LANGUAGE: st.number_input(
                    t("At most per language"), min_value=1, value=None, width=160
                ),
                QuotaBy.TIER: st.number_input(
                    t("At most per tier"),
                    min_value=1,
                    value=None,
                    width=160,
                    help=t("Tiers by followers: nano, micro, macro, mega. Unknown followers: in no tier."),
                ),
            }
        least = st.text_input(
            t("At least"), help=t("Such as city:Bari=2, language:it=5, tier:nano=3; separated by commas.")
        )
        most_of_one = st.text_input(
            t("At most"), help=t("Such as city:Bari=2, topic:phones=3, tier:macro=1; separated by commas.")
        )
        st.caption(t("All limits hold together, and whoever is in the campaign already counts towards them."))
        pairs = st.text_input(
            t("Not both"), help=t("Pairs of handles, such as anna+luca; separated by commas.")
        )
        days = word_of_mouth and st.number_input(
            t("Within days"), min_value=1, value=None, help=t("Empty: as long as word travels."), width=160
        )
    return _Demands(must, never, already, most, least, most_of_one, pairs, days or None)


def _pair(text: str) -> tuple[str, str]:
    handles = [part.strip() for part in text.split("+")]
    if len(handles) != 2 or not all(handles):  # noqa: PLR2004 - a pair
        raise BadInputError("{value!r} is no pair: write anna+luca", value=text.strip())
    return handles[0], handles[1]

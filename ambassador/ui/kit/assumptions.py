"""What a pick and a forecast take for granted about word of mouth, asked in their forms."""

from typing import Any, Final

from ambassador.i18n import mark
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.values.networks.network import Diffusion, ProbabilityRule, RuleKind
from ambassador.values.picks.picks import PickRequest

_USUAL_CONSTANT: Final = 0.1
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


def rule_and_key(before: PickRequest | None = None, *, word_of_mouth: bool) -> dict[str, Any]:
    """Ask for the assumptions about word of mouth, where there is any.

    Drawn beside a form, not in it: the choice of a rule decides at once what else is asked.
    """
    with st.expander(t("Assumptions"), icon=":material/science:"):
        key = st.number_input(
            t("Repeat a draw: its number"),
            min_value=0,
            value=None,
            help=t(
                "The same number gives the same answer. Empty: a new draw, whose number the answer names."
            ),
            width=220,
        )
        if not word_of_mouth:
            return {"key": key}
        rule = before.probabilities if before else ProbabilityRule()
        kind = st.selectbox(
            t("How probable is it that a listener passes word on?"),
            list(_RULES),
            index=list(_RULES).index(rule.kind),
            format_func=lambda one: t(_RULES[one]),
            help=t("In the literature: given, learned from counts, weighted cascade, trivalency, constant."),
        )
        constant = _constant(rule) if kind is RuleKind.CONSTANT else None
        diffusion = st.radio(
            t("How word passes"),
            list(_DIFFUSIONS),
            index=list(_DIFFUSIONS).index(before.diffusion) if before else 0,
            format_func=lambda one: t(_DIFFUSIONS[one]),
            help=t("In the literature: independent cascade and linear threshold."),
        )
    chosen = ProbabilityRule(kind, constant)
    return {"key": key, "probabilities": chosen, "diffusion": diffusion}


def _constant(rule: ProbabilityRule) -> float:
    return st.number_input(
        t("The same for every tie"),
        min_value=0.0,
        max_value=1.0,
        value=_USUAL_CONSTANT if rule.constant is None else rule.constant,
        step=0.01,
        width=220,
    )

"""A round of ideas: what each rule builds, side by side, whom it leaves out and how sure it is."""

from functools import partial

from ambassador.ui.activations.views import people_figure, turnout_lines
from ambassador.ui.kit.charts import bars, show_chart
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.markup import bullets, joined, paragraphs
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import money, number, rich, t
from ambassador.ui.kit.words import heading, word
from ambassador.values.activations.activations import ActivationView
from ambassador.values.activations.results import IdeaResult, IdeasResult, RuleResult
from ambassador.values.activations.states import BudgetRule

_WHOLE = 100


def draw_ideas(view: ActivationView, result: IdeasResult) -> None:
    """Draw the result of a round; before anybody voted the ideas alone."""
    if not view.entries:
        st.info(
            t("Nothing can be voted on yet: add ideas with what they cost, or bring in a file of them."),
            icon=":material/lightbulb:",
        )
        return
    first_row(*_figures(view, result))
    if result.participation.voters:
        rows = [
            {t("Rule"): heading(one.rule), t("Represented, in %"): _represented(one, result)}
            for one in result.rules
        ]
        chart = bars(rows, name=t("Rule"), value=t("Represented, in %"), sort=False)
        show_chart(
            chart, _takeaway(result), note=t("Voters with at least one idea of theirs among those built.")
        )
        st.markdown(bullets(_sentence(one, result) for one in result.rules))
        st.markdown(paragraphs(_remarks(result)))
    show_table("ideas", result.ideas, _columns(view), title=t("Ideas"))
    if result.without_cost:
        st.caption(t("Nobody said what these cost, so none can be built: {names}",
                     names=", ".join(result.without_cost)))  # fmt: skip


def _figures(view: ActivationView, result: IdeasResult) -> tuple[Figure, ...]:
    shared, voted = result.of(BudgetRule.EQUAL_SHARES), result.of(BudgetRule.VOTES)
    people = result.participation.voters
    none_yet = t("no data yet")
    margin = shared.margin
    return (
        people_figure(result.participation, view.card),
        Figure(
            t("Represented by none"),
            number(shared.unrepresented) if people else none_yet,
            t("by votes {count}", count=number(voted.unrepresented)) if people else "",
            "good" if people and shared.unrepresented < voted.unrepresented else "neutral",
            help=t("Voters none of whose ideas is built, by equal shares; beside it by votes."),
        ),
        Figure(
            t("Spent"),
            money(shared.spent),
            t("of {budget}", budget=money(result.budget)),
            help=t("By equal shares."),
        ),
        Figure(
            t("Votes that may fall"),
            number(margin.votes - 1) if margin else none_yet,
            t("{count} flagged", count=number(result.participation.flagged)),
            help=t("So many of the votes for the idea decided last may fall, and it is still built by equal "
                   "shares; with one more it is not."),
        ),
    )  # fmt: skip


def _represented(one: RuleResult, result: IdeasResult) -> float:
    people = result.participation.voters
    return round(_WHOLE * (people - one.unrepresented) / people, 1) if people else 0.0


def _takeaway(result: IdeasResult) -> str:
    shared, voted = result.of(BudgetRule.EQUAL_SHARES), result.of(BudgetRule.VOTES)
    if set(shared.built) == set(voted.built):
        return t("By votes and by equal shares the same is built")
    return t(
        "By equal shares {shared}% of the voters get an idea they wanted, by votes {voted}%",
        shared=number(_represented(shared, result), 1),
        voted=number(_represented(voted, result), 1),
    )


def _sentence(one: RuleResult, result: IdeasResult) -> str:
    names = {idea.entry_id: idea.label for idea in result.ideas}
    built = ", ".join(names[entry] for entry in one.built) or t("nothing")
    parts: list[str] = [
        rich("**{rule}:** {ideas} ({spent}).", rule=heading(one.rule), ideas=built, spent=money(one.spent)),
    ]
    if one.margin is not None:
        parts.append(
            t(
                "It holds unless {count} votes for {name} fall.",
                count=number(one.margin.votes),
                name=names[one.margin.entry_id],
            )
        )
    parts += [
        rich(
            "**The votes do not decide between {one} and {other}:** the first stands in the list, so decide "
            "by hand.",
            one=names[tie.stands],
            other=names[tie.falls],
        )
        for tie in one.tied
    ]
    if not one.holds_without_flagged:
        other = ", ".join(names[entry] for entry in one.without_flagged) or t("nothing")
        parts.append(rich("**Without the flagged voters it would be:** {names}.", names=other))
    return joined(" ", parts)


def _remarks(result: IdeasResult) -> list[str]:
    shared = result.of(BudgetRule.EQUAL_SHARES)
    names = {idea.entry_id: idea.label for idea in result.ideas}
    lines = turnout_lines(result.participation)
    if shared.by_completion:
        lines.append(
            t(
                "Of equal shares, what was left of the budget paid by votes for: {names}.",
                names=", ".join(names[entry] for entry in shared.by_completion),
            )
        )
    if result.participation.voters and all(one.holds_without_flagged for one in result.rules):
        lines.append(
            t("Without the flagged voters the same would be built.") if result.participation.flagged else ""
        )
    return lines


def _columns(view: ActivationView) -> list[Column[IdeaResult]]:
    states = {entry.id: entry for entry in view.entries}
    return [
        Column(t("Idea"), "label"),
        Column(t("Votes"), "votes", Kind.NUMBER),
        Column(t("Cost"), "cost", Kind.MONEY),
        *(
            Column[IdeaResult](
                heading(rule), partial(_is_built, rule), Kind.FLAG, help=t("Whether this rule builds it.")
            )
            for rule in BudgetRule
        ),
        Column(t("State"), lambda row: word(states[row.entry_id].status)),
        Column(t("Flagged votes"), "flagged", Kind.NUMBER),
        Column(t("Key"), "key"),
    ]


def _is_built(rule: BudgetRule, row: IdeaResult) -> bool:
    return rule in row.built_by

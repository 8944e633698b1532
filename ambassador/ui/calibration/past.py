"""Would it have worked on your own past: what ``ambassador evaluate`` says of files, of the workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ambassador.i18n import mark
from ambassador.ui.kit.definitions import define
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import number, percent, t
from ambassador.ui.kit.words import BASELINES
from ambassador.values.calibration.calibration import (
    TIES_ALONE,
    Calibration,
    InfluenceLine,
    SizeCheck,
    simple_ways,
)
from ambassador.values.cascades.growth import SizeEvaluation, SizeScore
from ambassador.values.cascades.parents import ParentsEvaluation

_OURS: Final = mark("this product")
_SIMPLE: Final = {
    "multiplier": mark("multiply by how much earlier ones grew"),
    "regression_on_counts": mark("a line through three counts"),
}


@dataclass(frozen=True, slots=True)
class SizeLine:
    """One way to foretell sizes after one time watched."""

    hours: float
    way: str
    score: SizeScore
    cascades: int


@dataclass(frozen=True, slots=True)
class ParentLine:
    """One way to find what a post answers."""

    way: str
    found: float | None


def own_past_part(record: Calibration) -> None:
    """Draw what every method would have been worth, each beside the simple ways."""
    if record.own_past is not None:
        st.header(t("Would it have worked on your own past?"))
        _sizes_part(record.own_past.sizes)
        _parents_part(record.own_past.parents, record.own_past.parents_missing)
    elif record.checked_at is not None:
        _needed(t("How sizes and hidden parents would have been found was not checked yet: check again."))
    if record.own_past is not None or record.influence:
        _influence_part(record)


def _sizes_part(sizes: Sequence[SizeCheck]) -> None:
    st.subheader(t("Where a running cascade is heading"))
    measured = [one for one in sizes if one.found is not None]
    for one in measured[-1:]:
        st.markdown(_size_words(one))
    lines = [line for one in measured for line in _size_lines(one)]
    if lines:
        show_table("own-sizes", lines, _size_columns(), title=t("Where a running cascade is heading"))
    waiting = [one for one in sizes if one.found is None]
    if waiting:
        longest = waiting[-1]
        _needed(
            t(
                "After {hours} h: {count} more cascades with {posts} posts by then are needed.",
                hours=number(longest.hours),
                count=number(longest.missing),
                posts=number(longest.posts),
            )
        )


def _size_words(one: SizeCheck) -> str:
    found = one.found
    if found is None:
        return ""
    best = min(found.baselines.values(), key=lambda score: score.median_ape, default=None)
    words = t(
        "Watched for {hours} h only, the final size of {cascades} cascades was usually off by {error}. "
        "Ranges that promise 80% held {held} of the time.",
        hours=number(one.hours),
        cascades=number(found.cascades),
        error=percent(found.median_ape),
        held=percent(found.coverage_80),
    )
    if found.median_ape_90:
        low, high = (percent(end) for end in found.median_ape_90)
        words += " " + t(
            "With more cascades like these, the usual error would lie between {low} and {high}.",
            low=low,
            high=high,
        )
    if found.rests_on_a_prior:
        words += " " + t("Too few earlier cascades: this rests on general experience, not on your past.")
    if best is None:
        return words
    if found.median_ape < best.median_ape:
        return words + " " + t("The best simple method was off by {error}.", error=percent(best.median_ape))
    return (
        words
        + " "
        + t("A simple method did as well or better: it was off by {error}.", error=percent(best.median_ape))
    )


def _size_lines(one: SizeCheck) -> list[SizeLine]:
    if one.found is None:
        return []
    scores = {_OURS: _score(one.found)} | {
        _SIMPLE.get(name, name): score for name, score in one.found.baselines.items()
    }
    return [SizeLine(one.hours, t(way), score, one.found.cascades) for way, score in scores.items()]


def _score(found: SizeEvaluation) -> SizeScore:
    return SizeScore(found.median_ape, found.coverage_80, found.interval_score, found.p_value)


def _size_columns() -> tuple[Column[SizeLine], ...]:
    return (
        Column(t("Watched, hours"), "hours", Kind.NUMBER),
        Column(t("Method"), "way"),
        Column(
            t("Usual error"),
            lambda one: one.score.median_ape,
            Kind.PERCENT,
            help=t("Half of the cascades were off by less, as a share of their size."),
        ),
        Column(t("80% range held"), lambda one: one.score.coverage_80, Kind.PERCENT),
        Column(
            t("Chance alone"),
            lambda one: number(one.score.p_value, 3),
            help=t("Exact binomial test: how often chance alone would miss the promise as much."),
        ),
        Column(t("Interval score"), lambda one: one.score.interval_score, Kind.DECIMAL),
        Column(t("Cascades"), "cascades", Kind.NUMBER),
    )


def _parents_part(found: ParentsEvaluation | None, missing: int) -> None:
    st.subheader(t("Whom a post was taken from"))
    if found is None:
        _needed(t("{count} more posts that name which post they answer are needed.", count=number(missing)))
        return
    st.markdown(
        t(
            "What {mentions} posts answer was hidden and looked for again: {found} were found. Naming always "
            "the first post would have found {first}, always the post before {before}.",
            mentions=number(found.mentions),
            found=percent(found.accuracy),
            first=percent(found.always_root),
            before=percent(found.previous_event),
        )
        + " "
        + t(
            "It said it was {sure} sure on average; stated chances are off by {error} (chance alone would "
            "make that {chance}, as cascades differ).",
            sure=percent(found.mean_probability),
            error=percent(found.calibration_error),
            chance=percent(found.calibration_error_by_chance),
        )
    )
    st.markdown(t(found.verdict.text, **found.verdict.values))
    lines = (
        ParentLine(t("this product"), found.accuracy),
        ParentLine(t("this product, answers to later posts than the first"), found.accuracy_non_root),
        ParentLine(t("always the first post"), found.always_root),
        ParentLine(t("always the post before"), found.previous_event),
    )
    columns: tuple[Column[ParentLine], ...] = (
        Column(t("Method"), "way"),
        Column(t("Found"), "found", Kind.PERCENT),
    )
    show_table("own-parents", lines, columns, title=t("Whom a post was taken from"))


def _needed(words: str) -> None:
    st.info(words, icon=":material/hourglass_empty:")


def _influence_part(record: Calibration) -> None:
    """List how well learned probabilities told who joins, as ``ambassador evaluate influence`` does."""
    st.subheader(t("Who joins"))
    if not record.influence:
        missing = record.own_past.influence_missing if record.own_past else 0
        _needed(
            t("{count} more people who join after somebody they listen to are needed.", count=number(missing))
        )
        return
    ties = next((one for one in record.influence if one.name == TIES_ALONE), record.influence[0])
    better = all(ties.log_likelihood > one.log_likelihood for one in simple_ways(record.influence))
    st.markdown(
        t(
            "On the latest cascades learned tie probabilities told who joins better than every simple "
            "method: where they are learned, they are used."
        )
        if better
        else t(
            "On the latest cascades a simple method told who joins as well or better: "
            "they are not used by default."
        )
    )
    show_table("influence", record.influence, _influence_columns(), title=t("Learned probabilities"))
    st.caption(t("Measured on {count} people who could have joined.", count=number(record.exposed)))


def _influence_columns() -> tuple[Column[InfluenceLine], ...]:
    return (
        Column(
            t("Method"),
            lambda one: t(BASELINES.get(one.name, one.name)) if one.name else t("What was learned"),
        ),
        Column(t("Tells who joins"), "auc", Kind.PERCENT, help=define("tells-who-joins")),
        Column(
            t("Fit (nearer to 0 is better)"),
            lambda one: number(one.log_likelihood, 4),
            help=define("log-likelihood"),
        ),
        Column(t("Off by"), lambda one: percent(one.calibration_error, 2), help=define("calibration-error")),
    )

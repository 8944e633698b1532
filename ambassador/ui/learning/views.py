"""What was learned, in figures, words and tables."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ambassador.i18n import mark
from ambassador.ui.kit.definitions import define
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.markup import paragraphs
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import duration, moment, number, percent, rich, t
from ambassador.ui.kit.words import BASELINES, TIES_ALONE_WORDS
from ambassador.values.learning import (
    ENOUGH_ACTIVATIONS,
    ENOUGH_CASCADES,
    FEWEST_SEEN,
    InfluenceEvaluation,
    LearnedView,
    Moving,
    Waiting,
)

_CHANCE: Final = 2.0
"""Standard errors, by cascade, within which the top is taken for reliable."""
_OURS: Final = mark("What was learned")


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One way of telling who joins, as measured on the last cascades."""

    way: str
    ranking: float | None
    surprise: float
    error: float


def learning_figures(found: LearnedView) -> None:
    """Draw how much it rests on, how well it tells, how far off it is, what it cannot explain."""
    rests, check = found.rests_on, found.check
    first_row(
        Figure(
            t("Times somebody joined"),
            number(rests.explained),
            t("in {cascades} cascades", cascades=number(rests.cascades)),
            help=define("learned-from"),
        ),
        _telling(check),
        _error(check),
        _outside(check),
    )


def in_plain_words(found: LearnedView) -> None:
    """Say what was learned and whether to trust it."""
    lines = [_trust(found), _use(found), *_tops(found.check), _heat(found)]
    if found.contagious:
        lines.append(_most_contagious(found.contagious[0]))
    st.markdown(paragraphs(lines))
    st.caption(
        t(
            "Learned {moment}, from posts up to {until}.",
            moment=moment(found.learned_at),
            until=moment(found.trained_until),
        )
    )


def contagious_table(found: LearnedView) -> None:
    """List those after whose posts most people joined, as far as that is sure."""
    columns = [
        Column(t("Person"), _at),
        Column(t("Joiners per post"), _strength, Kind.DECIMAL, help=define("contagious")),
        Column(t("At least"), _at_least, Kind.DECIMAL, help=define("at-least")),
        Column(t("Posts heard"), "seen", Kind.NUMBER),
        Column(t("Note"), _note),
        Column(t("Forecasts count on"), "counted_on", Kind.DECIMAL, help=define("counted-on")),
        Column(t("Listeners"), "listeners", Kind.NUMBER),
        *_who(),
    ]
    show_table("contagious", found.contagious, columns, title=t("Most contagious"))


def susceptible_table(found: LearnedView) -> None:
    """List those who join most surely when they hear somebody."""
    columns = [
        Column(t("Person"), _at),
        Column(t("Joins when exposed"), _strength, Kind.PERCENT, help=define("susceptible")),
        Column(t("At least"), _at_least, Kind.PERCENT, help=define("at-least")),
        Column(t("Times exposed"), "seen", Kind.NUMBER),
        Column(t("Note"), _note),
        Column(t("Forecasts count on"), "counted_on", Kind.PERCENT, help=define("counted-on")),
        Column(t("Listens to"), "listeners", Kind.NUMBER),
        *_who(),
    ]
    show_table("susceptible", found.susceptible, columns, title=t("Easiest to move"))


def compared_table(found: LearnedView) -> None:
    """Set what was learned beside the simple ways."""
    if found.check is None:
        st.info(_too_short(), icon=":material/hourglass_empty:")
        return
    columns: list[Column[ComparedRow]] = [
        Column(t("Method"), "way"),
        Column(t("Tells who joins"), "ranking", Kind.PERCENT, help=define("tells-who-joins")),
        Column(
            t("Fit (nearer to 0 is better)"),
            lambda row: number(row.surprise, 4),
            help=define("log-likelihood"),
        ),
        Column(t("Off by"), lambda row: percent(row.error, 2), help=define("calibration-error")),
    ]
    show_table("compared", compared_rows(found.check), columns, title=t("Against simple methods"))


def waiting_table(found: LearnedView) -> None:
    """List how long people wait before they pass word on."""
    if not found.waiting:
        st.info(t("No answer whose time is known was seen yet."), icon=":material/hourglass_empty:")
        return
    columns: list[Column[Waiting]] = [
        Column(t("Platform"), lambda row: row.platform or t("All")),
        Column(t("Half within"), lambda row: _length(row.median_seconds)),
        Column(t("Nine in ten within"), lambda row: _length(row.nine_in_ten_seconds)),
        Column(t("Answers seen"), "delays", Kind.NUMBER),
    ]
    show_table("waiting", found.waiting, columns, title=t("How long answers take"))


def compared_rows(check: InfluenceEvaluation) -> list[ComparedRow]:
    """The ways, the learned one first, the others by how well they did."""
    rows = [
        ComparedRow(t(BASELINES.get(name, name)), score.auc, score.log_likelihood, score.calibration_error)
        for name, score in check.baselines.items()
    ]
    ours = ComparedRow(t(_OURS), check.auc, check.log_likelihood, check.calibration_error)
    if check.stored is not None:
        kept = check.stored
        rows.append(ComparedRow(t(TIES_ALONE_WORDS), kept.auc, kept.log_likelihood, kept.calibration_error))
    return [ours, *sorted(rows, key=lambda row: -row.surprise)]


def _telling(check: InfluenceEvaluation | None) -> Figure:
    label, meaning = t("Tells who joins"), define("tells-who-joins")
    if check is None or check.auc is None:
        return Figure(label, t("no data yet"), t("not checked yet"), help=meaning)
    plain = check.baselines["activity_only"].auc
    note = t("{share} from activity alone", share=percent(plain))
    better = plain is not None and check.auc > plain
    return Figure(label, percent(check.auc), note, "good" if better else "neutral", help=meaning)


def _error(check: InfluenceEvaluation | None) -> Figure:
    label, meaning = t("Off by"), define("calibration-error")
    if check is None:
        return Figure(label, t("no data yet"), t("not checked yet"), help=meaning)
    note = t("of {people} people", people=number(check.exposed))
    return Figure(label, percent(check.calibration_error, 2), note, help=meaning)


def _outside(check: InfluenceEvaluation | None) -> Figure:
    """Show who came from outside where it was checked: ties known by an answer alone do not explain it."""
    label, meaning = t("From outside the network"), define("outside")
    if check is None:
        return Figure(label, t("no data yet"), t("not checked yet"), help=meaning)
    return Figure(label, percent(check.outside_share), t("of the latest who joined"), help=meaning)


def _trust(found: LearnedView) -> str:
    if found.check is None:
        return _too_short()
    if found.beats_activity:
        return rich(
            "**It earns its place:** on the latest cascades, which it had not seen, it told who joins better "
            "than activity alone."
        )
    return rich(
        "**Take it as a scenario:** on the latest cascades, which it had not seen, it told who joins no "
        "better than activity alone. More posts, or ties that say who really listens to whom, would help."
    )


def _use(found: LearnedView) -> str:
    """Check whether picks and forecasts go by it."""
    if found.by_default:
        return rich(
            "**Picks and forecasts use it** wherever they ask the network, unless you choose otherwise under "
            "their Assumptions."
        )
    if found.check is None:
        return rich(
            "**Picks and forecasts do not use it:** they go by assumptions you can see and change, until it "
            "was checked. To use it all the same, choose it under their Assumptions."
        )
    return rich(
        "**Picks and forecasts do not use it:** the tie probabilities they would run on told who joins no "
        "better than a simple method. To use them all the same, choose them under their Assumptions."
    )


def _tops(check: InfluenceEvaluation | None) -> Iterator[str]:
    """Say where the highest probabilities proved wrong by more than chance, also those picks run on."""
    if check is None:
        return
    too_high = t(
        "Of the 5% with the highest probabilities fewer joined than expected: read the highest as too high."
    )
    too_low = t(
        "Of the 5% with the highest probabilities more joined than expected: read the highest as too low."
    )
    yield from _missed(check.top_share_error_by_cascade, too_high, too_low)
    too_high = t(
        "By ties alone, which picks go by, fewer of the highest 5% joined than expected: a pick along ties "
        "promises too much of its best."
    )
    too_low = t(
        "By ties alone, which picks go by, more of the highest 5% joined than expected: a pick along ties "
        "promises too little of its best."
    )
    yield from _missed(check.stored_top_error_by_cascade, too_high, too_low)


def _missed(by: float | None, too_high: str, too_low: str) -> Iterator[str]:
    if by is not None and abs(by) > _CHANCE:
        yield too_high if by < 0 else too_low


def _heat(found: LearnedView) -> str:
    if not found.enough:
        return t(
            "This is little: it takes about {activations} people who joined in {cascades} cascades to say "
            "more than an assumption, and how much cascades differ cannot be told yet.",
            activations=number(ENOUGH_ACTIVATIONS),
            cascades=number(ENOUGH_CASCADES),
        )
    texts: tuple[tuple[float, str], ...] = (
        (0.25, mark("Cascades differ little from one another beyond chance: forecasts can be narrow.")),
        (0.75, mark("Some cascades catch on and others do not: the ranges of forecasts allow for it.")),
    )
    wild = mark("Cascades differ a lot from one another, whoever starts them: ranges of forecasts are wide.")
    return t(next((text for limit, text in texts if found.heat < limit), wild))


def _too_short() -> str:
    return t(
        "Not checked yet: in the latest part of your past too few people joined after somebody they were "
        "already tied to."
    )


def _most_contagious(first: Moving) -> str:
    if not first.known:
        return t(
            "Who is most contagious is too little known: nobody was heard in {count} cascades yet.",
            count=number(FEWEST_SEEN),
        )
    return t(
        "@{handle} is the most contagious: after {seen} posts that others heard, about {moved} people joined "
        "per post, and at least {least} can be relied on.",
        handle=first.handle,
        seen=number(first.seen),
        moved=number(first.strength, 1),
        least=number(first.at_least, 1),
    )


def _strength(row: Moving) -> float | None:
    return row.strength if row.known else None


def _at_least(row: Moving) -> float | None:
    return row.at_least if row.known else None


def _note(row: Moving) -> str:
    return "" if row.known else t("too little known")


def _who() -> list[Column[Moving]]:
    return [Column(t("Name"), "name"), Column(t("Platform"), "platform")]


def _at(row: Moving) -> str:
    return f"@{row.handle}" if row.handle else row.name


def _length(seconds: float) -> str:
    return duration(dt.timedelta(seconds=seconds))


def draw_learned(found: LearnedView) -> None:
    """Draw the tables: who moves people, who is moved, against what, and how long answers take."""
    contagious, susceptible, compared, waiting = st.tabs(
        [t("Most contagious"), t("Easiest to move"), t("Against simple methods"), t("How long answers take")]
    )
    with contagious:
        contagious_table(found)
    with susceptible:
        susceptible_table(found)
    with compared:
        compared_table(found)
    with waiting:
        waiting_table(found)

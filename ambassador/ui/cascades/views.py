"""The Cascades page in words: first row, table, what is wrong with the data."""

from collections.abc import Mapping
from typing import Final

from ambassador.i18n import mark
from ambassador.ui.kit.figures import Figure, Tone
from ambassador.ui.kit.markup import bullets
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind
from ambassador.ui.kit.text import compact_number, day, note_text, number, percent, t, t_count, unknown
from ambassador.values.cascades.cascades import (
    CascadeRow,
    CascadesView,
    CascadeTree,
    Likely,
    Pace,
    PlausibleShape,
    Shape,
)
from ambassador.values.cascades.inference import InferredFrom, ParentBasis
from ambassador.values.days import day_in
from ambassador.values.mentions.credit import CreditRow, CreditTable

_PACES: Final[Mapping[Pace, str]] = {
    Pace.GROWING: mark("growing"),
    Pace.STEADY: mark("steady"),
    Pace.FADING: mark("fading"),
    Pace.OVER: mark("over"),
}
_TONES: Final[Mapping[Pace, Tone]] = {
    Pace.GROWING: "good",
    Pace.STEADY: "neutral",
    Pace.FADING: "bad",
    Pace.OVER: "neutral",
}
_SHAPES: Final[Mapping[Shape, str]] = {
    Shape.ONE_SHOUT: mark("One shout"),
    Shape.PASSED_ON: mark("Passed on"),
    Shape.MANY_SMALL: mark("Many small ones"),
    Shape.NO_ANSWERS: mark("No answers"),
}


def pace_word(pace: Pace) -> str:
    """Say where talk is heading."""
    return t(_PACES[pace])


def cascade_figures(view: CascadesView, credit: CreditTable | None) -> tuple[Figure, ...]:
    """Make the first row."""
    return (
        _who(view, credit),
        Figure(
            t("Each post brings"),
            _brings(view),
            note="" if view.shape is Shape.NO_ANSWERS else _pace_note(view),
            tone="neutral" if view.shape is Shape.NO_ANSWERS else _TONES[view.pace],
            help=t(
                "Answers and shares per post; recent posts are weighed by the answers they can have had so"
                " far. Below 1 the talk ends by itself. The literature calls it the reproduction number R."
                " Growing or fading: the last stretch against the one before."
            ),
        ),
        Figure(
            t("How it travelled"),
            t(_SHAPES[view.shape]),
            note=""
            if view.shape is Shape.NO_ANSWERS
            else t("largest: {share} of the talk", share=percent(view.largest_share)),
            help=t(
                "One shout: one post set most of it off directly. Passed on: it went from person to person."
                " Many small ones: no cascade holds 40% of the talk."
            ),
        ),
        Figure(
            t("People who talk"),
            number(view.people),
            note=t(
                "{posts} posts, {cascades} cascades",
                posts=number(view.mentions),
                cascades=number(view.found),
            ),
            help=t("Different authors; our own accounts do not count."),
        ),
    )


def cascade_columns() -> tuple[Column[CascadeRow], ...]:
    """Make the columns of the table."""
    hidden = t("Empty where the platform hides who passed it on: then it is not known.")
    return (
        Column(t("Started by"), lambda row: f"@{row.root_handle}"),
        Column(t("Posts"), "size", Kind.NUMBER),
        Column(t("People"), "people", Kind.NUMBER),
        Column(t("Followers of the starter"), "root_followers", Kind.NUMBER),
        Column(t("Steps it went"), "depth", Kind.NUMBER, help=hidden),
        Column(
            t("Steps, inferred"),
            lambda row: likely_words(row.plausible.depth) if row.plausible else "",
            help=t("Not observed: inferred from ties and delays. It lies in this range 8 times in 10."),
        ),
        Column(
            t("How sure that is"),
            lambda row: row.plausible.sure if row.plausible else None,
            Kind.PERCENT,
            help=t("How likely the likeliest source is, on average over posts whose source is hidden."),
        ),
        Column(t("Widest step"), "breadth", Kind.NUMBER, help=hidden),
        Column(t("Largest broadcast"), "largest_broadcast_share", Kind.PERCENT, help=hidden),
        Column(
            t("Structural virality"),
            lambda row: None if row.structural_virality is None else round(row.structural_virality, 2),
            Kind.DECIMAL,
            help=t("Mean distance between two posts: about 2 for one shout, more when passed on. ") + hidden,
        ),
        Column(t("Each post brings"), lambda row: round(row.reproduction, 2), Kind.DECIMAL),
        Column(t("Now"), lambda row: pace_word(row.pace)),
        Column(t("Views"), "views", Kind.NUMBER),
        Column(t("Started"), "started_at", Kind.MOMENT),
        Column(t("Last post"), "last_at", Kind.MOMENT),
        Column(t("Text"), "root_text"),
        Column(t("Platform"), "platform"),
    )


def likely_words(figure: Likely, digits: int = 0) -> str:
    """Write the range that holds 8 in 10 plausible trees."""
    low, high = (number(value, digits) for value in figure.within_80)
    return low if low == high else t("{low} to {high}", low=low, high=high)


def inferred_note(shape: PlausibleShape) -> str:
    """Say that a figure was not observed, what it rests on, and how sure that is."""
    note = t("not observed: inferred from ties and delays, {share} sure", share=percent(shape.sure))
    return note if shape.basis is None else f"{note}; {basis_words(shape.basis)}"


def basis_words(basis: ParentBasis) -> str:
    """Say where the probabilities come from."""
    if basis.kind is InferredFrom.LEARNED:
        return t("probabilities learned from {count} cascades", count=number(basis.cascades))
    if basis.kind is InferredFrom.GIVEN:
        return t("probabilities as given with the ties")
    return t("probabilities learned from the posts themselves")


def draw_dirt(view: CascadesView) -> None:
    """Say what was odd in the data and what is not known."""
    lines = [note_text(note) for note in view.dirt]
    if view.hidden_parents:
        lines.append(
            t(
                "Posts that name only the start of their cascade: {count}. How they travelled was not seen.",
                count=number(view.hidden_parents),
            )
        )
    if not lines:
        return
    title = t_count("{count} remark on the data", "{count} remarks on the data", len(lines))
    with st.expander(title, icon=":material/info:"):
        st.markdown(bullets(lines))


def tree_takeaway(tree: CascadeTree, *, forest: bool) -> str:
    """Say which branch carried most."""
    if not tree.branches or tree.branches[0].mention_id is None:
        return t("Nobody below the first post brought answers of their own")
    best = tree.branches[0]
    values = {"handle": best.handle, "share": percent(best.share)}
    if forest and best.followers is not None:
        return t(
            "What @{handle} started carried {share} of the talk, from {followers} followers",
            followers=number(best.followers),
            **values,
        )
    if forest:
        return t("What @{handle} started carried {share} of the talk", **values)
    if best.share_range is None:
        return t("@{handle}'s branch carried {share} of this cascade", **values)
    low, high = (percent(one) for one in best.share_range)
    if low == high:
        return t("@{handle}'s branch probably carried {share} of this cascade", handle=best.handle, share=low)
    return t(
        "@{handle}'s branch probably carried {low} to {high} of this cascade",
        handle=best.handle,
        low=low,
        high=high,
    )


def tree_note(tree: CascadeTree) -> str:
    """Say how to read the picture, and how many posts are not in it."""
    parts = [t("Larger dots have more followers; a colour is a branch.")]
    if tree.in_order_of_time:
        parts.append(t("The platform hides who passed it on: the farther from the middle, the later."))
    if tree.inferred:
        parts.append(
            t_count(
                "{count} post hangs from a source that was inferred, not observed: its line is dashed.",
                "{count} posts hang from sources that were inferred, not observed: their lines are dashed.",
                tree.inferred,
            )
        )
    if tree.not_drawn:
        drawn = number(sum(node.mention_id > 0 for node in tree.nodes))
        parts.append(
            t(
                "{drawn} posts are drawn, in proportion; {rest} are not.",
                drawn=drawn,
                rest=number(tree.not_drawn),
            )
        )
    return " ".join(parts)


def _who(view: CascadesView, credit: CreditTable | None) -> Figure:
    about = t(
        "The ambassador most of the talk goes back to: every post is credited to the nearest ambassador"
        " upstream, or to whom its text names. Without ambassadors, whoever started the largest cascade."
    )
    best = next((row for row in credit.by_ambassador if not row.is_unattributed), None) if credit else None
    if best is not None and best.mentions:
        note = t("{share} of the talk", share=percent(best.share))
        return Figure(t("Who made it travel"), best.name, note=note, help=about)
    if view.shape is Shape.NO_ANSWERS:
        return Figure(t("Who made it travel"), unknown(), note=t("no post says what it answers"), help=about)
    if not view.cascades:
        return Figure(t("Who made it travel"), t("nobody yet"), help=about)
    first = view.cascades[0]
    note = t("{share} of the talk", share=percent(view.largest_share))
    if first.root_followers is not None:
        note += " · " + t("{count} followers", count=compact_number(first.root_followers))
    return Figure(t("Who made it travel"), f"@{first.root_handle}", note=note, help=about)


def _brings(view: CascadesView) -> str:
    if view.shape is Shape.NO_ANSWERS:
        return unknown()
    return t("{count} more", count=more(view.reproduction))


def _pace_note(view: CascadesView) -> str:
    if view.as_of is None:
        return ""
    when = day(day_in(view.zone, view.as_of))
    if view.pace is Pace.OVER:
        return t("over since {day}", day=when)
    return t("{pace} on {day}", pace=pace_word(view.pace), day=when)


def more(reproduction: float | None) -> str:
    """Write R so that a little below 1 does not read as 1."""
    near_one = reproduction is not None and 0 < abs(reproduction - 1) < 0.05  # noqa: PLR2004
    return number(reproduction, 2 if near_one else 1)


def nobody_word(row: CreditRow) -> str:
    """Say whose posts of nobody of ours these are: those of a moment on air carry its name."""
    if row.moment_id is not None:
        return row.name
    return t("outside the network") if row.is_outside else t("not attributable")


def credit_columns() -> tuple[Column[CreditRow], ...]:
    """Make the columns of the table of credit."""
    return (
        Column(t("Ambassador"), lambda row: nobody_word(row) if row.is_unattributed else row.name),
        Column(t("Posts"), lambda row: round(row.mentions, 2), Kind.DECIMAL),
        Column(
            t("Of these inferred"),
            lambda row: round(row.inferred, 2),
            Kind.DECIMAL,
            help=t(
                "The path was not seen: it follows ties and delays, a tag, or the start the platform names."
            ),
        ),
        Column(t("Share of the talk"), "share", Kind.PERCENT),
        Column(t("Own posts"), "own_posts", Kind.NUMBER),
        Column(t("People who talk"), "people", Kind.NUMBER, help=t("The ambassador not counted.")),
        Column(t("Device"), "serial"),
    )

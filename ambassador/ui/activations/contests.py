"""A contest: its ranking by votes and jury, how safe the first place is, and what the law asks."""

from collections.abc import Mapping, Sequence
from functools import partial

from ambassador.ui.activations.checklist import draw_checklist
from ambassador.ui.activations.views import turnout_lines
from ambassador.ui.kit.charts import bars, show_chart
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.markup import paragraphs
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import decimal, number, rich, t, t_count
from ambassador.values.activations.activations import ActivationView, EntryRow
from ambassador.values.activations.contests import ContestResult, LawRow, RankedEntry
from ambassador.values.activations.states import ActivationStatus

_WHOLE = 100
_DRAWN = 20
"""Entries a chart shows; the table has them all."""


def draw_contest(view: ActivationView, result: ContestResult, law: Sequence[LawRow]) -> None:
    """Draw the ranking of a contest; before anything was entered how it begins."""
    if view.card.status is ActivationStatus.DRAFT:
        draw_checklist(view, law)
    if not view.entries:
        st.info(
            t(
                "Nothing is entered yet: add a photo or story by its link, or a post by the number it has on "
                "Mentions; a file with key, title and link brings many in."
            ),
            icon=":material/photo_camera:",
        )
    else:
        first_row(*_figures(view, result))
        _draw_points(result)
        st.markdown(paragraphs(_remarks(result)))
        show_table("ranking", result.entries, _columns(view, result), title=t("Ranking"))
        _draw_jury(result)
    if view.card.status is not ActivationStatus.DRAFT:
        draw_checklist(view, law)


def _figures(view: ActivationView, result: ContestResult) -> tuple[Figure, ...]:
    first = result.entries[0] if len(result.first) == 1 else None
    none_yet = t("no data yet")
    safe = t("any number") if result.holds_without_votes else none_yet
    return (
        Figure(
            t("Took part"),
            number(view.card.took_part),
            t("{count} voted", count=number(result.participation.voters)),
            help=t(
                "People who voted or entered something, each once: accounts that were merged into one person "
                "are one, and of several ballots the latest counts."
            ),
        ),
        Figure(
            t("First place"),
            first.label if first else t("shared") if result.tied_first else none_yet,
            t("{points} of 10 points", points=decimal(first.points)) if first else "",
        ),
        Figure(
            t("Votes until it is first no more"),
            number(result.margin) if result.margin is not None else safe,
            t("{count} flagged", count=number(result.participation.flagged)),
            help=t("So many votes for the first have to fall until it stands first alone no more."),
        ),
        Figure(
            t("Entries"),
            number(len(result.entries)),
            t_count("{count} juror", "{count} jurors", len(result.jurors)),
        ),
    )


def _draw_points(result: ContestResult) -> None:
    ranked = [one for one in result.entries if one.points is not None][:_DRAWN]
    if not any(one.points for one in ranked):
        return
    jury, votes = t("Jury"), t("Votes")
    name, value, kind = t("Entry"), t("Points of 10"), t("Part")
    rows = [
        {name: f"{one.key} · {one.label}", value: round(points, 2), kind: part}
        for one in ranked
        for part, points in (
            (jury, result.jury_weight * (one.jury_points or 0) / _WHOLE),
            (votes, (_WHOLE - result.jury_weight) * one.vote_points / _WHOLE),
        )
        if points or (part == votes) == (result.jury_weight < _WHOLE)
    ]
    note = t(
        "{jury}% of the points come from the jury (its mean mark), {votes}% from the votes (ten times the "
        "votes over the most any entry has).",
        jury=number(result.jury_weight),
        votes=number(_WHOLE - result.jury_weight),
    )
    show_chart(bars(rows, name=name, value=value, kind=kind), _takeaway(result), note=note)


def _takeaway(result: ContestResult) -> str:
    if result.tied_first:
        return t("Several entries share the first place: nothing is decided")
    name = result.entries[0].label
    if result.holds_without_votes:
        return t("{name} is first whatever votes fall", name=name)
    return t_count(
        "{name} is first unless {count} vote falls",
        "{name} is first unless {count} votes fall",
        result.margin or 0,
        name=name,
    )


def _remarks(result: ContestResult) -> list[str]:
    names = {one.entry_id: one.label for one in result.entries}
    lines = turnout_lines(result.participation)
    if result.participation.flagged and set(result.first_without_flagged) != set(result.first):
        without = ", ".join(names[one] for one in result.first_without_flagged) or t("nothing")
        lines.append(rich("**Without the flagged voters first would be:** {names}.", names=without))
    if (
        result.jury_weight
        and result.first_by_jury
        and set(result.first_by_jury) != set(result.first_by_votes)
    ):
        lines.append(
            rich(
                "**Jury and votes differ:** by the jury alone first is {jury}, by the votes alone {votes}.",
                jury=", ".join(names[one] for one in result.first_by_jury),
                votes=", ".join(names[one] for one in result.first_by_votes) or t("nothing"),
            )
        )
    if result.unmarked:
        lines.append(
            t_count(
                "{count} entry has no place yet: the jury has not marked it.",
                "{count} entries have no place yet: the jury has not marked them.",
                result.unmarked,
            )
        )
    lines += [
        t_count(
            "{name} has not marked {count} entry: means of different jurors compare badly.",
            "{name} has not marked {count} entries: means of different jurors compare badly.",
            one.missing,
            name=one.name,
        )
        for one in result.jurors
        if one.missing
    ]
    return lines


def _draw_jury(result: ContestResult) -> None:
    if not result.jurors:
        return
    marks = {(name, one.entry_id): points for one in result.entries for name, points in one.marks}
    columns: list[Column[RankedEntry]] = [Column(t("Entry"), lambda row: row.label)]
    columns += [Column(one.name, partial(_mark_of, marks, one.name), Kind.NUMBER) for one in result.jurors]
    columns.append(Column(t("Mean"), lambda row: _rounded(row.jury_points), Kind.DECIMAL))
    with st.expander(t("Marks of the jury"), icon=":material/grading:"):
        show_table("jury", result.entries, columns, title=t("Marks of the jury"))


def _mark_of(marks: Mapping[tuple[str, int], int], juror: str, row: RankedEntry) -> int | None:
    return marks.get((juror, row.entry_id))


def _rounded(points: float | None) -> float | None:
    return None if points is None else round(points, 2)


def _columns(view: ActivationView, result: ContestResult) -> list[Column[RankedEntry]]:
    entries: dict[int, EntryRow] = {entry.id: entry for entry in view.entries}
    jury: list[Column[RankedEntry]] = (
        [
            Column(
                t("Jury"),
                lambda row: _rounded(row.jury_points),
                Kind.DECIMAL,
                help=t("The mean mark, from 1 to 10."),
            )
        ]
        if result.jurors
        else []
    )
    return [
        Column(t("Entry"), "label"),
        Column(t("Place"), "place", Kind.NUMBER),
        Column(t("Points of 10"), lambda row: _rounded(row.points), Kind.DECIMAL),
        Column(t("Votes"), "votes", Kind.NUMBER),
        *jury,
        Column(t("Flagged votes"), "flagged", Kind.NUMBER),
        Column(t("Entered by"), lambda row: entries[row.entry_id].proposed_by),
        Column(t("Where it stands"), lambda row: entries[row.entry_id].url, Kind.LINK),
        Column(
            t("Post is gone"),
            lambda row: entries[row.entry_id].post_gone,
            Kind.FLAG,
            help=t("Whether the post that was entered was taken down or erased."),
        ),
        Column(t("Key"), "key"),
    ]

"""A poll: shares with their range, and whether the first place is safe."""

from ambassador.ui.activations.views import people_figure, share_range, turnout_lines
from ambassador.ui.kit.charts import bars, show_chart
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.markup import paragraphs
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import number, percent, rich, t, t_count
from ambassador.values.activations.activations import ActivationView
from ambassador.values.activations.results import OptionResult, PollResult

_WHOLE = 100


def draw_poll(view: ActivationView, result: PollResult) -> None:
    """Draw the result of a poll; before anybody voted the options alone."""
    if not view.entries:
        st.info(
            t("Nothing can be voted on yet: add at least two options, or bring in a file of them."),
            icon=":material/how_to_vote:",
        )
        return
    first_row(*_figures(view, result))
    if result.participation.voters:
        rows = [
            {t("Option"): one.label, t("Share, in %"): round(_WHOLE * (one.share or 0), 1)}
            for one in result.options
        ]
        show_chart(bars(rows, name=t("Option"), value=t("Share, in %")), _takeaway(result))
        st.markdown(paragraphs(_remarks(result)))
    show_table("options", result.options, _columns(), title=t("Options"))


def _figures(view: ActivationView, result: PollResult) -> tuple[Figure, ...]:
    part, first = result.participation, next(iter(result.options), None)
    none_yet = t("no data yet")
    known = first is not None and first.share is not None
    return (
        people_figure(part, view.card),
        Figure(
            t("Most votes"),
            percent(first.share) if first and known else none_yet,
            t("likely {range}", range=share_range(first.low, first.high)) if first and known else "",
            help=t("Where the share lies in 95 of 100 such polls, had the voters been drawn by lot."),
        ),
        Figure(
            t("Votes until it is first no more"),
            number(result.margin) if result.margin is not None else none_yet,
            t("{count} flagged", count=number(part.flagged)),
        ),
    )


def _takeaway(result: PollResult) -> str:
    if result.tied_first:
        return t("Several options share the first place: nothing is decided")
    return t_count(
        "{name} is first unless {count} vote falls",
        "{name} is first unless {count} votes fall",
        result.margin or 0,
        name=result.options[0].label,
    )


def _remarks(result: PollResult) -> list[str]:
    lines = turnout_lines(result.participation)
    first = {result.options[0].entry_id} if result.margin is not None else set()
    without = set(result.first_without_flagged)
    if result.participation.flagged and without != first:
        names = [one.label for one in result.options if one.entry_id in without]
        lines.append(
            rich(
                "**Without the flagged voters first would be:** {names}.",
                names=", ".join(names) or t("nothing"),
            )
        )
    return lines


def _columns() -> list[Column[OptionResult]]:
    return [
        Column(t("Option"), "label"),
        Column(t("Votes"), "votes", Kind.NUMBER),
        Column(t("Share"), "share", Kind.PERCENT),
        Column(t("Likely range"), lambda row: share_range(row.low, row.high)),
        Column(t("Flagged votes"), "flagged", Kind.NUMBER),
        Column(t("Key"), "key"),
    ]

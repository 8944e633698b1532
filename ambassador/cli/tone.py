"""``ambassador tone`` and ``ambassador topic``: what posts sound like, and what they speak of."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from ambassador.cli.files import read_file, write_file
from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.cli.typed import day_of, one_of
from ambassador.cli.undoable import undoable
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.perimeters.reading import filter_of, find_perimeter
from ambassador.services.tone.figures import tone_figures
from ambassador.services.tone.files import label_from_file, labels_table
from ambassador.services.tone.labelling import label_tone, let_care_count, tone_history
from ambassador.services.tone.order import next_to_label, order_posts
from ambassador.services.tone.topics import USUAL, find_topics_of
from ambassador.services.tone.words import chance_note, found_note
from ambassador.values.mentions.mentions import MentionFilter, MentionRow
from ambassador.values.status_words import text_of
from ambassador.values.tone import Drawn, Tone, ToneFigures, ToneRow, ToneScores

_POST: Final = ("mention=id", "platform", "handle", "posted_at", "text", "url")
_SCORES: Final = ("macro_f1", "found", "calibration_error")
_SHOWN: Final = 80
_TONE: Final = mark("negative, neutral, positive or cannot_tell.")
_FILE: Final = mark("A table: a column called tone, and one called mention, url, or platform and post.")

Campaign = Annotated[str, typer.Option(help=mark("Name or number of the campaign."))]
Perimeter = Annotated[str, typer.Option(help=mark("Only of this perimeter or campaign."))]
Numbers = Annotated[list[int], typer.Argument(help=mark("Numbers of mentions, as the list shows them."))]


def register(app: typer.Typer) -> None:
    """Add ``tone`` and ``topic``."""
    about = mark("What posts sound like: labels, and the order of reading learned from them.")
    tone = typer.Typer(rich_markup_mode=None, help=about)
    tone.command("list", help=mark("List the newest posts, the likeliest complaints first."))(list_all)
    tone.command("next", help=mark("Show the post whose label teaches most, or one drawn at random."))(
        next_one
    )
    tone.command("label", help=mark("Say what the tone of posts is; what a person says wins."))(label)
    tone.command("history", help=mark("Tell all that was said of the tone of a post."))(history)
    tone.command("check", help=mark("Tell what the order is worth on the labels of this workspace."))(check)
    tone.command("import", help=mark("Take in a table of labels; the same file twice changes nothing."))(
        bring_in
    )
    tone.command("export", help=mark("Write all labels as a table."))(export)
    tone.command("care", help=mark("Let labels and cases of customer care count as labels, or not."))(care)
    app.add_typer(tone, name="tone")
    topic = typer.Typer(rich_markup_mode=None, help=mark("What posts speak of."))
    topic.command("list", help=mark("Group the newest posts by what they speak of."))(topics)
    app.add_typer(topic, name="topic")


def list_all(
    context: typer.Context,
    *,
    campaign: Campaign = "",
    perimeter: Perimeter = "",
    labelled: Annotated[
        bool, typer.Option("--labelled", help=mark("Those with a label, the last said first."))
    ] = False,
    limit: Annotated[int, typer.Option(help=mark("At most so many."), min=1)] = 50,
    as_json: JsonFlag = False,
) -> None:
    """List posts in the order of reading."""
    shell = shell_of(context)
    order = order_posts(shell.work(), _stream(shell, campaign, perimeter), limit=limit, labelled=labelled)
    value = {**parts_of(order, "ordered", "found", "labels"), "posts": [_parts(row) for row in order.rows]}
    shell.answer(value, as_json=as_json, text="\n".join(_line(shell, row) for row in order.rows))


def next_one(
    context: typer.Context, *, campaign: Campaign = "", perimeter: Perimeter = "", as_json: JsonFlag = False
) -> None:
    """Show the post to label next."""
    shell = shell_of(context)
    found = next_to_label(shell.work(), _stream(shell, campaign, perimeter))
    if found is None:
        shell.answer(None, as_json=as_json, text=shell.t("Every post that is here has a label."))
        return
    value = {**_parts(found.row), "drawn": found.drawn, "left": found.left}
    drawn = shell.t(text_of(found.drawn))
    lines = [f"{found.row.mention.id}  @{found.row.mention.handle}  ({drawn})", found.row.mention.text]
    shell.answer(value, as_json=as_json, text="\n".join(lines))


def label(
    context: typer.Context,
    numbers: Numbers,
    *,
    tone: Annotated[str, typer.Option("--tone", help=_TONE)] = "",
    off: Annotated[bool, typer.Option("--off", help=mark("Take the label off."))] = False,
    drawn: Annotated[
        bool, typer.Option("--random", help=mark("These posts were drawn at random, as by tone next."))
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Say what the tone of posts is."""
    if bool(tone) == off:
        raise BadInputError("Say the tone with --tone, or take it off with --off")
    shell = shell_of(context)
    noting = shell.work().noting()
    how = Drawn.RANDOM if drawn else Drawn.CHOSEN
    changed = label_tone(noting, numbers, None if off else one_of(Tone, tone), drawn=how)
    undoable(shell, noting, "tone label")
    value = {"tone": None if off else tone, "changed": list(changed)}
    shell.answer(value, as_json=as_json, text=shell.t("{count} mentions changed", count=len(changed)))


def history(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help=mark("Number of the mention."))],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Tell all that was said of the tone of a post."""
    shell = shell_of(context)
    said = tone_history(shell.work(), number)
    taken_off = shell.t("taken off")
    lines = [
        "  ".join(
            [f"{one.at:%Y-%m-%d %H:%M}", shell.t(text_of(one.tone)) if one.tone else taken_off, one.actor]
        )
        for one in said
    ]
    text = "\n".join(lines) or shell.t("Nobody has said anything of its tone.")
    shell.answer(said, as_json=as_json, text=text)


def check(context: typer.Context, *, as_json: JsonFlag = False) -> None:
    """Tell what the order is worth."""
    shell = shell_of(context)
    figures = tone_figures(shell.work())
    notes = [note for note in (found_note(figures), chance_note(figures)) if note is not None]
    counted = shell.t(
        "{negative} negative, {neutral} neutral, {positive} positive, {unclear} that cannot be told; {random}"
        " drawn at random",
        negative=figures.negative,
        neutral=figures.neutral,
        positive=figures.positive,
        unclear=figures.cannot_tell,
        random=figures.random,
    )
    value = {
        **parts_of(
            figures, "negative", "neutral", "positive", "cannot_tell", "random", "by_care", "care_counts",
            "learned", "weighted", "has_chance", "missing", "found",
        ),
        "learned_order": _scores(figures.ours),
        "lexicon": _scores(figures.lexicon),
        "majority": _scores(figures.majority),
        "notes": [shell.said(note) for note in notes],
    }  # fmt: skip
    lines = [counted, *(shell.said(note) for note in notes), *_score_lines(shell, figures)]
    shell.answer(value, as_json=as_json, text="\n".join(lines))


def bring_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=_FILE)],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Take in a table of labels."""
    shell = shell_of(context)
    noting = shell.work().noting()
    report = label_from_file(noting, file.name, read_file(file))
    undoable(shell, noting, "tone import")
    for note in report.notes:
        shell.tell(note)
    value = {
        **parts_of(report, "labelled", "changed", "known"),
        "rejected": shell.rejected(report.rejected),
        "notes": [shell.said(note) for note in report.notes],
    }
    text = shell.t(
        "{labelled} labels are in, {changed} of them in the place of another; {known} were here already",
        labelled=shell.number(report.labelled),
        changed=shell.number(report.changed),
        known=shell.number(report.known),
    )
    lines = [text, *shell.rejected_lines(report.rejected, mark("{count} could not be used:"))]
    shell.answer(value, as_json=as_json, text="\n".join(lines))


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=mark("Where to write the table (CSV)."))],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Write all labels as a table."""
    shell = shell_of(context)
    write_file(file, labels_table(shell.work()))
    shell.answer({"file": str(file)}, as_json=as_json, text=str(file))


def care(
    context: typer.Context,
    *,
    count: Annotated[
        bool,
        typer.Option("--count/--do-not-count", help=mark("Complaints are negative, praise is positive.")),
    ],
    as_json: JsonFlag = False,
) -> None:
    """Let labels and cases of customer care count, or not."""
    shell = shell_of(context)
    noting = shell.work().noting()
    let_care_count(noting, counts=count)
    undoable(shell, noting, "tone care")
    text = (
        shell.t("Complaints and praise of customer care count as labels.")
        if count
        else shell.t("Only what is said of the tone itself counts.")
    )
    shell.answer({"care_counts": count}, as_json=as_json, text=text)


def topics(
    context: typer.Context,
    *,
    campaign: Campaign = "",
    perimeter: Perimeter = "",
    since: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help=mark("From this day on (UTC)."))] = "",
    until: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help=mark("Until this day (UTC)."))] = "",
    most: Annotated[int, typer.Option("--most", help=mark("At most so many topics."), min=1, max=30)] = USUAL,
    as_json: JsonFlag = False,
) -> None:
    """Group the newest posts by what they speak of."""
    shell = shell_of(context)
    stream = replace(
        _stream(shell, campaign, perimeter),
        since=_midnight(day_of(since)) if since else None,
        until=_midnight(day_of(until) + timedelta(days=1)) if until else None,
    )
    view = find_topics_of(shell.work(), stream, most)
    value = {
        **parts_of(view, "read", "found", "without"),
        "topics": [
            {**parts_of(one, "words", "posts"), "typical": [parts_of(row, *_POST) for row in one.typical]}
            for one in view.topics
        ],
    }
    lines = []
    for one in view.topics:
        lines.append(f"{shell.number(one.posts)}  {', '.join(one.words)}")
        lines += [f"    {_short(row)}" for row in one.typical]
    lines.append(
        shell.t("{count} of {read} posts belong to none of these.", count=view.without, read=view.read)
    )
    shell.answer(value, as_json=as_json, text="\n".join(lines))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _stream(shell: Shell, campaign: str, perimeter: str) -> MentionFilter:
    work = shell.work()
    stream = filter_of(work, find_perimeter(work, perimeter)) if perimeter else MentionFilter()
    return replace(stream, campaign_id=find_campaign(work, campaign)) if campaign else stream


def _parts(row: ToneRow) -> dict[str, Any]:
    return {
        **parts_of(row, "place", "tone", "by_care", "chance", "cannot_tell"),
        **parts_of(row.mention, *_POST),
    }


def _line(shell: Shell, row: ToneRow) -> str:
    told = shell.t(text_of(row.tone)) if row.tone else ""
    if row.chance is not None:
        told = f"{shell.number(100 * row.chance)}%"
    return "  ".join(
        part for part in (str(row.place), str(row.mention.id), told, _short(row.mention)) if part
    )


def _short(row: MentionRow) -> str:
    return f"@{row.handle}  {' '.join(row.text.split())[:_SHOWN]}"


def _scores(scores: ToneScores | None) -> dict[str, Any] | None:
    return None if scores is None else parts_of(scores, *_SCORES)


def _score_lines(shell: Shell, figures: ToneFigures) -> list[str]:
    named = (
        (mark("the order learned here"), figures.ours),
        (mark("our list of words alone"), figures.lexicon),
        (mark("what most labels say"), figures.majority),
    )
    lines = []
    for name, scores in named:
        if scores is None:
            continue
        told = shell.t(
            "{name}: F1 {macro}, first 20% finds {found}%",
            name=shell.t(name),
            macro=shell.number(scores.macro_f1, 2),
            found=shell.number(100 * scores.found),
        )
        if scores.calibration_error is not None:
            error = shell.number(100 * scores.calibration_error)
            told += ", " + shell.t("probabilities off by {error} points", error=error)
        lines.append(told)
    return lines

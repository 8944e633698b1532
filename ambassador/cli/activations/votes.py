"""``ambassador activation import|vote|take-out|result|export``: votes in, results out."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ambassador.cli.activations.told import contest_lines, ideas_lines, poll_lines, session_lines
from ambassador.cli.files import read_file, write_file
from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.cli.typed import one_of
from ambassador.cli.undoable import undoable
from ambassador.i18n import mark
from ambassador.services.activations.activation_view import activation_draft, find_activation
from ambassador.services.activations.ballots import bring_in_votes, take_out_votes, vote_by_hand
from ambassador.services.activations.contests import count_contest
from ambassador.services.activations.files import ending_of, votes_file
from ambassador.services.activations.ideas import count_ideas
from ambassador.services.activations.polls import count_poll
from ambassador.services.activations.questions import read_session
from ambassador.values.activations.states import ActivationKind, BudgetRule
from ambassador.values.activations.votes import VotesReport

Name = Annotated[str, typer.Argument(metavar="ACTIVATION", help=mark("Title or number of the activation."))]
_FILE: Final = mark(
    "A .pb file, or a table (CSV, XLSX) with voter and vote, with key, title and cost or link, or with "
    "juror, entry and mark."
)
_INTO: Final = mark("Which activation the file belongs to; a .pb file becomes one itself if not said.")
_RULE: Final = mark("Which rule the .pb file calls ideas selected by: votes, votes_per_cost, equal_shares.")


def register(group: typer.Typer) -> None:
    """Add the verbs about votes and results."""
    group.command("import", help=mark("Bring in a file of ideas, entries, votes or marks."))(bring_in)
    group.command("vote", help=mark("Write one vote down as somebody told it."))(vote)
    group.command("take-out", help=mark("Let the ballots of a file count no more, or count again."))(take_out)
    group.command(
        "result", help=mark("Count the votes: what each rule builds, shares of a poll, ranking of a contest.")
    )(result)
    group.command("export", help=mark("Write a result that anybody can recount; nobody is named in it."))(
        export
    )


def bring_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=_FILE)],
    *,
    activation: Annotated[str, typer.Option(help=_INTO)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Bring in a file of ideas or votes."""
    shell = shell_of(context)
    work = shell.work()
    number = find_activation(work, activation) if activation else None
    noting = work.noting()
    report = bring_in_votes(noting, number, file.name, read_file(file))
    undoable(shell, noting, "activation import")
    for note in report.notes:
        shell.tell(note)
    answer = {
        **parts_of(
            report,
            "activation=activation_id",
            "file=file_id",
            "ballots",
            "entries",
            "changed",
            "marks",
            "questions",
        ),
        "rejected": shell.rejected(report.rejected),
        "unknown": shell.rejected(report.unknown),
        "notes": [shell.said(note) for note in report.notes],
    }
    shell.answer(answer, as_json=as_json, text="\n".join(_report_lines(shell, report)))


def vote(
    context: typer.Context,
    activation: Name,
    voter: Annotated[str, typer.Argument(help=mark("Who votes, such as instagram:nina."))],
    choices: Annotated[str, typer.Argument(help=mark("Keys of ideas or options, with commas."))],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Write one vote down."""
    shell = shell_of(context)
    number = find_activation(shell.work(), activation)
    noting = shell.work().noting()
    made = vote_by_hand(noting, number, voter, choices)
    undoable(shell, noting, "activation vote")
    shell.answer({"ballot": made}, as_json=as_json, text=shell.t("Ballot {number}", number=made))


def take_out(
    context: typer.Context,
    numbers: Annotated[list[int], typer.Argument(help=mark("Numbers of files, as show lists them."))],
    *,
    back: Annotated[bool, typer.Option("--back", help=mark("Bring it back."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Take files of votes out, or put them back."""
    shell = shell_of(context)
    noting = shell.work().noting()
    for number in numbers:
        take_out_votes(noting, number, out=not back)
    undoable(shell, noting, "activation take-out")
    text = shell.t("Their ballots count again.") if back else shell.t("Their ballots count no more.")
    shell.answer({"files": numbers, "counts": back}, as_json=as_json, text=text)


def result(context: typer.Context, activation: Name, *, as_json: JsonFlag = False) -> None:
    """Count the votes."""
    shell = shell_of(context)
    work = shell.work()
    number = find_activation(work, activation)
    kind = activation_draft(work, number).kind
    if kind is ActivationKind.QUESTIONS:
        session = read_session(work, number)
        shell.answer(session, as_json=as_json, text="\n".join(session_lines(shell, session)))
        return
    if kind is ActivationKind.CONTEST:
        ranking = count_contest(work, number)
        shell.answer(ranking, as_json=as_json, text="\n".join(contest_lines(shell, ranking)))
        return
    if kind is ActivationKind.POLL:
        poll = count_poll(work, number)
        shell.answer(poll, as_json=as_json, text="\n".join(poll_lines(shell, poll)))
        return
    ideas = count_ideas(work, number)
    shell.answer(ideas, as_json=as_json, text="\n".join(ideas_lines(shell, ideas)))


def export(
    context: typer.Context,
    activation: Name,
    *,
    output: Annotated[Path, typer.Option(metavar="F", help=mark("File to write: .pb or .csv."))],
    ballots: Annotated[
        bool, typer.Option("--ballots", help=mark("As CSV the ballots in place of the ideas."))
    ] = False,
    marks: Annotated[
        bool, typer.Option("--marks", help=mark("As CSV the marks of the jury in place of the ranking."))
    ] = False,
    rule: Annotated[str, typer.Option(help=_RULE)] = BudgetRule.EQUAL_SHARES.value,
    as_json: JsonFlag = False,
) -> None:
    """Write a result that anybody can recount."""
    shell = shell_of(context)
    number = find_activation(shell.work(), activation)
    chosen, ending = one_of(BudgetRule, rule), ending_of(output.name)
    content = votes_file(shell.work(), number, ending, chosen, ballots=ballots, marks=marks)
    write_file(output, content)
    answer = {"output": str(output), "bytes": len(content), "activation": number}
    shell.answer(answer, as_json=as_json, text=shell.t("{file} is written.", file=str(output)))


def _report_lines(shell: Shell, report: VotesReport) -> list[str]:
    if report.questions:
        head = shell.t("{count} questions came in", count=shell.number(report.questions))
        return [head, *shell.rejected_lines(report.rejected, mark("{count} could not be used:"))]
    lines = [
        shell.t(
            "Activation {number}: {ballots} ballots, {entries} ideas or options new, {changed} changed",
            number=report.activation_id,
            ballots=shell.number(report.ballots),
            entries=shell.number(report.entries),
            changed=shell.number(report.changed),
        )
    ]
    if report.marks:
        lines.append(shell.t("{count} marks of the jury came in", count=shell.number(report.marks)))
    lines += shell.rejected_lines(report.rejected, mark("{count} could not be used:"))
    lines += shell.rejected_lines(
        report.unknown, mark("{count} single choices name nothing here; the rest counts:")
    )
    return lines

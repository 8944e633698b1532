"""``ambassador activation ask|questions|moderate|merge|answer|transcript``: a session of live questions."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ambassador.cli.activations.told import question_line, session_lines
from ambassador.cli.files import write_file
from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.cli.undoable import undoable
from ambassador.errors import BadInputError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.activations.activation_view import find_activation
from ambassador.services.activations.files import ending_of
from ambassador.services.activations.questions import (
    answer_question,
    ask_question,
    merge_question,
    moderate_question,
    read_session,
    take_answer_back,
)
from ambassador.services.activations.transcript import transcript_file
from ambassador.values.activations.questions import QuestionDraft
from ambassador.values.activations.states import QuestionStatus

Name = Annotated[str, typer.Argument(metavar="ACTIVATION", help=mark("Title or number of the activation."))]
Number = Annotated[int, typer.Argument(help=mark("Number of the question."))]
_TEXT: Final = mark("The question; with --mention taken from the post if not said.")
_POST: Final = mark("Number of the post in which it was asked.")
_INTO: Final = mark("Number of the question that asks the same; the one it stands in is parted if not said.")


def register(group: typer.Typer) -> None:
    """Add the verbs about questions."""
    group.command("ask", help=mark("Write down a question, or take one from a post."))(ask)
    group.command("questions", help=mark("List the questions of a session, with how many are answered."))(
        questions
    )
    group.command("moderate", help=mark("Take questions in, turn them down for a reason, or let them wait."))(
        moderate
    )
    group.command("merge", help=mark("Let a question stand in another that asks the same, or part them."))(
        merge
    )
    group.command("answer", help=mark("Write down what was answered and by whom, or take it back."))(answer)
    group.command("transcript", help=mark("Write what was asked and answered, to publish: .md or .csv."))(
        transcript
    )


def ask(
    context: typer.Context,
    activation: Name,
    text: Annotated[str, typer.Argument(help=_TEXT)] = "",
    *,
    by: Annotated[str, typer.Option(help=mark("Who asked, such as instagram:nina."))] = "",
    mention: Annotated[int | None, typer.Option(help=_POST)] = None,
    as_json: JsonFlag = False,
) -> None:
    """Write down a question."""
    shell = shell_of(context)
    work = shell.work()
    number = find_activation(work, activation)
    noting = work.noting()
    made = ask_question(noting, number, QuestionDraft(text, by, mention_id=mention))
    undoable(shell, noting, "activation ask")
    _tell(shell, number, [made], as_json=as_json)


def questions(context: typer.Context, activation: Name, *, as_json: JsonFlag = False) -> None:
    """List the questions of a session."""
    shell = shell_of(context)
    work = shell.work()
    result = read_session(work, find_activation(work, activation))
    answer = parts_of(
        result, "questions", "people", "answered", "share_answered", "waiting", "refused", "merged"
    )
    shell.answer(answer, as_json=as_json, text="\n".join(session_lines(shell, result)))


def moderate(
    context: typer.Context,
    activation: Name,
    numbers: Annotated[list[int], typer.Argument(help=mark("Numbers of questions."))],
    *,
    accept: Annotated[bool, typer.Option("--accept", help=mark("Take them in."))] = False,
    refuse: Annotated[str, typer.Option(help=mark("Turn them down, for this reason."))] = "",
    wait: Annotated[bool, typer.Option("--wait", help=mark("Let them wait for a look again."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Take questions in, turn them down, or let them wait."""
    shell = shell_of(context)
    if sum((accept, bool(refuse), wait)) != 1:
        raise BadInputError(mark("Say one of --accept, --refuse and --wait"))
    session = _session_of(shell, activation, numbers)
    waiting = QuestionStatus.WAITING if wait else QuestionStatus.REFUSED
    status = QuestionStatus.ACCEPTED if accept else waiting
    noting = shell.work().noting()
    for number in numbers:
        moderate_question(noting, number, status, refuse)
    undoable(shell, noting, "activation moderate")
    _tell(shell, session, numbers, as_json=as_json)


def merge(
    context: typer.Context,
    activation: Name,
    number: Number,
    *,
    into: Annotated[int | None, typer.Option(help=_INTO)] = None,
    as_json: JsonFlag = False,
) -> None:
    """Merge a question into another, or part them."""
    shell = shell_of(context)
    session = _session_of(shell, activation, [number])
    noting = shell.work().noting()
    merge_question(noting, number, into)
    undoable(shell, noting, "activation merge")
    _tell(shell, session, [number], as_json=as_json)


def answer(
    context: typer.Context,
    activation: Name,
    number: Number,
    text: Annotated[str, typer.Argument(help=mark("The answer."))] = "",
    *,
    by: Annotated[str, typer.Option(help=mark("Who answered."))] = "",
    take_back: Annotated[bool, typer.Option("--take-back", help=mark("Take the answer back."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Write an answer down, or take it back."""
    shell = shell_of(context)
    session = _session_of(shell, activation, [number])
    noting = shell.work().noting()
    if take_back:
        take_answer_back(noting, number)
    else:
        answer_question(noting, number, text, by)
    undoable(shell, noting, "activation answer")
    _tell(shell, session, [number], as_json=as_json)


def transcript(
    context: typer.Context,
    activation: Name,
    *,
    output: Annotated[Path, typer.Option(metavar="F", help=mark("File to write: .md or .csv."))],
    names: Annotated[bool, typer.Option("--names", help=mark("Name who asked."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Write the transcript of a session."""
    shell = shell_of(context)
    number = find_activation(shell.work(), activation)
    content = transcript_file(shell.work(), number, ending_of(output.name), shell.language, names=names)
    write_file(output, content)
    said = {"output": str(output), "bytes": len(content), "activation": number}
    shell.answer(said, as_json=as_json, text=shell.t("{file} is written.", file=str(output)))


def _session_of(shell: Shell, activation: str, numbers: list[int]) -> int:
    """Find the session, and refuse questions of another one."""
    number = find_activation(shell.work(), activation)
    there = {one.id for one in read_session(shell.work(), number).questions}
    for one in numbers:
        if one not in there:
            raise NotFoundError("There is no question number {number}", number=one)
    return number


def _tell(shell: Shell, session: int, numbers: list[int], *, as_json: bool) -> None:
    rows = [one for one in read_session(shell.work(), session).questions if one.id in numbers]
    shell.answer(rows, as_json=as_json, text="\n".join(question_line(shell, one) for one in rows))

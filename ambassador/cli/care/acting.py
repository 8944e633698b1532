"""``ambassador case answer|said|wait|resume|solve|reopen|note|edit|rate|minutes|merge|split|link``."""

from dataclasses import replace
from typing import Annotated, Any, Final

import typer

from ambassador.cli.care.told import done
from ambassador.cli.shell import JsonFlag, shell_of
from ambassador.cli.typed import moment_of, one_of, or_empty
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.care.joining import link_cases, merge_cases, split_case
from ambassador.services.care.moves import (
    answer_case,
    case_fields,
    customer_said,
    edit_case,
    log_minutes,
    move_case,
    note_on_case,
    rate_case,
)
from ambassador.values.care.states import CaseKind, CasePriority, CaseStatus

Number = Annotated[int, typer.Argument(metavar="CASE", help=mark("Number of the case."))]
_AT: Final = mark("When it was said; now if not said.")
_SATISFIED: Final = mark("From 1 to 5; none takes it away.")
_TOOK: Final = mark("Whole minutes; none takes them away.")
_ENTRY: Final = mark("Number of the entry, as show lists it; the last answer, solution or note if not said.")
At = Annotated[str, typer.Option(metavar="YYYY-MM-DDTHH:MM+02:00", help=_AT)]
_MINUTES: Final = mark("Minutes of work it took, to be logged.")
Minutes = Annotated[int | None, typer.Option(help=_MINUTES)]
Note = Annotated[str, typer.Option(help=mark("A word on it."))]


def register(group: typer.Typer) -> None:
    """Add the verbs that act on cases."""
    group.command("answer", help=mark("Write down what we answered."))(answer)
    group.command("said", help=mark("Write down what the customer said next."))(said)
    group.command("wait", help=mark("Wait for the customer: no clock runs meanwhile."))(wait)
    group.command("resume", help=mark("Wait for the customer no more."))(resume)
    group.command("solve", help=mark("Mark a case as solved."))(solve)
    group.command("reopen", help=mark("Open a solved case again."))(reopen)
    group.command("note", help=mark("Write a note that only we read."))(note)
    group.command("edit", help=mark("Change a case: only what is said; none empties a field."))(edit)
    group.command("rate", help=mark("Log how satisfied the customer was, and a sentence."))(rate)
    group.command("minutes", help=mark("Log the minutes of work an answer took, or correct them."))(minutes)
    group.command("merge", help=mark("Make two cases one: what was said in the second goes to the first."))(
        merge
    )
    group.command("split", help=mark("Let some of what was said become a case of its own."))(split)
    group.command("link", help=mark("Note that two cases have to do with each other."))(link)


def answer(
    context: typer.Context,
    number: Number,
    text: Annotated[str, typer.Argument(help=mark("What we answered."))],
    *,
    wait: Annotated[bool, typer.Option("--wait", help=mark("Then wait for the customer."))] = False,
    solve: Annotated[bool, typer.Option("--solve", help=mark("Then it is solved."))] = False,
    minutes: Minutes = None,
    at: At = "",
    as_json: JsonFlag = False,
) -> None:
    """Write down what we answered."""
    if wait and solve:
        raise BadInputError(mark("Say --wait or --solve, not both"))
    shell = shell_of(context)
    noting = shell.work().noting()
    then = CaseStatus.WAITING if wait else CaseStatus.SOLVED if solve else None
    answer_case(noting, number, text, then=then, at=moment_of(at), minutes=minutes)
    done(shell, noting, number, "case answer", as_json=as_json)


def said(
    context: typer.Context,
    number: Number,
    text: Annotated[str, typer.Argument(help=mark("What the customer said."))],
    *,
    at: At = "",
    as_json: JsonFlag = False,
) -> None:
    """Write down what the customer said next."""
    shell = shell_of(context)
    noting = shell.work().noting()
    customer_said(noting, number, text, at=moment_of(at))
    done(shell, noting, number, "case said", as_json=as_json)


def wait(
    context: typer.Context, number: Number, *, note: Note = "", at: At = "", as_json: JsonFlag = False
) -> None:
    """Wait for the customer."""
    _move(context, number, CaseStatus.WAITING, "case wait", (note, at), as_json=as_json)


def resume(
    context: typer.Context, number: Number, *, note: Note = "", at: At = "", as_json: JsonFlag = False
) -> None:
    """Wait for the customer no more."""
    _move(context, number, CaseStatus.OPEN, "case resume", (note, at), as_json=as_json)


def solve(
    context: typer.Context,
    number: Number,
    *,
    note: Note = "",
    minutes: Minutes = None,
    at: At = "",
    as_json: JsonFlag = False,
) -> None:
    """Mark a case as solved."""
    _move(context, number, CaseStatus.SOLVED, "case solve", (note, at), minutes=minutes, as_json=as_json)


def reopen(
    context: typer.Context, number: Number, *, note: Note = "", at: At = "", as_json: JsonFlag = False
) -> None:
    """Open a solved case again."""
    _move(context, number, CaseStatus.REOPENED, "case reopen", (note, at), as_json=as_json)


def _move(
    context: typer.Context,
    number: int,
    wanted: CaseStatus,
    verb: str,
    said_of_it: tuple[str, str],
    *,
    minutes: int | None = None,
    as_json: bool,
) -> None:
    shell = shell_of(context)
    noting = shell.work().noting()
    move_case(noting, number, wanted, said_of_it[0], at=moment_of(said_of_it[1]), minutes=minutes)
    done(shell, noting, number, verb, as_json=as_json)


def note(
    context: typer.Context,
    number: Number,
    text: Annotated[str, typer.Argument(help=mark("In words."))],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Write a note."""
    shell = shell_of(context)
    noting = shell.work().noting()
    note_on_case(noting, number, text)
    done(shell, noting, number, "case note", as_json=as_json)


def edit(
    context: typer.Context,
    number: Number,
    *,
    kind: Annotated[str | None, typer.Option(help=mark("complaint, question, praise or crisis."))] = None,
    priority: Annotated[str | None, typer.Option(help=mark("high, normal or low."))] = None,
    owner: Annotated[str | None, typer.Option(help=mark("Whose it is; none: nobody's."))] = None,
    subject: Annotated[str | None, typer.Option(help=mark("What it is about."))] = None,
    customer: Annotated[str | None, typer.Option(help=mark("What the customer is called."))] = None,
    contact: Annotated[str | None, typer.Option(help=mark("E-mail or telephone."))] = None,
    private: Annotated[
        bool | None,
        typer.Option("--private/--public", help=mark("Whether only we and the customer read it.")),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Change a case."""
    shell = shell_of(context)
    was = case_fields(shell.work(), number)
    texts = {"owner": owner, "subject": subject, "customer": customer, "contact": contact}
    changes: dict[str, Any] = {
        name: or_empty(text, str.strip, "") for name, text in texts.items() if text is not None
    }
    if kind is not None:
        changes["kind"] = one_of(CaseKind, kind)
    if priority is not None:
        changes["priority"] = one_of(CasePriority, priority)
    if private is not None:
        changes["is_private"] = private
    noting = shell.work().noting()
    edit_case(noting, number, replace(was, **changes), was)
    done(shell, noting, number, "case edit", as_json=as_json)


def rate(
    context: typer.Context,
    number: Number,
    satisfaction: Annotated[str, typer.Argument(help=_SATISFIED)],
    *,
    note: Annotated[str, typer.Option(help=mark("What they said of it."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Log how satisfied the customer was."""
    shell = shell_of(context)
    noting = shell.work().noting()
    rate_case(noting, number, or_empty(satisfaction, _whole, None), note)
    done(shell, noting, number, "case rate", as_json=as_json)


def minutes(
    context: typer.Context,
    number: Number,
    took: Annotated[str, typer.Argument(metavar="MINUTES", help=_TOOK)],
    *,
    entry: Annotated[int | None, typer.Option(help=_ENTRY)] = None,
    as_json: JsonFlag = False,
) -> None:
    """Log the minutes of work an answer took."""
    shell = shell_of(context)
    noting = shell.work().noting()
    log_minutes(noting, number, or_empty(took, _whole, None), entry=entry)
    done(shell, noting, number, "case minutes", as_json=as_json)


def _whole(text: str) -> int:
    try:
        return int(text.strip()[:9])
    except ValueError:
        raise BadInputError("{value} is no number", value=text) from None


def merge(
    context: typer.Context,
    number: Number,
    other: Annotated[int, typer.Argument(help=mark("The case that goes into it."))],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Make two cases one."""
    shell = shell_of(context)
    noting = shell.work().noting()
    merge_cases(noting, number, other)
    done(shell, noting, number, "case merge", as_json=as_json)


def split(
    context: typer.Context,
    number: Number,
    entries: Annotated[list[int], typer.Argument(help=mark("Numbers of entries, as show lists them."))],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Let entries become a case of their own."""
    shell = shell_of(context)
    noting = shell.work().noting()
    part = split_case(noting, number, entries)
    done(shell, noting, part, "case split", as_json=as_json)


def link(
    context: typer.Context,
    number: Number,
    other: Annotated[int, typer.Argument(help=mark("The other case."))],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Link two cases."""
    shell = shell_of(context)
    noting = shell.work().noting()
    link_cases(noting, number, other)
    done(shell, noting, number, "case link", as_json=as_json)

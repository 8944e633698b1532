"""``people add|edit|archive|restore|unmerge|export``: change people by hand, and hand over what is known."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from ambassador.cli.files import write_file
from ambassador.cli.shell import JsonFlag, amount, as_json_text, shell_of
from ambassador.cli.typed import day_of, or_empty, words_of
from ambassador.cli.undoable import undoable
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.people.edit_people import add_person, archive_people, edit_people, restore_people
from ambassador.services.people.erase_person import export_person
from ambassador.services.people.merge_people import undo_merge
from ambassador.services.people.people import persons_by_handle
from ambassador.services.people.person_card import open_person
from ambassador.values.people.people import NewPerson, PersonEdit

_PERSON: Final = mark("Who: handle, platform:handle, or # and the number of the person.")
_DAY: Final = "YYYY-MM-DD"
_Text = str | None
People = Annotated[list[str], typer.Argument(help=_PERSON)]
Person = Annotated[str, typer.Argument(help=_PERSON)]
_FEE: Final = mark("Usual fee.")
_FOLLOWERS: Final = mark("Followers; unknown if not said.")
_TOPICS: Final = mark("Separated by commas.")


def register(group: typer.Typer) -> None:
    """Add the verbs that change people."""
    group.command("add", help=mark("Put one person in by hand."))(add)
    group.command("edit", help=mark("Change people: only what is said; none empties a field."))(edit)
    group.command("archive", help=mark("Archive people: they are neither listed nor picked."))(archive)
    group.command("restore", help=mark("Bring archived people back."))(bring_back)
    group.command("unmerge", help=mark("Make two people again of one, the latest merge first."))(unmerge)
    group.command("export", help=mark("Write everything known of one person to a file, for them."))(export)


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=mark("Their name."))],
    *,
    handle: Annotated[str, typer.Option(help=mark("Handle, or address of the page."))] = "",
    platform: Annotated[str, typer.Option(help=mark("Platform of the handle."))] = "",
    followers: Annotated[int | None, typer.Option(min=0, help=_FOLLOWERS)] = None,
    city: Annotated[str, typer.Option(help=mark("City."))] = "",
    language: Annotated[str, typer.Option("--speaks", help=mark("Their language, such as it."))] = "",
    topics: Annotated[str, typer.Option(help=_TOPICS)] = "",
    email: Annotated[str, typer.Option(help=mark("E-mail."))] = "",
    telephone: Annotated[str, typer.Option(help=mark("Telephone number."))] = "",
    fee: Annotated[str, typer.Option(help=_FEE)] = "",
    currency: Annotated[str, typer.Option(help=mark("Three letters."))] = "EUR",
    source: Annotated[str, typer.Option(help=mark("How you found them."))] = "",
    lawful_basis: Annotated[str, typer.Option(help=mark("Why you may keep their data."))] = "",
    notes: Annotated[str, typer.Option(help=mark("In words."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Put one person in."""
    shell = shell_of(context)
    new = NewPerson(
        name=name,
        platform=platform,
        handle=handle,
        followers=followers,
        city=city,
        language=language,
        topics=words_of(topics),
        email=email,
        telephone=telephone,
        fee=amount(fee, currency.upper()),
        source=source,
        lawful_basis=lawful_basis,
        notes=notes,
    )
    noting = shell.work().noting()
    number = add_person(noting, new)
    undoable(shell, noting, "people add")
    shell.answer({"id": number}, as_json=as_json, text=shell.t("{name} was added.", name=name))


def edit(
    context: typer.Context,
    people: People,
    *,
    name: Annotated[_Text, typer.Option(help=mark("Their name."))] = None,
    city: Annotated[_Text, typer.Option(help=mark("City."))] = None,
    country: Annotated[_Text, typer.Option(help=mark("Country, in two letters."))] = None,
    language: Annotated[_Text, typer.Option("--speaks", help=mark("Their language, such as it."))] = None,
    topics: Annotated[_Text, typer.Option(help=_TOPICS)] = None,
    email: Annotated[_Text, typer.Option(help=mark("E-mail."))] = None,
    telephone: Annotated[_Text, typer.Option(help=mark("Telephone number."))] = None,
    notes: Annotated[_Text, typer.Option(help=mark("In words."))] = None,
    fee: Annotated[_Text, typer.Option(help=_FEE)] = None,
    currency: Annotated[str, typer.Option(help=mark("Three letters."))] = "EUR",
    posting: Annotated[_Text, typer.Option(help=mark("Chance that they post, from 0 to 1."))] = None,
    candidate: Annotated[
        bool | None, typer.Option("--candidate/--no-candidate", help=mark("Whether picks consider them."))
    ] = None,
    score: Annotated[_Text, typer.Option(help=mark("Score set by hand, from 0 to 100."))] = None,
    reason: Annotated[_Text, typer.Option(help=mark("Why the score is set by hand."))] = None,
    source: Annotated[_Text, typer.Option(help=mark("How you found them."))] = None,
    lawful_basis: Annotated[_Text, typer.Option(help=mark("Why you may keep their data."))] = None,
    noticed: Annotated[_Text, typer.Option(metavar=_DAY, help=mark("Day they were informed."))] = None,
    objected: Annotated[_Text, typer.Option(metavar=_DAY, help=mark("Day they objected."))] = None,
    as_json: JsonFlag = False,
) -> None:
    """Change several people at once, all or none."""
    shell = shell_of(context)
    typed: dict[str, tuple[_Text, Callable[[str], Any], Any]] = {
        "name": (name, str.strip, ""),
        "city": (city, str.strip, ""),
        "country": (country, str.strip, ""),
        "language": (language, str.strip, ""),
        "topics": (topics, words_of, ()),
        "email": (email, str.strip, ""),
        "telephone": (telephone, str.strip, ""),
        "notes": (notes, str.strip, ""),
        "fee": (fee, lambda text: amount(text, currency.upper()), None),
        "posting_probability": (posting, _number, None),
        "score_by_hand": (score, _number, None),
        "score_reason": (reason, str.strip, ""),
        "source": (source, str.strip, ""),
        "lawful_basis": (lawful_basis, str.strip, ""),
        "noticed_on": (noticed, day_of, None),
        "objected_on": (objected, day_of, None),
    }
    changes = {
        field: or_empty(text, read, empty) for field, (text, read, empty) in typed.items() if text is not None
    }
    if candidate is not None:
        changes["is_candidate"] = candidate
    if not changes:
        raise BadInputError("Say what is to change")
    numbers = persons_by_handle(shell.work(), people)
    noting = shell.work().noting()
    edit_people(noting, [PersonEdit(number, changes) for number in numbers])
    undoable(shell, noting, "people edit")
    text = shell.t("{count} changed", count=len(numbers))
    shell.answer({"changed": numbers, "fields": list(changes)}, as_json=as_json, text=text)


def archive(context: typer.Context, people: People, *, as_json: JsonFlag = False) -> None:
    """Put people away."""
    shell = shell_of(context)
    numbers = persons_by_handle(shell.work(), people)
    noting = shell.work().noting()
    count = archive_people(noting, numbers)
    undoable(shell, noting, "people archive")
    text = shell.t("{count} archived", count=count)
    shell.answer({"archived": numbers, "count": count}, as_json=as_json, text=text)


def bring_back(context: typer.Context, people: People, *, as_json: JsonFlag = False) -> None:
    """Bring people back."""
    shell = shell_of(context)
    numbers = persons_by_handle(shell.work(), people)
    noting = shell.work().noting()
    count = restore_people(noting, numbers)
    undoable(shell, noting, "people restore")
    text = shell.t("{count} brought back", count=count)
    shell.answer({"restored": numbers, "count": count}, as_json=as_json, text=text)


def unmerge(context: typer.Context, person: Person, *, as_json: JsonFlag = False) -> None:
    """Take the latest merge of a person back."""
    shell = shell_of(context)
    work = shell.work()
    number = persons_by_handle(work, [person])[0]
    merges = open_person(work, number).merges
    if not merges:
        raise BadInputError("{name} was merged with nobody", name=person)
    noting = work.noting()
    undo_merge(noting, merges[:1])
    undoable(shell, noting, "people unmerge")
    answer = {"person": number, "undone": merges[0]}
    shell.answer(answer, as_json=as_json, text=shell.t("They are two people again."))


def export(
    context: typer.Context,
    person: Person,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="F", help=mark("File to write: .json."))
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Hand over everything known of one person, to a file or on the screen."""
    shell = shell_of(context)
    known = export_person(shell.work(), persons_by_handle(shell.work(), [person])[0])
    if output is None:
        shell.answer(known, as_json=True, text="")
        return
    write_file(output, as_json_text(known).encode())
    text = shell.t("{file} is written.", file=str(output))
    shell.answer({"output": str(output)}, as_json=as_json, text=text)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadInputError("{text} is no number", text=text) from None

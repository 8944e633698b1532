"""``ambassador people list|show|merge|erase``; what changes people stands beside."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Annotated, Any, Final

import typer

from ambassador.cli.people import changes
from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.cli.typed import day_of
from ambassador.cli.undoable import undoable
from ambassador.errors import AnswerNeededError
from ambassador.i18n import mark
from ambassador.services.backups.daily import of_the_erased, renew_backups
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.merge_people import merge_people, preview_merge
from ambassador.services.people.people import list_people, persons_by_handle
from ambassador.services.people.person_card import open_person
from ambassador.values.money import money
from ambassador.values.people.people import PeopleFilter, PersonRow

_PERSON = mark("Who: handle, platform:handle, or # and the number of the person.")

_RENEW = mark("Make a fresh backup and delete the older ones kept here: they still hold the person.")

_FROM = mark("At least so many followers.")
_TO = mark("At most so many followers.")
_FIELDS: Final = (
    "id",
    "name",
    "handles",
    "city",
    "topics",
    "followers=figures.followers",
    "engagement_rate_by_followers=rate_by_followers",
    "percentile",
    "peers",
    "score=score.shown",
    "missing=score.missing",
    "fee",
    "read_at=figures.read_at",
)


def register(app: typer.Typer) -> None:
    """Add the verbs about people."""
    group = typer.Typer(help=mark("The people you may work with."), rich_markup_mode=None)
    group.command("list", help=mark("List people, with their standing among their peers."))(list_verb)
    group.command("show", help=mark("Show everything known of one person."))(show)
    group.command("merge", help=mark("Make one person of several rows; the first is kept."))(merge)
    group.command("erase", help=mark("Erase one person for good, everywhere."))(erase)
    changes.register(group)
    app.add_typer(group, name="people")


def list_verb(
    context: typer.Context,
    *,
    search: Annotated[
        str, typer.Option("--search", help=mark("Words in name, handle, city or topics."))
    ] = "",
    city: Annotated[
        list[str] | None, typer.Option("--city", help=mark("Only this city; may be repeated."))
    ] = None,
    topic: Annotated[
        list[str] | None, typer.Option("--topic", help=mark("Only this topic; may be repeated."))
    ] = None,
    fee: Annotated[
        str | None, typer.Option("--fee", help=mark("Usual fee of at most so many euros."))
    ] = None,
    candidates: Annotated[
        bool, typer.Option("--candidates", help=mark("Only people picks consider."))
    ] = False,
    platform: Annotated[
        list[str] | None, typer.Option("--platform", help=mark("Only this platform; may be repeated."))
    ] = None,
    followers_from: Annotated[int | None, typer.Option(min=0, help=_FROM)] = None,
    followers_to: Annotated[int | None, typer.Option(min=0, help=_TO)] = None,
    read_since: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help=mark("Only whose figures were read since."))
    ] = "",
    wanted: Annotated[
        list[str] | None,
        typer.Option("--wanted", help=mark("Topic the score looks for; may be repeated.")),
    ] = None,
    archived: Annotated[bool, typer.Option("--archived", help=mark("Archived ones instead."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """List people; unknown figures are null, never 0."""
    shell = shell_of(context)
    asked = PeopleFilter(
        search=search,
        cities=tuple(city or ()),
        topics=tuple(topic or ()),
        fee_up_to=None if fee is None else money(_number(fee)),
        candidates_only=candidates,
        platforms=tuple(platform or ()),
        followers_from=followers_from,
        followers_to=followers_to,
        read_since=datetime.combine(day_of(read_since), time(), UTC) if read_since else None,
        wanted_topics=tuple(wanted or ()),
        archived=archived,
    )
    rows = list_people(shell.work(), asked).rows
    shell.answer([_parts(row) for row in rows], as_json=as_json, text=_lines(shell, rows))


def show(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help=_PERSON)],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Show one person."""
    shell = shell_of(context)
    work = shell.work()
    card = open_person(work, persons_by_handle(work, [person])[0])
    shell.answer(card, as_json=as_json, text=_lines(shell, [card.row]))


def merge(
    context: typer.Context,
    people: Annotated[list[str], typer.Argument(help=_PERSON)],
    *,
    reason: Annotated[str, typer.Option("--reason", help=mark("How you know."))] = "",
    preview: Annotated[bool, typer.Option("--preview", help=mark("Only say what it would do."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Merge people into the first one."""
    shell = shell_of(context)
    work = shell.work()
    keep, *others = persons_by_handle(work, people)
    if preview:
        found = preview_merge(work, keep, others)
        lines = [shell.said(note) for note in found.obstacles]
        lines += [
            *found.accounts,
            *found.campaigns,
            *(f"{key}: {value}" for key, value in found.filled.items()),
        ]
        shell.answer(found, as_json=as_json, text="\n".join(lines))
        return
    noting = work.noting()
    merges = merge_people(noting, keep, others, reason)
    undoable(shell, noting, "people merge")
    text = shell.t("Merged {count} into person {number}.", count=len(merges), number=keep)
    shell.answer({"kept": keep, "merges": list(merges)}, as_json=as_json, text=text)


def erase(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help=_PERSON)],
    *,
    yes: Annotated[bool, typer.Option("--yes", help=mark("Yes, it cannot be taken back."))] = False,
    renew: Annotated[bool, typer.Option("--renew-backups", help=_RENEW)] = False,
    as_json: JsonFlag = False,
) -> None:
    """Erase one person, having been told so twice."""
    shell = shell_of(context)
    work = shell.work()
    number = persons_by_handle(work, [person])[0]
    if not yes:
        raise AnswerNeededError(
            "erasing {person} cannot be taken back: say --yes if you mean it", person=person
        )
    posts = erase_person(work, number)
    text = shell.t("Erased person {number}, with {posts} posts.", number=number, posts=posts)
    url = shell.database_url
    deleted = renew_backups(url, work.engine, actor=work.actor).deleted if renew else 0
    if deleted:
        shell.remark(shell.t("{count} older backups were deleted; a fresh one was made.", count=deleted))
    held = len(of_the_erased(url, work.engine))
    if held:
        shell.remark(
            shell.t(
                "{count} backups still hold them: renew them with ambassador backup --renew --yes", count=held
            )
        )
    answer = {"erased": number, "posts": posts}
    answer |= {"backups_deleted": deleted} if renew else {}
    answer |= {"backups_holding_them": held} if held else {}
    shell.answer(answer, as_json=as_json, text=text)


def _number(text: str) -> str:
    try:
        float(text)
    except ValueError:
        raise typer.BadParameter(text, param_hint="--fee") from None
    return text


def _parts(row: PersonRow) -> dict[str, Any]:
    return {
        **parts_of(row, *_FIELDS),
        "candidate": row.is_candidate and not row.objected,
        "flags": [str(flag.evidence) for flag in row.flags],
    }


def _lines(shell: Shell, rows: Sequence[PersonRow]) -> str:
    unknown = shell.t("no data yet")
    lines = [
        "\t".join((
            f"#{row.id}",
            row.label,
            ",".join(row.handles),
            row.city,
            unknown if row.figures.followers is None else str(row.figures.followers),
            unknown if row.score.shown is None else f"{row.score.shown:.0f}",
        ))
        for row in rows
    ]  # fmt: skip
    return "\n".join(lines) if lines else shell.t("Nobody is here yet.")

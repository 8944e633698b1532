"""``ambassador perimeter``: what is watched among all mentions; a campaign's match rule is one of them."""

from dataclasses import replace
from typing import Annotated, Any, Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.cli.typed import day_of, one_of, or_empty, words_of
from ambassador.cli.undoable import undoable
from ambassador.i18n import mark
from ambassador.services.perimeters.counting import count_perimeters, preview_perimeter
from ambassador.services.perimeters.perimeters import (
    add_perimeter,
    archive_perimeter,
    draft_of,
    edit_perimeter,
)
from ambassador.services.perimeters.reading import find_perimeter, list_perimeters, open_perimeter
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.perimeters import (
    PerimeterCard,
    PerimeterDraft,
    PerimeterKind,
    PerimeterPreview,
    PerimeterRef,
    days_of,
)
from ambassador.values.status_words import text_of

Name = Annotated[
    str, typer.Argument(metavar="PERIMETER", help=mark("Name or number; or the name of a campaign."))
]
_RULE: Final = ("words", "hashtags", "accounts", "languages", "exclude_words", "everything")
_KIND: Final = mark("brand, product or competitor.")
_WORDS: Final = mark("With commas; several words are a phrase, bright* a beginning.")
_HASHTAGS: Final = mark("With commas, with or without #.")
_ACCOUNTS: Final = mark("With commas: nina, or instagram:nina; what they wrote and what names them.")
_LANGUAGES: Final = mark("Codes with commas, such as it,en; posts that say no language are then left out.")
_EXCLUDE: Final = mark("With commas; posts with one of these are out.")
_EVERYTHING: Final = mark("All mentions are meant.")

Words = Annotated[str, typer.Option("--words", help=_WORDS)]
Hashtags = Annotated[str, typer.Option("--hashtags", help=_HASHTAGS)]
Accounts = Annotated[str, typer.Option("--accounts", help=_ACCOUNTS)]
Languages = Annotated[str, typer.Option("--languages", help=_LANGUAGES)]
Exclude = Annotated[str, typer.Option("--exclude-words", help=_EXCLUDE)]
Everything = Annotated[bool, typer.Option("--everything", help=_EVERYTHING)]


def register(app: typer.Typer) -> None:
    """Add ``perimeter`` and its verbs."""
    about = mark("What is watched among all mentions: words, hashtags and accounts of a brand, say.")
    group = typer.Typer(rich_markup_mode=None, help=about)
    group.command("preview", help=mark("Say how much a rule would hold; nothing is saved."))(preview)
    group.command("add", help=mark("Make a perimeter."))(add)
    group.command("edit", help=mark("Change a perimeter: only what is said; none empties a field."))(edit)
    group.command("list", help=mark("List the perimeters, those of campaigns among them."))(list_all)
    group.command("show", help=mark("Show a perimeter: how much it holds, every version of its rule."))(show)
    group.command("counts", help=mark("Count the mentions of every perimeter, day by day."))(counts)
    group.command("archive", help=mark("Put a perimeter away, or bring it back."))(archive)
    app.add_typer(group, name="perimeter")


def preview(
    context: typer.Context,
    *,
    words: Words = "",
    hashtags: Hashtags = "",
    accounts: Accounts = "",
    languages: Languages = "",
    exclude_words: Exclude = "",
    everything: Everything = False,
    as_json: JsonFlag = False,
) -> None:
    """Say how much a rule would hold."""
    shell = shell_of(context)
    rule = _rule(words, hashtags, accounts, languages, exclude_words, everything=everything)
    found = preview_perimeter(shell.work(), rule)
    lines = [_held(shell, found)]
    lines += [f"{row.id}  @{row.handle}  {' '.join(row.text.split())[:80]}" for row in found.newest]
    value = {
        **parts_of(found, "mentions", "of", "without_language"),
        "everything": found.is_everything,
        "newest": [row.id for row in found.newest],
    }
    shell.answer(value, as_json=as_json, text="\n".join(lines))


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=mark("What it is called."))],
    *,
    kind: Annotated[str, typer.Option(help=_KIND)] = PerimeterKind.BRAND.value,
    words: Words = "",
    hashtags: Hashtags = "",
    accounts: Accounts = "",
    languages: Languages = "",
    exclude_words: Exclude = "",
    everything: Everything = False,
    as_json: JsonFlag = False,
) -> None:
    """Make a perimeter."""
    shell = shell_of(context)
    rule = _rule(words, hashtags, accounts, languages, exclude_words, everything=everything)
    noting = shell.work().noting()
    ref = add_perimeter(noting, PerimeterDraft(name, one_of(PerimeterKind, kind), rule))
    undoable(shell, noting, "perimeter add")
    _tell(shell, ref, as_json=as_json)


def edit(
    context: typer.Context,
    perimeter: Name,
    *,
    name: Annotated[str | None, typer.Option(help=mark("Its new name."))] = None,
    kind: Annotated[str | None, typer.Option(help=_KIND)] = None,
    words: Annotated[str | None, typer.Option("--words", help=_WORDS)] = None,
    hashtags: Annotated[str | None, typer.Option("--hashtags", help=_HASHTAGS)] = None,
    accounts: Annotated[str | None, typer.Option("--accounts", help=_ACCOUNTS)] = None,
    languages: Annotated[str | None, typer.Option("--languages", help=_LANGUAGES)] = None,
    exclude_words: Annotated[str | None, typer.Option("--exclude-words", help=_EXCLUDE)] = None,
    everything: Annotated[
        bool | None, typer.Option("--everything/--not-everything", help=_EVERYTHING)
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Change a perimeter."""
    shell = shell_of(context)
    work = shell.work()
    ref = find_perimeter(work, perimeter)
    was = draft_of(work, ref)
    typed = {
        "words": words,
        "hashtags": hashtags,
        "accounts": accounts,
        "languages": languages,
        "exclude_words": exclude_words,
    }
    said: dict[str, Any] = {
        field: or_empty(text, words_of, ()) for field, text in typed.items() if text is not None
    }
    if everything is not None:
        said["everything"] = everything
    draft = replace(
        was,
        name=was.name if name is None else name,
        kind=was.kind if kind is None else one_of(PerimeterKind, kind),
        rule=replace(was.rule, **said),
    )
    noting = work.noting()
    edit_perimeter(noting, ref, draft, was)
    undoable(shell, noting, "perimeter edit")
    _tell(shell, ref, as_json=as_json)


def list_all(
    context: typer.Context,
    *,
    archived: Annotated[bool, typer.Option("--archived", help=mark("Archived ones too."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """List the perimeters."""
    shell = shell_of(context)
    cards = list_perimeters(shell.work(), archived=archived)
    text = "\n".join(_line(shell, card) for card in cards) or shell.t("There is no perimeter yet.")
    shell.answer([_parts(card) for card in cards], as_json=as_json, text=text)


def show(context: typer.Context, perimeter: Name, *, as_json: JsonFlag = False) -> None:
    """Show a perimeter."""
    shell = shell_of(context)
    _tell(shell, find_perimeter(shell.work(), perimeter), as_json=as_json)


def counts(
    context: typer.Context,
    *,
    since: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help=mark("The first day."))] = "",
    until: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help=mark("The last day."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Count the mentions of every perimeter, day by day."""
    shell = shell_of(context)
    found = count_perimeters(shell.work(), day_of(since) if since else None, day_of(until) if until else None)
    value = {
        **parts_of(found, "first", "last", "zone"),
        "perimeters": [
            {
                **_parts(one.card),
                **parts_of(one, "mentions", "complaints", "in_days"),
                "by_day": [{"day": day, "mentions": count} for day, count in one.by_day],
            }
            for one in found.perimeters
        ],
    }
    lines = [
        shell.t(
            "{name}: {mentions} mentions, {in_days} from {first} to {last}, {complaints} complaints in all",
            name=one.card.name,
            mentions=one.mentions,
            in_days=one.in_days,
            first=found.first,
            last=found.last,
            complaints=one.complaints,
        )
        for one in found.perimeters
    ]
    by_day = [dict(one.by_day) for one in found.perimeters]
    lines += [
        "  ".join([day.isoformat(), *(str(one.get(day, 0)) for one in by_day)])
        for day in days_of(found)
        if any(one.get(day) for one in by_day)
    ]
    text = "\n".join(lines) or shell.t("There is no perimeter yet.")
    shell.answer(value, as_json=as_json, text=text)


def archive(
    context: typer.Context,
    perimeter: Name,
    *,
    back: Annotated[bool, typer.Option("--back", help=mark("Bring it back."))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Put a perimeter away, or bring it back."""
    shell = shell_of(context)
    ref = find_perimeter(shell.work(), perimeter)
    noting = shell.work().noting()
    archive_perimeter(noting, ref, archived=not back)
    undoable(shell, noting, "perimeter archive")
    shell.archived(perimeter, {"ref": str(ref)}, is_archived=not back, as_json=as_json)


def _rule(
    words: str, hashtags: str, accounts: str, languages: str, exclude_words: str, *, everything: bool
) -> PerimeterRule:
    return PerimeterRule(
        words_of(words),
        words_of(hashtags),
        words_of(accounts),
        words_of(languages),
        words_of(exclude_words),
        everything,
    )


def _held(shell: Shell, found: PerimeterPreview) -> str:
    held = shell.t("It would hold {count} of {of} mentions.", count=found.mentions, of=found.of)
    if found.of and not found.mentions:
        held += " " + shell.t("Nothing that is here matches it.")
    if found.without_language:
        held += " " + shell.t(
            "{count} mentions say no language and are left out.", count=found.without_language
        )
    return held


def _tell(shell: Shell, ref: PerimeterRef, *, as_json: bool) -> None:
    view = open_perimeter(shell.work(), ref)
    lines = [_line(shell, view.card), shell.t("{count} mentions", count=view.mentions)]
    if not view.mentions:
        lines.append(shell.t("Nothing that is here matches it."))
    lines += [
        shell.t(
            "Version {number}, by {actor}: {rule}", number=one.version, actor=one.actor, rule=_said(one.rule)
        )
        for one in view.versions
    ]
    value = {
        **_parts(view.card),
        "mentions": view.mentions,
        "versions": [
            {**parts_of(one, "version", "created_at", "actor"), "rule": parts_of(one.rule, *_RULE)}
            for one in view.versions
        ],
    }
    shell.answer(value, as_json=as_json, text="\n".join(lines))


def _parts(card: PerimeterCard) -> dict[str, Any]:
    found = {"ref": str(card.ref), **parts_of(card, "name", "kind", "version", "changed_at", "archived_at")}
    return {**found, "rule": parts_of(card.rule, *_RULE)}


def _line(shell: Shell, card: PerimeterCard) -> str:
    return f"{card.ref}  {card.name}  {shell.t(text_of(card.kind))}  {_said(card.rule)}".rstrip()


def _said(rule: PerimeterRule) -> str:
    """Say a rule in the signs of a search."""
    words = (f'"{word}"' if " " in word else word for word in rule.words)
    accounts = (f"@{one}" for one in rule.accounts)
    without = (f'-"{word}"' if " " in word else f"-{word}" for word in rule.exclude_words)
    meant = " OR ".join((*words, *rule.hashtags, *accounts)) or ("*" if rule.everything else "")
    languages = f"[{', '.join(rule.languages)}]" if rule.languages else ""
    return " ".join(part for part in (meant, *without, languages) if part)

"""``ambassador settings``: our accounts, the weights of the score, the rules for sending, your name."""

from typing import Annotated, Any

import typer

from ambassador.cli.shell import JsonFlag, shell_of
from ambassador.cli.typed import one_of, or_empty
from ambassador.cli.undoable import undoable
from ambassador.config import settings
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.campaigns.brand_accounts import list_brand_accounts, set_brand_accounts
from ambassador.services.campaigns.campaign_view import zone_of_days
from ambassador.services.devices.dispatch import change_sending_rule, put_notice, sending_rules
from ambassador.services.who import clean_name, remember_name, remembered_name
from ambassador.services.workspace import ScoreSettings, change_score_settings, score_settings
from ambassador.values.days import day_in
from ambassador.values.devices import AgreementRule, NoticeText
from ambassador.values.status import Deal

_SENDING = mark("Say what an unsigned agreement does, and whose name is used.")
_Weight = Annotated[float | None, typer.Option(min=0, max=10, help=mark("Weight of this side of the score."))]


def register(app: typer.Typer) -> None:
    """Add ``settings`` and its verbs."""
    group = typer.Typer(rich_markup_mode=None, help=mark("How this workspace works."))
    group.command("show", help=mark("Show all settings of the workspace."))(show)
    group.command("accounts", help=mark("Say which accounts are ours."))(accounts)
    group.command("score", help=mark("Say how people are scored."))(score)
    group.command("sending", help=_SENDING)(sending)
    group.command("notice", help=mark("Put your own words in place of those that go with a phone."))(notice)
    group.command("name", help=mark("Say who works on this computer; none forgets it."))(name)
    app.add_typer(group, name="settings")


def show(context: typer.Context, *, as_json: JsonFlag = False) -> None:
    """Show everything that can be set here."""
    shell = shell_of(context)
    work = shell.work()
    scores, rules, ours = score_settings(work), sending_rules(work), list_brand_accounts(work)
    answer: dict[str, Any] = {
        "accounts": ours,
        "score": {"weights": scores.weights, "nearest": scores.nearest},
        "sending": {"unsigned": rules.unsigned, "brand": rules.brand},
        "notices": rules.notices,
        "name": remembered_name(),
    }
    weights = ", ".join(f"{side} {shell.number(weight, 1)}" for side, weight in scores.weights.items())
    lines = [
        shell.t("Our accounts: {accounts}", accounts=", ".join(ours) or "-"),
        shell.t(
            "Score: {weights}; compared with {nearest} accounts", weights=weights, nearest=scores.nearest
        ),
        shell.t("Agreement not signed: {rule}", rule=rules.unsigned.value),
        shell.t("Sender's name: {name}", name=rules.brand or "-"),
        shell.t("Who works here: {name}", name=remembered_name() or settings().user),
    ]
    shell.answer(answer, as_json=as_json, text="\n".join(lines))


def accounts(
    context: typer.Context,
    ours: Annotated[
        list[str] | None, typer.Argument(help=mark("All of ours, as platform:handle; none empties the list."))
    ] = None,
    *,
    add: Annotated[list[str] | None, typer.Option("--add", help=mark("One more; may be repeated."))] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", help=mark("This one is not ours; may be repeated."))
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """List our accounts, or say which they are."""
    shell = shell_of(context)
    work = shell.work()
    now = list_brand_accounts(work)
    if ours or add or remove:
        base = now if not ours else () if ours == ["none"] else tuple(ours)
        wanted = [one for one in dict.fromkeys((*base, *(add or ()))) if one not in (remove or ())]
        noting = work.noting()
        now = set_brand_accounts(noting, wanted, now)
        undoable(shell, noting, "settings accounts")
    shell.answer(now, as_json=as_json, text="\n".join(now) or shell.t("No account is ours yet."))


def score(
    context: typer.Context,
    *,
    reach: _Weight = None,
    resonance: _Weight = None,
    relevance: _Weight = None,
    network: _Weight = None,
    nearest: Annotated[
        int | None,
        typer.Option(min=1, max=1000, help=mark("Accounts nearest in size to compare a rate with.")),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Show the weights, or change those that are said."""
    shell = shell_of(context)
    work = shell.work()
    now = score_settings(work)
    said = {"reach": reach, "resonance": resonance, "relevance": relevance, "network": network}
    changed = {side: weight for side, weight in said.items() if weight is not None}
    if changed or nearest is not None:
        wanted = ScoreSettings({**now.weights, **changed}, now.nearest if nearest is None else nearest)
        noting = work.noting()
        change_score_settings(noting, wanted, now)
        undoable(shell, noting, "settings score")
        now = wanted
    lines = [f"{side}  {shell.number(weight, 1)}" for side, weight in now.weights.items()]
    lines.append(shell.t("compared with {nearest} accounts", nearest=now.nearest))
    shell.answer(now, as_json=as_json, text="\n".join(lines))


def sending(
    context: typer.Context,
    *,
    unsigned: Annotated[
        str | None, typer.Option("--unsigned", help=mark("warn or refuse, before the agreement is signed."))
    ] = None,
    brand: Annotated[
        str | None, typer.Option("--brand", help=mark("The name that sends the phones; none empties it."))
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Show the rules for sending, or change what is said."""
    shell = shell_of(context)
    work = shell.work()
    now = sending_rules(work)
    if unsigned is not None or brand is not None:
        noting = work.noting()
        change_sending_rule(
            noting,
            now.unsigned if unsigned is None else one_of(AgreementRule, unsigned),
            now.brand if brand is None else or_empty(brand, str.strip, ""),
            now,
        )
        undoable(shell, noting, "settings sending")
        now = sending_rules(work)
    lines = [
        shell.t("Agreement not signed: {rule}", rule=now.unsigned.value),
        shell.t("Sender's name: {name}", name=now.brand or "-"),
    ]
    shell.answer({"unsigned": now.unsigned, "brand": now.brand}, as_json=as_json, text="\n".join(lines))


def notice(
    context: typer.Context,
    *,
    deal: Annotated[Deal, typer.Option(help=mark("gift, loan or paid."))],
    language: Annotated[str, typer.Option("--in", help=mark("Language of the words, such as en or it."))],
    text: Annotated[
        str | None, typer.Option(help=mark("The words; {brand} and {product} are filled in."))
    ] = None,
    source: Annotated[str | None, typer.Option(help=mark("Who wrote or checked them."))] = None,
    as_json: JsonFlag = False,
) -> None:
    """Show the words that go with a phone, or put others in their place."""
    shell = shell_of(context)
    work = shell.work()
    known = _notice(sending_rules(work).notices, deal, language)
    if text is not None or source is not None:
        wanted = NoticeText(
            deal,
            language,
            known.text if text is None else text,
            known.source if source is None else source,
            day_in(zone_of_days(work) or "UTC", work.now()),
        )
        noting = work.noting()
        put_notice(noting, wanted, known)
        undoable(shell, noting, "settings notice")
        known = _notice(sending_rules(work).notices, deal, language)
    shell.answer(known, as_json=as_json, text=f"{known.text}\n{known.source}  {known.dated}")


def name(
    context: typer.Context,
    who: Annotated[str, typer.Argument(help=mark("Your name, as it stands beside your changes."))] = "",
    *,
    as_json: JsonFlag = False,
) -> None:
    """Show, remember or forget who works on this computer."""
    shell = shell_of(context)
    if who:
        remember_name(or_empty(who, clean_name, ""))
    known = remembered_name()
    shell.answer({"name": known}, as_json=as_json, text=known or settings().user)


def _notice(known: tuple[NoticeText, ...], deal: Deal, language: str) -> NoticeText:
    found = next((one for one in known if one.deal is deal and one.language == language), None)
    if found is None:
        languages = ", ".join(sorted({one.language for one in known}))
        raise BadInputError("{text!r} is none of {known}", text=language, known=languages)
    return found

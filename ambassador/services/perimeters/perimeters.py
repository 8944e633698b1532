"""Perimeters: made, edited, put away. Editing that of a campaign edits the campaign's match rule."""

from dataclasses import asdict, fields, replace
from typing import Any, Final

from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.campaigns.campaigns import edit_campaign
from ambassador.services.meanwhile import refuse_overwriting
from ambassador.services.perimeters.counting import preview_perimeter
from ambassador.services.perimeters.reading import rule_of_campaign
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns import campaigns as campaign_rows
from ambassador.store.perimeters import perimeters as store
from ambassador.store.tables.perimeters import Perimeter
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.mentions.perimeter_rules import PerimeterRule, checked_rule
from ambassador.values.perimeters import PerimeterDraft, PerimeterKind, PerimeterRef

FEW: Final = 10
"""With fewer mentions than these, holding all of them says nothing."""


def add_perimeter(work: UnitOfWork, draft: PerimeterDraft) -> PerimeterRef:
    """Make a perimeter; one that holds everything has to say so.

    Examples
    --------
    >>> draft = PerimeterDraft("Brezza", PerimeterKind.BRAND, PerimeterRule(words=("brezza",)))
    >>> str(add_perimeter(work, draft))
    '1'
    """
    draft = checked_draft(draft)
    if draft.kind is PerimeterKind.CAMPAIGN:
        raise BadInputError(
            mark("A campaign's perimeter is its match rule: make a campaign, or edit the rule of one")
        )
    _refuse_everything(work, draft.rule)
    with work.writing() as session:
        row = store.add_perimeter(session, draft.name, draft.kind, at=work.now(), actor=work.actor)
        store.put_rule(session, row.id or 0, draft.rule, at=work.now(), actor=work.actor)
        return PerimeterRef(row.id or 0)


def edit_perimeter(
    work: UnitOfWork, ref: PerimeterRef, draft: PerimeterDraft, was: PerimeterDraft | None = None
) -> None:
    """Change a perimeter; a changed rule is a new version. With ``was`` only what the form changed.

    Examples
    --------
    >>> draft = PerimeterDraft("Brezza", PerimeterKind.BRAND, PerimeterRule(words=("brezza",)))
    >>> edit_perimeter(work, add_perimeter(work, draft), replace(draft, name="The brand"))
    """
    draft = checked_draft(draft)
    if ref.is_campaign:
        _edit_campaign(work, ref.number, draft, was)
        return
    if was is None or draft.rule != was.rule:
        _refuse_everything(work, draft.rule)
    with work.writing() as session:
        row = store.get_perimeter(session, ref.number, lock=True)
        now = _draft_of(session, row)
        if was is not None:
            draft = checked_draft(_laid_over(now, draft, checked_draft(was)))
        if draft.kind is PerimeterKind.CAMPAIGN:
            raise BadInputError(mark("{name} is no campaign's: choose another kind"), name=draft.name)
        if draft.name != now.name:
            store.refuse_taken_name(session, draft.name, ref.number)
        row.name, row.kind = draft.name, draft.kind
        store.put_rule(session, ref.number, draft.rule, at=work.now(), actor=work.actor)


def archive_perimeter(work: UnitOfWork, ref: PerimeterRef, *, archived: bool = True) -> None:
    """Put a perimeter away, or bring it back; no mention is touched.

    Examples
    --------
    >>> draft = PerimeterDraft("Brezza", PerimeterKind.BRAND, PerimeterRule(words=("brezza",)))
    >>> archive_perimeter(work, add_perimeter(work, draft))
    >>> store.list_perimeters(session)
    []
    """
    if ref.is_campaign:
        raise BadInputError(mark("A campaign's perimeter goes with the campaign: archive that"))
    with work.writing() as session:
        row = store.get_perimeter(session, ref.number, lock=True)
        row.archived_at = work.now() if archived else None


def checked_draft(draft: PerimeterDraft) -> PerimeterDraft:
    """Return the draft tidied up, or say what cannot be used in it.

    Examples
    --------
    >>> checked_draft(PerimeterDraft("  Our  brand ", rule=PerimeterRule(words=(" Brezza",)))).rule.words
    ('brezza',)
    """
    name = " ".join(draft.name.split())
    if not name:
        raise BadInputError(mark("A perimeter needs a name"))
    return replace(draft, name=name, rule=checked_rule(draft.rule))


def _refuse_everything(work: UnitOfWork, rule: PerimeterRule) -> None:
    """Refuse a rule that holds all there is, unless somebody says that this is meant."""
    if rule.everything:
        return
    if rule.is_open:
        message = mark("Nothing says which mentions are meant: name words, hashtags, accounts or languages")
        raise BadInputError(message)
    found = preview_perimeter(work, rule)
    if found.of >= FEW and found.is_everything:
        message = mark(
            "It would hold all {count} mentions there are: narrow it down, or say that everything is meant"
        )
        raise BadInputError(message, count=found.of)


def _edit_campaign(
    work: UnitOfWork, campaign_id: int, draft: PerimeterDraft, was: PerimeterDraft | None
) -> None:
    """Write the match rule of a campaign, whose window and other fields stay as they are."""
    if draft.rule.languages or draft.rule.everything:
        message = mark("The match rule of a campaign asks for no languages and never holds everything")
        raise BadInputError(message)
    with work.reading() as session:
        first = campaign_rows.draft_of(session, campaign_rows.get_campaign(session, campaign_id))
    if draft.name != first.name or draft.kind is not PerimeterKind.CAMPAIGN:
        message = mark("The perimeter of a campaign is called as the campaign is: rename that")
        raise BadInputError(message)
    before = first if was is None else replace(first, rule=_match_rule(was.rule, first))
    edit_campaign(work, campaign_id, replace(first, rule=_match_rule(draft.rule, first)), before)


def _match_rule(rule: PerimeterRule, campaign: CampaignDraft) -> MatchRuleDraft:
    stands = campaign.rule or MatchRuleDraft()
    return replace(
        stands,
        hashtags=rule.hashtags,
        keywords=rule.words,
        exclude_words=rule.exclude_words,
        authors=rule.accounts,
    )


def draft_of(work: UnitOfWork, ref: PerimeterRef) -> PerimeterDraft:
    """Read a perimeter as a form holds it.

    Examples
    --------
    >>> draft_of(work, PerimeterRef(campaign, is_campaign=True)).kind
    <PerimeterKind.CAMPAIGN: 'campaign'>
    """
    with work.reading() as session:
        if ref.is_campaign:
            campaign = campaign_rows.get_campaign(session, ref.number)
            rule = rule_of_campaign(campaign_rows.newest_rule(session, ref.number))
            return PerimeterDraft(campaign.name, PerimeterKind.CAMPAIGN, rule)
        return _draft_of(session, store.get_perimeter(session, ref.number))


def _draft_of(session: Session, row: Perimeter) -> PerimeterDraft:
    newest = store.rules_of(session, row.id or 0)[:1]
    return PerimeterDraft(row.name, row.kind, store.rule_of(newest[0]) if newest else PerimeterRule())


def _laid_over(now: PerimeterDraft, draft: PerimeterDraft, was: PerimeterDraft) -> PerimeterDraft:
    """Change of what is stored only what was changed in the form."""
    stored, typed, first = (_fields(one) for one in (now, draft, was))
    refuse_overwriting(now.name, first, stored, typed, _as_draft)
    return _as_draft({name: value if value != first[name] else stored[name] for name, value in typed.items()})


def _fields(draft: PerimeterDraft) -> dict[str, Any]:
    return {"name": draft.name, "kind": draft.kind, **asdict(draft.rule)}


def _as_draft(values: dict[str, Any]) -> PerimeterDraft:
    rule = PerimeterRule(**{one.name: values[one.name] for one in fields(PerimeterRule)})
    return PerimeterDraft(values["name"], values["kind"], rule)

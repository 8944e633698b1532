"""Perimeters as pages show them: those of our own and those of campaigns, told apart by their number."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from ambassador.errors import NotFoundError
from ambassador.i18n import mark
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns import campaigns as campaign_rows
from ambassador.store.mentions.holding import held_among, places_held
from ambassador.store.perimeters import perimeters as store
from ambassador.store.tables.campaigns import Campaign, MatchRule
from ambassador.store.tables.perimeters import Perimeter, PerimeterRuleRow
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.perimeters import (
    PerimeterCard,
    PerimeterKind,
    PerimeterRef,
    PerimeterVersion,
    PerimeterView,
)


def list_perimeters(work: UnitOfWork, *, archived: bool = False) -> tuple[PerimeterCard, ...]:
    """List the perimeters by kind and name, then those that are match rules of campaigns.

    Examples
    --------
    >>> [(card.name, card.kind.value, card.rule.hashtags) for card in list_perimeters(work)]
    [('Q1 Launch', 'campaign', ('#q1brezza',))]
    """
    with work.reading() as session:
        return cards_in(session, archived=archived)


def cards_in(session: Session, *, archived: bool = False) -> tuple[PerimeterCard, ...]:
    """List them inside a transaction that is already open.

    Examples
    --------
    >>> [str(card.ref) for card in cards_in(session)]
    ['campaign-1']
    """
    rules = store.newest_rules(session)
    own = [_card(row, rules.get(row.id or 0)) for row in store.list_perimeters(session, archived=archived)]
    campaigns = campaign_rows.list_campaigns(session, archived=archived)
    return (*own, *(_campaign_card(session, row) for row in campaigns))


def open_perimeter(work: UnitOfWork, ref: PerimeterRef) -> PerimeterView:
    """Show one perimeter: how much it holds, and every version of its rule.

    Examples
    --------
    >>> view = open_perimeter(work, PerimeterRef(campaign, is_campaign=True))
    >>> view.mentions, [one.version for one in view.versions]
    (5, [1])
    """
    with work.reading() as session:
        if ref.is_campaign:
            card = _campaign_card(session, campaign_rows.get_campaign(session, ref.number))
            rows = campaign_rows.rules_of(session, ref.number)
            versions = [
                PerimeterVersion(one.version, rule_of_campaign(one), one.created_at, one.actor)
                for one in rows
            ]
        else:
            own = store.rules_of(session, ref.number)
            card = _card(store.get_perimeter(session, ref.number), own[0] if own else None)
            versions = [
                PerimeterVersion(one.version, store.rule_of(one), one.created_at, one.actor) for one in own
            ]
        return PerimeterView(card, places_held(session, filter_in(session, ref)).size, tuple(versions))


def perimeters_of(work: UnitOfWork, mention_ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """Name the perimeters of our own that hold each of some mentions; campaigns stand beside them.

    Examples
    --------
    >>> perimeters_of(work, [1])
    {}
    """
    found: dict[int, tuple[str, ...]] = {}
    with work.reading() as session:
        rules = store.newest_rules(session)
        for row in store.list_perimeters(session):
            if row.id in rules:
                for mention in held_among(session, store.rule_of(rules[row.id]), mention_ids):
                    found[mention] = (*found.get(mention, ()), row.name)
    return found


def find_perimeter(work: UnitOfWork, name: str) -> PerimeterRef:
    """Return the perimeter of this name or number, or that of the campaign of this name.

    Examples
    --------
    >>> str(find_perimeter(work, "q1 launch"))
    'campaign-1'
    """
    with work.reading() as session:
        row = store.find_perimeter(session, name)
        if row is not None:
            return PerimeterRef(row.id or 0)
        campaigns = campaign_rows.list_campaigns(session, archived=True)
        wanted = name.strip().lower()
        for one in campaigns:
            ref = PerimeterRef(one.id or 0, is_campaign=True)
            if wanted in {one.name.lower(), str(ref)}:
                return ref
    raise NotFoundError(mark("There is no perimeter or campaign called {name}"), name=name)


def filter_of(work: UnitOfWork, ref: PerimeterRef) -> MentionFilter:
    """Return the filter that finds what a perimeter holds.

    Examples
    --------
    >>> filter_of(work, PerimeterRef(campaign, is_campaign=True)).campaign_id == campaign
    True
    """
    with work.reading() as session:
        return filter_in(session, ref)


def filter_in(session: Session, ref: PerimeterRef) -> MentionFilter:
    """Return it inside a transaction that is already open.

    Examples
    --------
    >>> filter_in(session, PerimeterRef(campaign, is_campaign=True)).perimeter is None
    True
    """
    if ref.is_campaign:
        campaign_rows.get_campaign(session, ref.number)
        return MentionFilter(campaign_id=ref.number)
    store.get_perimeter(session, ref.number)
    newest = store.rules_of(session, ref.number)[:1]
    return MentionFilter(perimeter=store.rule_of(newest[0]) if newest else PerimeterRule())


def rule_of_campaign(row: MatchRule | None) -> PerimeterRule:
    """Read the match rule of a campaign as the rule of a perimeter.

    Examples
    --------
    >>> rule_of_campaign(None).is_open
    True
    """
    if row is None:
        return PerimeterRule()
    return PerimeterRule(
        words=tuple(row.keywords),
        hashtags=tuple(row.hashtags),
        accounts=tuple(row.authors),
        exclude_words=tuple(row.exclude_words),
    )


def _card(row: Perimeter, rule: PerimeterRuleRow | None) -> PerimeterCard:
    return PerimeterCard(
        ref=PerimeterRef(row.id or 0),
        name=row.name,
        kind=row.kind,
        rule=store.rule_of(rule) if rule else PerimeterRule(),
        version=rule.version if rule else 0,
        changed_at=rule.created_at if rule else None,
        actor=rule.actor if rule else row.actor,
        archived_at=row.archived_at,
    )


def _campaign_card(session: Session, row: Campaign) -> PerimeterCard:
    rule = campaign_rows.newest_rule(session, row.id or 0)
    return PerimeterCard(
        ref=PerimeterRef(row.id or 0, is_campaign=True),
        name=row.name,
        kind=PerimeterKind.CAMPAIGN,
        rule=rule_of_campaign(rule),
        version=rule.version if rule else 0,
        changed_at=rule.created_at if rule else None,
        actor=rule.actor if rule else "",
        archived_at=row.archived_at,
    )

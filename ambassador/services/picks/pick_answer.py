"""A stored pick made readable: names, handles and fees joined; the erased stay unnamed."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.services.networks.nodes import NodeCard, cards_of
from ambassador.services.picks.pick_asked import asked_from_json, names_of, people_asked, target_from_json
from ambassador.services.picks.pick_record import key_of, note_from_json, rung_from_json
from ambassador.services.stored_json import range_from_json
from ambassador.services.stored_minded import minded_from_json
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.records import Pick
from ambassador.values.money import Money
from ambassador.values.networks.network import Diffusion
from ambassador.values.picks.minded import MindedComplaints
from ambassador.values.picks.picks import (
    AudienceRange,
    CurvePoint,
    Gain,
    LeftOut,
    Objective,
    OverlapPair,
    PickAnswer,
    PickedPerson,
)

ERASED = mark("erased")


def answer_of(session: Session, row: Pick) -> PickAnswer:
    """Join names to a stored pick."""
    kept, asked = row.result, row.arguments.get("asked")
    people = tuple(people_asked(asked))
    cards = cards_of(session, [*(key_of(who) for who in _everybody(kept)), *people])
    campaign = session.get(Campaign, row.campaign_id) if row.campaign_id else None
    audience, cost = kept.get("audience"), kept.get("cost_minor")
    return PickAnswer(
        pick_id=row.id or 0,
        campaign_id=row.campaign_id,
        campaign_name=campaign.name if campaign else "",
        rung=rung_from_json(kept["rung"]),
        objective=Objective(row.arguments["problem"]["objective"]),
        picks=tuple(person_of_solution(one, cards) for one in kept["picks"]),
        reserve=tuple(person_of_solution(one, cards) for one in kept["reserve"]),
        spread=range_from_json(kept["spread"]),
        expected=range_from_json(kept["expected"]),
        certificate=kept["certificate"],
        confidence=kept["confidence"],
        audience=AudienceRange(**audience) if audience else None,
        gain=_gain(kept["gain"], cards, kept["currency"]) if kept["gain"] else None,
        overlap=tuple(_pair(one, cards) for one in kept["overlap"]),
        curve=tuple(_curve(kept["curve"])),
        left_out=tuple(_left_out(one, cards) for one in kept["left_out"]),
        left_out_count=kept["left_out_count"],
        cost=None if cost is None else Money(cost, kept["currency"]),
        on_top=_on_top(row.arguments["problem"]),
        unknown_fees=kept.get("unknown_fees", 0),
        notes=tuple(note_from_json(note) for note in kept["notes"]),
        probabilities=row.arguments["probabilities"],
        diffusion=Diffusion(row.arguments["problem"]["diffusion"]),
        stopped_because=kept["stopped_because"],
        workers=kept.get("workers"),
        key=row.random_key,
        created_at=row.created_at,
        actor=row.actor,
        already=kept["already"],
        budget=_budget(row.arguments["problem"]),
        target=target_from_json(row.arguments.get("target")),
        standing=note_from_json(kept["standing"]) if kept.get("standing") else None,
        asked=asked_from_json(asked, names_of(session, people, cards), row.campaign_id),
        minded=_minded(kept.get("minded"), cards),
    )


def _minded(kept: Mapping[str, Any] | None, cards: Mapping[int, NodeCard]) -> MindedComplaints | None:
    plain = () if kept is None else kept["plain"]
    return minded_from_json(kept, tuple(handle_of(cards.get(key_of(who))) for who in plain))


def _budget(problem: Mapping[str, Any]) -> Money | None:
    return None if problem["budget"] is None else Money(problem["budget"], problem["currency"])


def _on_top(problem: Mapping[str, Any]) -> Money | None:
    same_for_all = problem.get("on_top") and not problem.get("on_top_of")
    return Money(problem["on_top"], problem["currency"]) if same_for_all else None


def handle_of(card: NodeCard | None) -> str:
    """Name somebody by handle, or say that they are erased.

    Examples
    --------
    >>> handle_of(None)
    'erased'
    """
    return ERASED if card is None or card.erased or not card.handle else card.handle


def _everybody(kept: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from kept["picks"]
    yield from kept["reserve"]
    yield from kept["left_out"]
    yield from (kept["gain"] or {"biggest": ()})["biggest"]
    yield from (kept.get("minded") or {"plain": ()})["plain"]
    for pair in kept["overlap"]:
        yield pair["first"]
        yield pair["second"]


def person_of_solution(kept: Mapping[str, Any], cards: Mapping[int, NodeCard]) -> PickedPerson:
    """Name one person of a choice."""
    card = cards.get(key_of(kept))
    fee, cost = kept["fee_minor"], kept.get("cost_minor")
    gone = card is None or card.erased
    return PickedPerson(
        person_id=kept["person_id"],
        account_id=kept["account_id"],
        handle=handle_of(card),
        platform="" if card is None or gone else card.platform,
        name="" if card is None or gone else card.name,
        city=None if card is None or gone else card.city,
        topics=() if card is None or gone else card.topics,
        followers=kept["followers"],
        fee=None if fee is None else Money(fee, kept["currency"]),
        marginal_spread=kept["marginal_spread"],
        expected=kept["expected"],
        posting_probability=kept["posting"],
        past_talkers=kept["past_talkers"],
        overlap=kept["overlap"],
        erased=gone,
        cost=None if cost is None else Money(cost, kept["cost_currency"]),
        complaint_share=kept.get("complaint_share"),
        labelled_answers=kept.get("labelled_answers", 0),
    )


def _gain(kept: Mapping[str, Any], cards: Mapping[int, NodeCard], currency: str) -> Gain:
    difference, cost = range_from_json(kept["difference"]), kept.get("cost_minor")
    if difference is None:
        message = "a stored gain has no difference"
        raise ValueError(message)
    return Gain(
        biggest_first=kept["biggest_first"],
        difference=difference,
        wins_of_100=kept["wins_of_100"],
        ties_of_100=kept["ties_of_100"],
        by_followers=kept["by_followers"],
        handles=tuple(handle_of(cards.get(key_of(who))) for who in kept["biggest"]),
        cost=None if cost is None else Money(cost, currency),
    )


def _pair(kept: Mapping[str, Any], cards: Mapping[int, NodeCard]) -> OverlapPair:
    first, second = (handle_of(cards.get(key_of(kept[side]))) for side in ("first", "second"))
    return OverlapPair(first, second, kept["jaccard"], kept["of_smaller"], kept["both_picked"])


def _curve(totals: list[float]) -> Iterator[CurvePoint]:
    before = 0.0
    for place, total in enumerate(totals):
        yield CurvePoint(place + 1, total, total - before)
        before = total


def _left_out(kept: Mapping[str, Any], cards: Mapping[int, NodeCard]) -> LeftOut:
    handle = handle_of(cards.get(key_of(kept)))
    return LeftOut(kept["person_id"], kept["account_id"], handle, note_from_json(kept))

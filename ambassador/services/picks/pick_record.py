"""A pick as it is stored: ids and numbers only; names are joined when it is shown.

Written by hand and not by an adapter: no shape of the program holds a pick without its names.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from ambassador.metrics.reach import reach_range
from ambassador.services.networks.nodes import NodeCard, cards_of
from ambassador.services.picks.pick_problem import PickProblem
from ambassador.services.picks.pick_solution import PickedNode, PickSolution
from ambassador.services.picks.shortlist import Excluded
from ambassador.services.stored_json import range_to_json
from ambassador.store.people.track_record import past_cascades
from ambassador.store.picks.shortlists import accounts_with_follower_lists, count_listed_followers
from ambassador.values.imports.imports import Note
from ambassador.values.networks.network import Rung
from ambassador.values.networks.node_key import NodeKey

_LEFT_OUT_KEPT = 500
"""Of longer lists only the count is kept beyond this."""


def solution_to_json(
    session: Session, problem: PickProblem, solution: PickSolution, rung: Rung
) -> dict[str, Any]:
    """Write a solution with the figures that explain it, as they are known today."""
    gain = solution.gain
    keys = {one.key for one in (*solution.picks, *solution.reserve)}
    keys |= {key for pair in solution.overlap for key in (pair.first, pair.second)}
    keys |= set(solution.minded.plain if solution.minded else ())
    cards = cards_of(session, keys | set(gain.biggest if gain else ()))
    past = past_cascades(session)

    def written(one: PickedNode) -> dict[str, Any]:
        return picked_to_json(one, problem, cards.get(one.key), past)

    return {
        "picks": [written(one) for one in solution.picks],
        "reserve": [written(one) for one in solution.reserve],
        "spread": range_to_json(solution.spread),
        "expected": range_to_json(solution.expected),
        "certificate": solution.certificate,
        "confidence": solution.confidence,
        "audience": audience_of(
            session,
            [cards[one.key] for one in solution.picks],
            solution,
            rung,
            targeted=problem.target is not None,
        ),
        "gain": None if gain is None else {
            "biggest": [_who(key, cards.get(key)) for key in gain.biggest],
            "biggest_first": gain.biggest_spread,
            "difference": range_to_json(gain.difference),
            "wins_of_100": round(100 * gain.wins),
            "ties_of_100": round(100 * gain.ties),
            "by_followers": gain.by_followers,
            "cost_minor": cost_of_all(problem, gain.biggest),
        },
        "overlap": [
            {
                "first": _who(pair.first, cards.get(pair.first)),
                "second": _who(pair.second, cards.get(pair.second)),
                "jaccard": pair.jaccard,
                "of_smaller": pair.of_smaller,
                "both_picked": pair.both_picked,
            }
            for pair in solution.overlap
        ],
        "curve": list(solution.curve),
        "cost_minor": cost_of_all(problem, [one.key for one in solution.picks]),
        "unknown_fees": sum(problem.cost_of(one.key) is None for one in solution.picks),
        "currency": problem.currency,
        "stopped_because": solution.stopped_because,
        "workers": solution.workers,
        "already": len(problem.already),
        "minded": _minded_to_json(problem, solution, cards),
    }  # fmt: skip


def _minded_to_json(
    problem: PickProblem, solution: PickSolution, cards: Mapping[int, NodeCard]
) -> dict[str, Any] | None:
    minded, found = problem.minded, solution.minded
    if minded is None or found is None:
        return None
    return {
        "weight": minded.weight,
        "complainers": range_to_json(found.complainers),
        "plain": [_who(key, cards.get(key)) for key in found.plain],
        "plain_spread": found.plain_spread,
        "plain_complainers": found.plain_complainers,
        "given_up": range_to_json(found.given_up),
        "spared": range_to_json(found.spared),
        "same": {one.key for one in solution.picks} == set(found.plain),
        "answers": minded.answers,
        "people": minded.people,
        "complaints": minded.complaints,
        "cut_off": found.cut_off,
    }


def cost_of_all(problem: PickProblem, keys: Sequence[int]) -> int | None:
    """Add up what people cost, an unknown fee counting 0; None where nothing at all is known of money.

    Examples
    --------
    >>> from ambassador.values.picks.picks import Objective
    >>> problem = PickProblem(2, Objective.VIEWS, (2, 4), 7, fees={2: 300}, on_top=20)
    >>> cost_of_all(problem, [2, 4]), cost_of_all(PickProblem(1, Objective.VIEWS, (2,), 7), [2])
    (340, None)
    """
    if not (problem.fees or problem.on_top or problem.on_top_of or problem.assumed_fee):
        return None
    beside = (problem.on_top_of.get(key, problem.on_top) for key in keys)
    return sum(problem.fees.get(key, problem.assumed_fee or 0) for key in keys) + sum(beside)


def left_out_to_json(left_out: tuple[Excluded, ...], session: Session) -> dict[str, Any]:
    """Write who was left out and why."""
    kept = left_out[:_LEFT_OUT_KEPT]
    cards = cards_of(session, [one.key for one in kept])
    rows = [{**_who(one.key, cards.get(one.key)), **note_to_json(one.reason)} for one in kept]
    return {"left_out": rows, "left_out_count": len(left_out)}


def note_to_json(note: Note) -> dict[str, Any]:
    """Write a note: its message id and values.

    Examples
    --------
    >>> note_to_json(Note("{count} left", {"count": 2}))
    {'text': '{count} left', 'values': {'count': 2}}
    """
    return {"text": note.text, "values": dict(note.values)}


def note_from_json(kept: Mapping[str, Any]) -> Note:
    """Read a note back.

    Examples
    --------
    >>> str(note_from_json({"text": "{count} left", "values": {"count": 2}}))
    '2 left'
    """
    return Note(kept["text"], dict(kept["values"]))


def rung_to_json(rung: Rung) -> dict[str, Any]:
    """Write on which rung an answer stood.

    Examples
    --------
    >>> rung_to_json(Rung(5, Note("who follows whom"), Note("learn"), word_of_mouth=True))["built_on"]
    {'text': 'who follows whom', 'values': {}}
    """
    return {
        "number": rung.number,
        "built_on": note_to_json(rung.built_on),
        "next_step": note_to_json(rung.next_step),
        "word_of_mouth": rung.word_of_mouth,
    }


def rung_from_json(kept: Mapping[str, Any]) -> Rung:
    """Read a rung back.

    Examples
    --------
    >>> rung = Rung(5, Note("who follows whom"), Note("learn"), word_of_mouth=True)
    >>> rung_from_json(rung_to_json(rung)) == rung
    True
    """
    built_on, next_step = note_from_json(kept["built_on"]), note_from_json(kept["next_step"])
    return Rung(kept["number"], built_on, next_step, kept["word_of_mouth"])


def key_of(kept: Mapping[str, Any]) -> int:
    """Return the node key of somebody written by id.

    Examples
    --------
    >>> key_of({"person_id": 3, "account_id": 8}), key_of({"person_id": None, "account_id": 8})
    (6, 17)
    """
    person_id = kept["person_id"]
    return NodeKey.of_account(kept["account_id"], person_id)


def _who(key: int, card: NodeCard | None) -> dict[str, Any]:
    owner = NodeKey.owner(key)
    return {
        "person_id": owner.person_id,
        "account_id": card.account_id if card else owner.account_id or 0,
    }


def picked_to_json(
    one: PickedNode, problem: PickProblem, card: NodeCard | None, past: Mapping[int, tuple[int, float]]
) -> dict[str, Any]:
    """Write one person of a choice with the figures that explain them.

    Examples
    --------
    >>> from ambassador.values.picks.picks import Objective
    >>> problem = PickProblem(1, Objective.VIEWS, (6,), 7, fees={6: 300}, on_top=20)
    >>> kept = picked_to_json(PickedNode(6, expected=9.0), problem, None, {})
    >>> kept["person_id"], kept["expected"], kept["fee_minor"], kept["cost_minor"]
    (3, 9.0, 300, 320)
    """
    fee = problem.fees.get(one.key)
    sizes = [past[account] for account in (card.account_ids if card else ()) if account in past]
    posts = sum(number for number, _ in sizes)
    return {
        **_who(one.key, card),
        "marginal_spread": one.marginal_spread,
        "expected": one.expected,
        "posting": one.posting,
        "overlap": one.overlap,
        "fee_minor": fee,
        "currency": problem.currency if fee is not None else None,
        "cost_minor": problem.cost_of(one.key),
        "cost_currency": problem.currency,
        "followers": card.followers if card else None,
        "past_talkers": sum(number * mean for number, mean in sizes) / posts if posts else None,
        **_complaints_of(one.key, problem),
    }


def _complaints_of(key: int, problem: PickProblem) -> dict[str, Any]:
    minded = problem.minded
    if minded is None:
        return {}
    return {"complaint_share": float(minded.share_of([key])[0]), "labelled_answers": minded.told.get(key, 0)}


# From this rung on, ties say who follows whom, not only who reacted.
_MARKET_TIES = 5


def audience_of(
    session: Session, cards: Sequence[NodeCard], solution: PickSolution, rung: Rung, *, targeted: bool = False
) -> dict[str, Any] | None:
    """Bound the unique audience of the picked people as exactly as the data allow.

    Where only some people are to be reached, follower counts and lists say nothing of them; ties do.
    """
    if targeted:
        size = solution.direct_union
        if rung.number < _MARKET_TIES or size is None:
            return None
        return {"low": size, "high": size, "known_for": len(cards), "exact": True}
    lists = accounts_with_follower_lists(session)
    if cards and all(lists.intersection(card.account_ids) for card in cards):
        size = count_listed_followers(session, [account for card in cards for account in card.account_ids])
        return {"low": size, "high": size, "known_for": len(cards), "exact": True}
    bounds = reach_range([card.followers for card in cards])
    if bounds is not None:
        known = sum(card.followers is not None for card in cards)
        return {"low": bounds[0], "high": bounds[1], "known_for": known, "exact": False}
    if rung.number >= _MARKET_TIES and solution.direct_union is not None:
        size = solution.direct_union
        return {"low": size, "high": size, "known_for": len(cards), "exact": True}
    return None

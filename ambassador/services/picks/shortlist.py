"""Who can be picked and who cannot, with the reason: the way from a request to a pick as pure data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from sqlmodel import Session

from ambassador.errors import BadInputError, InfeasibleError
from ambassador.i18n import mark
from ambassador.metrics.expected import ExpectationBasis
from ambassador.services.countries import country_code, shipping_text
from ambassador.services.networks.nodes import NodeCard, cards_of
from ambassador.services.networks.seed_figures import (
    best_interactions,
    best_views,
    interaction_variation,
    view_variation,
)
from ambassador.services.picks.deadline import deadline_step
from ambassador.services.picks.pick_problem import PickProblem, quotas_of
from ambassador.services.picks.posting import learn_posting
from ambassador.store.people.people import find_accounts
from ambassador.store.people.track_record import past_posts
from ambassador.store.picks.shortlists import candidate_keys, status_by_node
from ambassador.values.imports.imports import Note
from ambassador.values.money import Money
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.picks import clashes
from ambassador.values.picks.picks import Candidates, Objective, PickRequest
from ambassador.values.status import AmbassadorStatus

_IN = frozenset({AmbassadorStatus.INVITED, AmbassadorStatus.ACCEPTED, AmbassadorStatus.DONE})
_OUT = frozenset({AmbassadorStatus.DECLINED, AmbassadorStatus.SILENT, AmbassadorStatus.REPLACED})


@dataclass(frozen=True, slots=True)
class Excluded:
    """A node that is not considered, and why."""

    key: int
    reason: Note


class Shortlist:
    """From a request to a pick as pure data: finds the people it names, then sorts out who can be picked."""

    def __init__(self, session: Session, request: PickRequest) -> None:
        self._session = session
        pairs = [handle for pair in request.apart for handle in pair]
        accounts = find_accounts(session, [*request.must, *request.never, *request.already, *pairs])
        keys = {
            text: NodeKey.of_account(account.id or 0, account.person_id) for text, account in accounts.items()
        }
        status = status_by_node(session, request.campaign_id) if request.campaign_id else {}
        already = [keys[text] for text in request.already]
        already += [key for key, one in status.items() if one in _IN]
        self._must = tuple(dict.fromkeys(keys[text] for text in request.must if keys[text] not in already))
        self._never = frozenset(keys[text] for text in request.never)
        self._declined = frozenset(key for key, one in status.items() if one in _OUT) - set(self._must)
        both = next((text for text in request.must if keys[text] in self._never), None)
        if both:
            raise clashes.must_and_never(both)
        self._already = tuple(dict.fromkeys(already))
        self._apart = _apart(request, keys, self._must)
        self.named: Mapping[str, int] = keys
        """Node key of everybody the request names, by the text that names them."""
        self.left_out: tuple[Excluded, ...] = ()
        self.notes: tuple[Note, ...] = ()

    def problem(self, request: PickRequest, random_key: int, everybody: Iterable[int]) -> PickProblem:
        """Decide who can be picked; ``everybody`` are considered where no list of people is kept.

        The request is the one the shortlist was made for, its objective settled. ``left_out`` and ``notes``
        then say who cannot be picked and what to tell.
        """
        pool = _pool(self._session, request, everybody)
        self._request = request
        self._cards = cards_of(self._session, {*pool, *self._must, *self._already})
        by_hand = {
            card.key: card.posting_probability
            for card in self._cards.values()
            if card.posting_probability is not None
        }
        self._posting = learn_posting(self._session, by_hand)
        costs = request.costs
        self._budget = None if request.without_fee and not costs.any_on_top else request.budget
        self._assumed = Money(0, self._said_currency) if request.without_fee else costs.assumed_fee
        self._by_values = request.objective in {Objective.INTERACTIONS, Objective.VIEWS}
        self._past = past_posts(self._session) if self._by_values else {}
        self._values = {key: found for key in self._cards if (found := self._value(self._cards[key]))}
        return self._sorted(pool, random_key)

    def _sorted(self, pool: Sequence[int], random_key: int) -> PickProblem:
        """Sort everybody into candidates and left out."""
        left_out, kept = [], []
        for key in dict.fromkeys((*self._must, *pool)):
            if key in self._never or key in self._already or key not in self._cards:
                continue
            reason = self._reason(self._cards[key])
            if reason is None:
                kept.append(key)
            elif key in self._must:
                self._refuse(key, reason)
            else:
                left_out.append(Excluded(key, reason))
        self._check_budget()
        if not kept and left_out:
            raise BadInputError("nobody can be picked: {reason}", reason=left_out[0].reason)
        if not kept:
            raise BadInputError("nobody is left to pick from: import people or ties first, or exclude fewer")
        too_dear = self._too_dear(kept)
        self.notes = self._notes([key for key in kept if key not in too_dear])
        reason = Note(mark("over budget"))
        left_out += [Excluded(key, reason) for key in kept if key in too_dear]
        self.left_out = tuple(left_out)
        return self._problem(kept, random_key)

    def _reason(self, card: NodeCard) -> Note | None:
        """Say why somebody cannot be picked, or None."""
        if not card.is_candidate and card.key not in self._must:
            return Note(mark("archived, or not a candidate"))
        if any(card.key in pair and set(pair) & set(self._already) for pair in self._apart):
            return Note(mark("not together with somebody who is in already"))
        if not card.account_id:
            return Note(mark("no account is known"))
        if card.key in self._declined:
            return Note(mark("declined, silent or replaced in this campaign"))
        fee = None if self._budget is None else self._fee(card)
        if self._budget is not None and fee is None:
            return Note(mark("the fee is not known"))
        if self._budget is not None and fee is not None and fee.currency != self._budget.currency:
            text = mark("the fee is in {currency}, the budget in {other}")
            return Note(text, {"currency": fee.currency, "other": self._budget.currency})
        if self._by_values and card.key not in self._values:
            views = self._request.objective is Objective.VIEWS
            return Note(mark("no views are known") if views else mark("no interactions are known"))
        return None

    def _refuse(self, key: int, reason: Note) -> None:
        names = {named: text for text, named in self.named.items()}
        raise clashes.must_but(names.get(key, self._cards[key].handle), reason)

    def _fee(self, card: NodeCard) -> Money | None:
        """Return the fee that counts: none where the deal has none, the assumed one where it is not known."""
        return self._assumed if self._request.without_fee else card.fee or self._assumed

    def _cost(self, key: int) -> int:
        """Add up what somebody costs whose fee counts."""
        fee = self._fee(self._cards[key])
        return (fee.minor if fee else 0) + self._on_top(key)

    def _on_top(self, key: int) -> int:
        """Say what somebody costs beside the fee, by the country they live in."""
        return self._request.costs.on_top_in(country_code(self._cards[key].country) or "")

    def _check_budget(self) -> None:
        if self._budget is None:
            return
        cost = Money(sum(self._cost(key) for key in self._must), self._budget.currency)
        if cost.minor > self._budget.minor:
            raise clashes.must_cost(f"{cost.amount} {cost.currency}", self._budget.amount)

    def _too_dear(self, kept: Sequence[int]) -> frozenset[int]:
        """Name those who cost more than the budget; refuse where that is everybody.

        They stay candidates, whom no pick within the budget can hold: a price of the budget counts them.
        """
        if self._budget is None:
            return frozenset()
        found = frozenset(key for key in kept if self._cost(key) > self._budget.minor)
        if len(found) == len(kept):
            self._refuse_budget(self._budget, min(map(self._cost, kept)))
        return found

    def _refuse_budget(self, budget: Money, lowest: int) -> NoReturn:
        values = {"budget": budget.amount, "currency": budget.currency}
        cost = Money(lowest, budget.currency).amount
        if self._request.costs.any_on_top:
            raise InfeasibleError(
                "the budget of {budget} {currency} pays nobody: the cheapest person costs {cost} in all",
                cost=cost,
                **values,
            )
        raise InfeasibleError(
            "the budget of {budget} {currency} pays nobody: the lowest fee is {fee}", fee=cost, **values
        )

    def _value(self, card: NodeCard) -> tuple[float, ExpectationBasis] | None:
        if not self._by_values:
            return None
        views = self._request.objective is Objective.VIEWS
        return best_views(card, self._past) if views else best_interactions(card, self._past)

    def _problem(self, kept: Sequence[int], random_key: int) -> PickProblem:
        request, cards = self._request, self._cards
        everyone = [*kept, *self._already]
        habit, history = self._posting.habit, self._posting.history
        return PickProblem(
            count=request.count,
            objective=request.objective or Objective.TALKERS,
            candidates=tuple(kept),
            random_key=random_key,
            budget=self._budget.minor if self._budget else None,
            currency=self._currency(kept),
            fees={key: fee.minor for key in kept if (fee := cards[key].fee) and self._counts(fee, kept)},
            followers={key: size for key in kept if (size := cards[key].followers) is not None},
            values={key: self._values[key][0] for key in everyone if key in self._values},
            variation=self._variation(),
            must=self._must,
            already=tuple(key for key in self._already if key in cards),
            groups=quotas_of(request.quotas, [key for key in everyone if key in cards], cards),
            apart=tuple(pair for pair in self._apart if set(pair) <= set(kept)),
            habit=habit,
            history={key: history[key] for key in everyone if key in history},
            by_hand={key: self._posting.by_hand[key] for key in everyone if key in self._posting.by_hand},
            on_top=request.costs.on_top,
            on_top_of={key: cost for key in kept if (cost := self._on_top(key)) != request.costs.on_top},
            assumed_fee=self._assumed.minor if self._assumed else None,
            certificate=request.certificate,
            diffusion=request.diffusion,
            deadline=deadline_step(request.days, request.hours_per_step),
            runs=request.runs,
            reserve=request.reserve,
        )

    @property
    def _said_currency(self) -> str:
        said = self._request.budget.currency if self._request.budget else self._request.costs.currency
        return said or "EUR"

    def _currency(self, kept: Sequence[int]) -> str:
        if self._budget or self._request.costs.currency:
            return self._said_currency
        return next((fee.currency for key in kept if (fee := self._cards[key].fee)), "EUR")

    def _counts(self, fee: Money, kept: Sequence[int]) -> bool:
        return self._request.without_fee is False and fee.currency == self._currency(kept)

    def _variation(self) -> float | None:
        views = self._request.objective is Objective.VIEWS
        return view_variation(self._past) if views else interaction_variation(self._past)

    def _notes(self, kept: Sequence[int]) -> tuple[Note, ...]:
        notes = [self._posting.note()]
        if self._by_values:
            bases = [self._values[key][1] for key in kept]
            text = mark(
                "Expected figures: {past} people by own past results, {averages} by averages, {rate} by rate."
            )
            counts = (
                bases.count(basis)
                for basis in (ExpectationBasis.OWN_PAST, ExpectationBasis.AVERAGES, ExpectationBasis.RATE)
            )
            notes.append(Note(text, dict(zip(("past", "averages", "rate"), counts, strict=True))))
        if self._request.days is not None:
            text = mark(
                "Counted: who talks within {days} days, {hours} hours for each step of word of mouth."
            )
            notes.append(Note(text, {"days": self._request.days, "hours": self._request.hours_per_step}))
        unknown = sum(self._cards[key].fee is None for key in kept)
        if self._request.costs.assumed_fee and unknown and not self._request.without_fee:
            fee = self._request.costs.assumed_fee
            text = mark("A fee of {amount} {currency} is assumed for {count} people whose fee is not known.")
            notes.append(Note(text, {"amount": str(fee.amount), "currency": fee.currency, "count": unknown}))
        if self._request.costs.shipping_to:
            text = mark("Shipping is counted by country: {shipping}.")
            notes.append(Note(text, {"shipping": shipping_text(self._request.costs.shipping_to)}))
        if len(kept) < self._request.count:
            text = mark("Only {people} people can be picked; {count} were asked for.")
            notes.append(Note(text, {"people": len(kept), "count": self._request.count}))
        return tuple(notes)


def _apart(request: PickRequest, keys: Mapping[str, int], must: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the pairs of which at most one may be in; a pair that must be in is refused by name."""
    for one, other in request.apart:
        if keys[one] == keys[other]:
            raise BadInputError("{one} and {other} are the same person", one=one, other=other)
        if {keys[one], keys[other]} <= set(must):
            raise clashes.both_must(one, other)
    return tuple((keys[one], keys[other]) for one, other in request.apart)


def _pool(session: Session, request: PickRequest, everybody: Iterable[int]) -> tuple[int, ...]:
    if request.candidates is not Candidates.EVERYONE:
        people = candidate_keys(session)
        if people or request.candidates is Candidates.PEOPLE:
            return people
    return tuple(int(key) for key in everybody)

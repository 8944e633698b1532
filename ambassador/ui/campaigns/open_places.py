"""Places that somebody left: the next best, given those already in, takes one with a click."""

from collections.abc import Sequence
from typing import Final

from ambassador.services.campaigns.invite import invite_next, next_candidates
from ambassador.services.picks.alternatives import next_best
from ambassador.services.undo import undo_of
from ambassador.ui.kit.job_panel import is_running, job_panel
from ambassador.ui.kit.jobs import start
from ambassador.ui.kit.markup import bold, joined
from ambassador.ui.kit.navigation import page_link
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import compact_number, money, number, t, t_count
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.campaigns.ambassadors import AmbassadorRow, NextCandidate
from ambassador.values.picks.picks import NextBest, PickedPerson
from ambassador.values.status import AmbassadorStatus

_S = AmbassadorStatus
_LEFT: Final = frozenset({_S.DECLINED, _S.SILENT, _S.REPLACED})
_SPARE: Final = 3


def open_places(campaign_id: int, rows: Sequence[AmbassadorRow]) -> None:
    """Offer the next best for every place somebody left, one click each; the reserve list comes first."""
    left = places_left(rows)
    if not left:
        return
    waiting = next_candidates(current_work(), campaign_id, len(left))
    with st.container(border=True):
        st.markdown(bold(t_count("{count} place is open", "{count} places are open", len(left))))
        if len(waiting) < len(left):
            waiting = (*waiting, *_computed(campaign_id, rows, len(left) - len(waiting)))
        for place, candidate in zip(left, waiting, strict=False):
            _offer(campaign_id, place, candidate)


def places_left(rows: Sequence[AmbassadorRow]) -> list[AmbassadorRow]:
    """List those who dropped out and whose place nobody has taken."""
    taken = {row.replaces_id for row in rows if row.status not in _LEFT}
    return [row for row in rows if row.status in _LEFT and row.id not in taken]


def candidate_of(person: PickedPerson) -> NextCandidate:
    """Make a candidate of somebody the word-of-mouth part ranked."""
    return NextCandidate(
        person_id=person.person_id or 0,
        name=person.name,
        handle=person.handle,
        platform=person.platform,
        city=person.city or "",
        followers=person.followers,
        fee=person.fee,
        marginal_spread=person.marginal_spread,
        account_id=person.account_id,
    )


def _computed(campaign_id: int, rows: Sequence[AmbassadorRow], wanted: int) -> tuple[NextCandidate, ...]:
    """Draw the computation of the next best, and give who came out and is not in meanwhile."""
    name, work = f"next-best-{campaign_id}", current_work()
    found: NextBest | None = job_panel(name)
    known = {row.person_id for row in rows}
    people = [] if found is None else [one for one in found.people if one.person_id not in known]
    if len(people) < wanted:
        st.caption(t("The reserve list is too short for that."))
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(
                t("Find the next best, given those already in"),
                disabled=is_running(name),
                icon=":material/search:",
            ):
                count = wanted + _SPARE
                start(name, lambda progress: next_best(work, campaign_id, count, progress=progress))
            page_link("pick", t("Pick more people"), campaign=campaign_id)
    return tuple(candidate_of(one) for one in people)


def _offer(campaign_id: int, place: AmbassadorRow, candidate: NextCandidate) -> None:
    facts = [
        candidate.city,
        t("{count} followers", count=compact_number(candidate.followers)) if candidate.followers else "",
        money(candidate.fee) if candidate.fee else "",
        t("adds {count} people who talk", count=number(candidate.marginal_spread, 1))
        if candidate.marginal_spread
        else "",
        t("number {rank} in reserve", rank=number(candidate.reserve_rank)) if candidate.reserve_rank else "",
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        left = t("{name} {status}", name=place.label, status=word(place.status))
        about = " · ".join(fact for fact in facts if fact)
        st.markdown(joined(" ", (left, "→", bold(candidate.label), about)), width="stretch")
        label = t("Invite {name}", name=candidate.label)
        if st.button(label, key=f"invite:{place.id}:{candidate.person_id}:{candidate.account_id}"):
            work = current_work().noting()
            invite_next(
                work, campaign_id, candidate.person_id or None,
                account_id=candidate.account_id, replaces_id=place.id,
            )  # fmt: skip
            say_done(t("{name} is invited.", name=candidate.label), undo=undo_of(work))
            st.rerun()

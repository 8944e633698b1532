"""What a forecast assumes about time and frailty (learned, else named priors), and how a reader is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.metrics.fits import fit_lognormal, fit_negative_binomial
from ambassador.propagation.influence import LearnedInfluence
from ambassador.services.forecasts.forecast_problem import ForecastProblem
from ambassador.services.forecasts.run_amounts import FEWEST_INSIDE
from ambassador.services.networks.crowd import CrowdKnown
from ambassador.services.networks.network import LoadedNetwork
from ambassador.store.campaigns.ambassador_rows import ambassador_rows
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.forecasts.timing_laws import (
    answer_delays,
    closed_campaigns,
    first_post_delays,
    posts_per_person,
)
from ambassador.store.mentions.talkers import talker_keys
from ambassador.values.forecasts.forecasts import ForecastRequest
from ambassador.values.forecasts.timing import Delay, Repeats, Timing
from ambassador.values.imports.imports import Note

_HOUR: Final = 3600.0
ANSWERS: Final = Delay(6.0, 1.5)
"""Prior: half answer within 6 hours, nine in ten within two days. Kwak, Lee, Park, Moon (WWW 2010, section 6)
saw half of all retweets within an hour and three in four within a day; replies in a campaign are slower."""
POSTING: Final = Delay(12.0, 1.0)
"""Prior: half of those who are free to speak post within 12 hours, nine in ten within two days."""
HEAT: Final = 0.3
"""Prior: one post in ten is 1.5 times as contagious as usual or more, one in ten 1.5 times less.

Where each post brings about one more, that alone makes one launch several times as large as another."""
SHARED: Final = 0.5
"""How much of the variance of the heat a whole launch shares; the rest belongs to each ambassador."""
_IN_DAYS: Final = 96.0
"""Hours from which on a length of time is told in days."""
_ENOUGH: Final = 20
"""Delays a law is learned from, at least."""


def timing_of(
    session: Session, request: ForecastRequest, loaded: LoadedNetwork | None, learned: LearnedInfluence | None
) -> Timing:
    """Settle when people post and answer, how hot a launch may be, and who talks outside the network."""
    heat = request.heat if request.heat is not None else learned.frailty.sigma if learned else HEAT
    if request.hours_per_step is not None:
        heat = request.heat or 0.0
    timing = Timing(
        answers=_answers(session, request, learned),
        posting=_posting(session, request),
        heat=heat * SHARED**0.5,
        own_heat=heat * (1 - SHARED) ** 0.5,
        heat_learned=learned is not None and request.heat is None,
        repeats=repeats_of(posts_per_person(session)),
    )
    return replace(timing, outside=_outside(session, loaded)) if loaded else timing


def free_after(session: Session, campaign_id: int) -> dict[int, float]:
    """Give, by person, hours from the campaign's first midnight until device and embargo let them speak.

    Examples
    --------
    >>> free_after(session, campaign)
    {1: 0.0, 2: 0.0, 3: 0.0}
    """
    campaign = get_campaign(session, campaign_id)
    first = campaign.starts_on
    opened = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(campaign.time_zone))
    hours: dict[int, float] = {}
    for row in ambassador_rows(session, campaign_id):
        moments = [row.delivered_at, row.embargo_until or campaign.embargo_until]
        waits = [(moment - opened).total_seconds() / _HOUR for moment in moments if moment is not None]
        hours[row.person_id] = max([0.0, *waits])
    return hours


def law_of(seconds: Sequence[float], platform: str = "") -> Delay | None:
    """Fit a log-normal law by the mean and deviation of the logarithms; None where too few are known.

    Examples
    --------
    >>> law_of([3_600.0, 7_200.0] * 20).count, law_of([3_600.0])
    (40, None)
    """
    if len(seconds) < _ENOUGH:
        return None
    return Delay(*fit_lognormal(np.asarray(seconds) / _HOUR), len(seconds), platform)


def repeats_of(posts: Sequence[int]) -> Repeats | None:
    """Learn how many further posts a person makes: mean, and the shape of a negative binomial by moments.

    Examples
    --------
    >>> repeats_of([1, 1, 1, 3]).mean, repeats_of([])
    (0.5, None)
    """
    if not posts:
        return None
    return Repeats(*fit_negative_binomial(np.asarray(posts, dtype=np.float64) - 1.0), len(posts))


def timing_notes(timing: Timing) -> tuple[Note, ...]:
    """Tell in words which delays and which heat were used, and whether they were learned.

    Examples
    --------
    >>> str(timing_notes(Timing((ANSWERS,), POSTING, 0.0, 0.0))[1])
    'Half of the ambassadors post within 12 hours of being free to: an assumption.'
    """
    doubt = (_doubt_note(timing),) if timing.doubt else ()
    return (_answers_note(timing.answers[0]), _posting_note(timing.posting), _heat_note(timing), *doubt)


def _doubt_note(timing: Timing) -> Note:
    text = mark(
        "Whole launches miss by a factor of {factor} or more one time in ten, beyond what their parts "
        "explain: drawn once for each launch."
    )
    return Note(text, {"factor": float(f"{np.exp(1.2816 * timing.doubt):.2g}")})


def _answers(
    session: Session, request: ForecastRequest, learned: LearnedInfluence | None
) -> tuple[Delay, ...]:
    if request.hours_per_step is not None:
        return (Delay(float(request.hours_per_step), 0.0),)
    if request.answer_hours is not None:
        return (Delay(request.answer_hours, ANSWERS.sigma),)
    if learned is not None and learned.delay().count >= _ENOUGH:
        laws = [
            Delay(law.median / _HOUR, law.sigma, law.count, platform)
            for platform, law in sorted(learned.delays.items())
        ]
        return tuple(laws)
    seen = answer_delays(session)
    common = law_of([seconds for _, seconds in seen]) or ANSWERS
    platforms = sorted({platform for platform, _ in seen})
    own = [law_of([seconds for at, seconds in seen if at == platform], platform) for platform in platforms]
    return (common, *(law for law in own if law is not None))


def _posting(session: Session, request: ForecastRequest) -> Delay:
    if request.hours_per_step is not None:
        return Delay(0.0, 0.0)
    if request.posting_hours is not None:
        return Delay(request.posting_hours, POSTING.sigma)
    return law_of(first_post_delays(session)) or POSTING


def _outside(session: Session, loaded: LoadedNetwork) -> tuple[tuple[int, int], ...]:
    """Count, per closed campaign, who talked outside this network and inside."""
    counts = []
    for campaign_id in closed_campaigns(session):
        talkers = talker_keys(session, campaign_id)
        inside = int(loaded.contains(talkers).sum())
        if talkers:
            counts.append((len(talkers) - inside, inside))
    return tuple(counts)


def _answers_note(law: Delay) -> Note:
    if law.sigma == 0:
        text = mark("One step of word of mouth takes {hours} hours: an assumption.")
        return Note(text, {"hours": _hours(law)})
    if law.count:
        if law.median_hours >= _IN_DAYS:
            text = mark("Half of the answers come within {days} days: learned from {count} answers.")
            return Note(text, {"days": round(law.median_hours / 24), "count": law.count})
        text = mark("Half of the answers come within {hours} hours: learned from {count} answers.")
        return Note(text, {"hours": _hours(law), "count": law.count})
    text = mark("Half of the answers come within {hours} hours: an assumption until delays are learned.")
    return Note(text, {"hours": _hours(law)})


def _hours(law: Delay) -> float:
    """Round as one would say it: tenths below ten, whole hours above."""
    return round(law.median_hours, 1) if law.median_hours < 10 else round(law.median_hours)  # noqa: PLR2004


def _posting_note(law: Delay) -> Note:
    if law.median_hours == 0:
        return Note(mark("Ambassadors post at the launch: an assumption."))
    if law.count:
        text = mark("Half of the ambassadors post within {hours} hours: learned from {count} first posts.")
        return Note(text, {"hours": _hours(law), "count": law.count})
    text = mark("Half of the ambassadors post within {hours} hours of being free to: an assumption.")
    return Note(text, {"hours": _hours(law)})


def _heat_note(timing: Timing) -> Note:
    total = float(np.hypot(timing.heat, timing.own_heat))
    if total == 0:
        return Note(mark("All launches are taken to be equally contagious: an assumption."))
    values = {"factor": float(f"{np.exp(1.2816 * total):.2g}")}
    if timing.heat_learned:
        text = mark("One post in ten is {factor} times as contagious as usual or more: learned.")
        return Note(text, values)
    text = mark("One post in ten is {factor} times as contagious as usual or more: an assumption.")
    return Note(text, values)


def forecast_notes(
    problem: ForecastProblem, loaded: LoadedNetwork | None, crowd: CrowdKnown | None
) -> tuple[Note, ...]:
    """List everything the forecast rests on."""
    notes = [*_past_notes(problem), *(loaded.notes if loaded else ()), problem.posting.note()]
    if loaded and problem.timing:
        notes += [*timing_notes(problem.timing), _outside_note(problem)]
    else:
        notes.append(Note(mark("Counted are the ambassadors who post; whom they make talk is not known.")))
    if problem.timing:
        notes.append(_repeats_note(problem))
    if crowd:
        notes.append(_views_note(crowd))
    known = sum(seed.views is not None for seed in problem.seeds)
    if known:
        text = mark("Views of the ambassadors' own posts are known for {known} of {people} people.")
        notes.append(Note(text, {"known": known, "people": len(problem.seeds)}))
    return tuple(notes)


def _outside_note(problem: ForecastProblem) -> Note:
    if problem.strangers is not None:
        return Note(mark("Strangers, whom no tie leads to, are counted as past posts brought them."))
    if problem.outside_share is None:
        return Note(mark("People outside this network are not counted: how many talk is not known yet."))
    share = {"share": round(100 * problem.outside_share)}
    if problem.timing and any(inside >= FEWEST_INSIDE for _, inside in problem.timing.outside):
        return Note(
            mark("People outside this network are counted as in closed campaigns: {share}% last time."), share
        )
    text = mark("People outside this network are not counted: last time {share}% of those who talked were.")
    return Note(text, share)


def _repeats_note(problem: ForecastProblem) -> Note:
    repeats = problem.timing.repeats if problem.timing else None
    if repeats is None:
        return Note(mark("How many posts each person makes is not known, so mentions are not forecast."))
    text = mark("People who talk post {posts} times on average: learned from {people} people.")
    return Note(text, {"posts": round(1 + repeats.mean, 2), "people": repeats.people})


def _views_note(crowd: CrowdKnown) -> Note:
    if not crowd.stated:
        return Note(mark("Views are not forecast: no account here states them."))
    if crowd.views_per_follower is None:
        text = mark("Views count the posts of {people} people whose views are known, and nobody else's.")
        return Note(text, {"people": crowd.stated})
    text = mark(
        "Views are known for {people} people; for others with followers known, {ratio} views a follower."
    )
    return Note(text, {"people": crowd.stated, "ratio": float(f"{crowd.views_per_follower:.2g}")})


def _past_notes(problem: ForecastProblem) -> list[Note]:
    courses = problem.past.courses if problem.past else None
    if courses is None:
        return []
    if problem.results_weight < 1:
        text = mark(
            "Ties and past results are weighed. Of past results: sizes as past cascades let expect of each "
            "starter, days as {count} past cascades took them."
        )
        return [Note(text, {"count": len(courses.sizes)})]
    text = mark(
        "Past results lead: sizes as past cascades let expect of each starter, days as {count} past cascades "
        "took them."
    )
    return [Note(text, {"count": len(courses.sizes)})]

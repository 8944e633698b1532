"""What a reader is told about a forecast: what it counts, what it assumes, what it leaves out."""

from ambassador.i18n import mark
from ambassador.services.forecasts.assumptions import timing_notes
from ambassador.services.forecasts.forecast_problem import ForecastProblem
from ambassador.services.forecasts.run_amounts import FEWEST_INSIDE
from ambassador.services.networks.crowd import CrowdKnown
from ambassador.services.networks.network import LoadedNetwork
from ambassador.values.imports.imports import Note


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
    text = mark(
        "Past results lead: sizes as past cascades let expect of each starter, days as {count} past cascades "
        "took them. Cascades of different ambassadors are drawn independently of one another."
    )
    return [Note(text, {"count": len(courses.sizes)})]

"""What past posts let expect of each candidate's next one, as the values a pick sums up."""

from dataclasses import replace

from ambassador.services.calibration.leading import Results
from ambassador.services.picks.shortlist import Shortlist

_DIGITS = 3


def valued(shortlist: Shortlist, results: Results) -> Shortlist:
    """Give candidates and those in already the people their next post is expected to make talk."""
    problem = shortlist.problem
    keys = list(dict.fromkeys((*(problem.candidates or ()), *problem.must, *problem.already)))
    means, variations = results.moments(keys)
    values = dict(zip(keys, means.round(_DIGITS).tolist(), strict=True))
    scatter = dict(zip(keys, variations.round(_DIGITS + 1).tolist(), strict=True))
    return replace(shortlist, problem=replace(problem, values=values, scatter=scatter))

"""What speaks for one earlier post rather than another as the parent: a row of figures per pair of posts."""

from math import exp, log
from typing import NamedTuple

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int32Array, Int64Array
from ambassador.propagation.kernels.compiled import Bool, kernel
from ambassador.propagation.kernels.parents import tie_between

SIGNS = (
    "is the start",
    "is the start, by how many came between",
    "is the post before",
    "is the post before, by how many came earlier",
    "delay",
    "delay squared",
    "delay from the start",
    "delay from the start, squared",
    "posts between",
    "place in the cascade",
    "how often its author is answered",
    "how often this person answers its author",
    "has answered its author before",
    "its author's followers",
    "a tie is known",
    "probability of the tie",
    "is named in the text",
    "is by the same person",
    "is the start, for a reply",
    "is the post before, for a reply",
    "delay, for a reply",
)
# Pseudo-answers a pair's record is shrunk by: half a count, as everywhere before a logarithm.
ALPHA = 0.5
NEAREST = 8  # posts right before that a sample always keeps; the earlier ones are thinned
# Of very many earlier posts these are looked at for a reason: so many right before, by people answered or
# listened to, by one author, and by those answered most; of the rest so many stand for all.
BEFORE, KNOWN, OF_ONE, OUTSTANDING, SAMPLED = 64, 64, 4, 32, 128
# A plain bound: more than all of these together, 64 + 2 * 64 * 4 + 2 * 4 + 32 + 1.
LOOKED_AT = 1024


class Posts(NamedTuple):
    """Posts cascade by cascade, the start first, the rest in the order of time; figures are per post."""

    start: Int64Array
    """The first post of each post's cascade."""
    time: FloatArray
    author: Int64Array
    named: Int64Array
    """The author a text names as its source; -1 for nobody."""
    followers: FloatArray
    """Logarithm, standardised; 0 where not known."""
    reply: FloatArray
    """1 for replies and comments."""
    made: FloatArray
    """Posts of the author elsewhere."""
    contagion: FloatArray
    """Answers per post of the author elsewhere, shrunk."""
    eagerness: FloatArray
    """The author's share of all answers elsewhere, shrunk."""
    left_out: Int64Array
    """The author answered here, where that answer stands among the counted ones; else -1."""


class Pairs(NamedTuple):
    """Who is tied to whom, by target: sources rise within ``ends[target]`` to ``ends[target + 1]``."""

    ends: Int64Array
    sources: Int32Array
    value: FloatArray


@kernel
def value_of(pairs: Pairs, source: int, target: int, otherwise: float) -> float:
    """Look one pair up."""
    first, last = pairs.ends[target], pairs.ends[target + 1]
    place = tie_between(pairs.sources, first, last, source)
    return pairs.value[place] if place < last and pairs.sources[place] == source else otherwise


@kernel
def describe(
    posts: Posts, answered: Pairs, ties: Pairs, post: int, other: int, step: float, row: FloatArray
) -> None:
    """Write what speaks for ``other`` as the parent of ``post``; the order is that of ``SIGNS``."""
    start = posts.start[post]
    is_start = 1.0 if other == start else 0.0
    is_before = 1.0 if other == post - 1 else 0.0
    place = log(1.0 + post - start)
    waited = log(max(posts.time[post] - posts.time[other], 0.5 * step)) - 8.0
    source, target = posts.author[other], posts.author[post]
    answers = value_of(answered, source, target, 0.0)
    if posts.left_out[post] == source:
        answers -= 1.0
    due = posts.made[other] * posts.contagion[other] * posts.eagerness[post]
    tie = value_of(ties, source, target, np.inf)
    row[0], row[1] = is_start, is_start * place
    row[2], row[3] = is_before, is_before * place
    row[4], row[5] = waited, waited * waited
    row[6], row[7] = is_start * waited, is_start * waited * waited
    row[8], row[9] = log(1.0 * (post - other)), log(1.0 + other - start)
    row[10] = log(posts.contagion[other])
    row[11] = log((answers + ALPHA) / (due + ALPHA))
    row[12] = 1.0 if answers > 0.0 else 0.0
    row[13] = posts.followers[other]
    row[14] = 0.0 if tie == np.inf else 1.0
    row[15] = 0.0 if tie == np.inf else tie
    row[16] = 1.0 if posts.named[post] == source else 0.0
    row[17] = 1.0 if source == target else 0.0
    row[18], row[19] = is_start * posts.reply[post], is_before * posts.reply[post]
    row[20] = waited * posts.reply[post]


@kernel
def describe_pairs(
    posts: Posts,
    answered: Pairs,
    ties: Pairs,
    below: Int64Array,
    above: Int64Array,
    step: float,
    rows: FloatArray,
) -> None:
    """Describe many pairs of posts."""
    for i in range(below.size):
        describe(posts, answered, ties, below[i], above[i], step, rows[i])


@kernel
def worth_of(
    posts: Posts,
    answered: Pairs,
    ties: Pairs,
    post: int,
    other: int,
    step: float,
    weight: FloatArray,
    row: FloatArray,
) -> float:
    """Weigh what speaks for ``other`` as the parent of ``post``."""
    describe(posts, answered, ties, post, other, step, row)
    worth = 0.0
    for sign in range(weight.size):
        worth += weight[sign] * row[sign]
    return worth


class Places(NamedTuple):
    """Where in a cascade somebody posted, and whose posts stand out, to find them without looking at all."""

    code: Int64Array
    """Cascade times people plus author of each post, rising."""
    post: Int64Array
    """The post of each code; of one author in one cascade the earliest first."""
    people: int
    cascade: Int64Array
    """Of each post."""
    standing: Int64Array
    """Posts, cascade by cascade, those first whose author is answered most whoever asks."""
    last: Int64Array
    """The first post of the next cascade, by post."""


@kernel
def add(chosen: Int64Array, stamp: Int64Array, found: int, other: int, post: int) -> int:
    """Put an earlier post among those looked at, once; give how many there are now."""
    if stamp[other] == post or found >= chosen.size:
        return found
    stamp[other] = post
    chosen[found] = other
    return found + 1


@kernel
def add_author(
    places: Places, chosen: Int64Array, stamp: Int64Array, found: int, author: int, post: int
) -> int:
    """Put the newest few earlier posts of somebody in the same cascade among those looked at."""
    wanted = places.cascade[post] * places.people + author
    first = np.searchsorted(places.code, wanted)
    last = first
    while last < places.code.size and places.code[last] == wanted and places.post[last] < post:
        last += 1
    for i in range(max(first, last - OF_ONE), last):
        found = add(chosen, stamp, found, places.post[i], post)
    return found


@kernel
def look_at(
    posts: Posts,
    answered: Pairs,
    ties: Pairs,
    places: Places,
    post: int,
    chosen: Int64Array,
    stamp: Int64Array,
) -> int:
    """List the earlier posts that may be the parent for a reason; give how many there are.

    The start, those right before, those by people this one answered, listens to or names, their own, and
    those whose authors are answered most.
    """
    start, target = posts.start[post], posts.author[post]
    found = add(chosen, stamp, 0, start, post)
    for other in range(max(start, post - BEFORE), post):
        found = add(chosen, stamp, found, other, post)
    found = add_author(places, chosen, stamp, found, target, post)
    if posts.named[post] >= 0:
        found = add_author(places, chosen, stamp, found, posts.named[post], post)
    for pairs in (answered, ties):
        first, last = pairs.ends[target], pairs.ends[target + 1]
        for i in range(first, min(last, first + KNOWN)):
            found = add_author(places, chosen, stamp, found, pairs.sources[i], post)
    outstanding = 0
    for i in range(start, places.last[post]):
        if outstanding == OUTSTANDING:
            break
        if places.standing[i] < post:
            found = add(chosen, stamp, found, places.standing[i], post)
            outstanding += 1
    return found


@kernel
def choose_parents(  # noqa: PLR0913, PLR0917, C901 - what is known, what is asked, what to fill; one loop
    posts: Posts,
    answered: Pairs,
    ties: Pairs,
    places: Places,
    asked: Int64Array,
    named: Int64Array,
    weight: FloatArray,
    step: float,
    most: int,
    best: Int64Array,
    sure: FloatArray,
    chance: FloatArray,
) -> None:
    """Write the likeliest parent of each post asked about, its probability, and those of some that are named.

    ``named`` and ``chance`` have a row for each post asked about; who is no earlier post of it gets 0.

    Of more than ``most`` earlier posts, those are looked at that may be the parent for a reason, and of the
    others every so-manieth, which stands for its neighbours (Horvitz, Thompson 1952).
    """
    row, worths = np.empty(weight.size), np.empty(named.shape[1])
    chosen, stamp = np.empty(LOOKED_AT, np.int64), np.full(posts.start.size, -1, np.int64)
    for i in range(asked.size):
        post = asked[i]
        start, looked, skip = posts.start[post], 0, 1
        if post - start > most:
            looked = look_at(posts, answered, ties, places, post, chosen, stamp)
            skip = (post - start) // SAMPLED + 1
        top, total = -np.inf, 0.0
        worths[:] = -np.inf
        count = looked + (post - start - 1 - i % skip) // skip + 1
        for number in range(count):
            sampled = number >= looked
            other = start + i % skip + (number - looked) * skip if sampled else chosen[number]
            if sampled and looked > 0 and stamp[other] == post:
                continue
            worth = worth_of(posts, answered, ties, post, other, step, weight, row)
            for place in range(worths.size):
                if other == named[i, place]:
                    worths[place] = worth
            if worth > top:
                total *= np.exp(top - worth)
                top, best[i] = worth, other
            total += np.exp(worth - top) * (skip if sampled else 1)
        sure[i] = min(1.0 / total, 1.0)
        for place in range(worths.size):
            other = named[i, place]
            if worths[place] == -np.inf and other >= start and other < post:
                worths[place] = worth_of(posts, answered, ties, post, other, step, weight, row)
            chance[i, place] = min(np.exp(worths[place] - top) / total, 1.0)


@kernel
def sample_pairs(
    start: Int64Array,
    asked: Int64Array,
    truth: Int64Array,
    skip: Int64Array,
    fill: Bool,
    ends: Int64Array,
    above: Int64Array,
    offset: FloatArray,
) -> None:
    """List the pairs to learn from: of many earlier posts only every ``skip``-th, weighed up accordingly.

    The start and the posts right before are always there; of the rest, the class that holds the true parent,
    so that the choice within the sample is unbiased (McFadden 1978). Counts into ``ends[1:]``, or fills where
    ``ends`` is summed up.
    """
    for i in range(asked.size):
        post, found = asked[i], ends[i] if fill else 0
        first = start[post]
        nearest = post - NEAREST if skip[i] > 1 else first
        is_special = truth[i] == first or truth[i] >= nearest
        class_ = i % skip[i] if is_special else (truth[i] - first) % skip[i]
        for other in range(first, post):
            always = other == first or other >= nearest
            if always or (other - first) % skip[i] == class_:
                if fill:
                    above[found] = other
                    offset[found] = 0.0 if always else log(1.0 * skip[i])
                found += 1
        if not fill:
            ends[i + 1] = found


@kernel
def weigh_choices(  # noqa: PLR0913, PLR0917, C901 - loops within loops; what was chosen among what, and what to fill
    rows: FloatArray,
    offset: FloatArray,
    ends: Int64Array,
    counts: FloatArray,
    true: BoolArray,
    weight: FloatArray,
    worth: FloatArray,
    slope: FloatArray,
    bend: FloatArray,
) -> float:
    """Log-likelihood of a conditional logit; write its slope and its curvature, both from 0.

    ``counts`` says how much each choice counts.
    """
    likelihood = 0.0
    mean = np.empty(weight.size)
    for choice in range(ends.size - 1):
        first, last, counted = ends[choice], ends[choice + 1], counts[choice]
        top = -np.inf
        for i in range(first, last):
            worth[i] = offset[i]
            for sign in range(weight.size):
                worth[i] += weight[sign] * rows[i, sign]
            top = max(top, worth[i])
        total = 0.0
        for i in range(first, last):
            total += exp(worth[i] - top)
        mean[:] = 0.0
        for i in range(first, last):
            share = exp(worth[i] - top) / total
            if true[i]:
                likelihood += counted * (worth[i] - top - log(total))
            for sign in range(weight.size):
                mean[sign] += share * rows[i, sign]
                slope[sign] += counted * (true[i] - share) * rows[i, sign]
                for other in range(sign + 1):
                    bend[sign, other] += counted * share * rows[i, sign] * rows[i, other]
        for sign in range(weight.size):
            for other in range(sign + 1):
                bend[sign, other] -= counted * mean[sign] * mean[other]
    for sign in range(weight.size):
        for other in range(sign):
            bend[other, sign] = bend[sign, other]
    return likelihood

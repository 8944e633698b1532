"""Which posts speak of the same: words that tell, few directions of them, and groups around centres.

TF-IDF, a truncated singular value decomposition (latent semantic analysis: Deerwester et al., JASIS 41, 1990)
and spherical k-means (Dhillon, Modha, Machine Learning 42, 2001; started as in Arthur, Vassilvitskii, SODA
2007). A topic is named by the words whose log-odds against all other posts stand out most, by an informative
Dirichlet prior (Monroe, Colaresi, Quinn, Political Analysis 16, 2008, equations 15 to 22).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import svds

from ambassador.metrics.arrays import FloatArray, IntArray
from ambassador.metrics.wording.features import essence
from ambassador.metrics.wording.stop_words import STOP_WORDS
from ambassador.values.mentions.search_words import parts_of, stem

NONE: Final = -1
"""The topic of a post that belongs to none."""
_DIRECTIONS: Final = 50
"""Directions that are kept: between 50 and 100 serve texts of a few thousand words (Deerwester et al.)."""
_STARTS: Final = 8
"""The best of so many starts: k-means finds different groups from different ones."""
_ROUNDS: Final = 100
"""A plain bound; groups of short posts stand still after 10 to 30 rounds."""
_LEAST_POSTS: Final = 2
"""A word of one post alone joins nothing."""
_MOST_SHARE: Final = 0.5
"""A word of more than half of the posts tells none of them apart."""
_NEAR: Final = 0.25
"""Cosine with the centre below which a post belongs to no topic: at 0.25 it shares about a word in four."""
_NAMED_BY: Final = 5
_TYPICAL: Final = 3
_SHORTEST: Final = 3
"""Letters of a word that may name a topic; single emoji and hashtags may as well."""
_MOST_CHARACTERS: Final = 5_000
"""Of a longer text the rest is not read: a subject is told before."""
_Matrix = sparse.csr_array
_Rows = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Topics:
    """Which topic each text belongs to, the largest topic first."""

    of: IntArray
    """Shape (texts,): the number of its topic, ``NONE`` where it belongs to none."""
    words: tuple[tuple[str, ...], ...]
    """What names each topic, the most telling word first; in the form most of its texts write."""
    typical: tuple[tuple[int, ...], ...]
    """Up to three texts of each, the nearest to its centre first, no two alike."""

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many texts each holds."""
        return tuple(int((self.of == topic).sum()) for topic in range(len(self.words)))

    @property
    def without(self) -> int:
        """How many texts belong to none."""
        return int((self.of == NONE).sum())


def find_topics(texts: Sequence[str], most: int, *, seed: int = 0) -> Topics:
    """
    Group texts by what they speak of.

    Parameters
    ----------
    texts : sequence of str
        In any language; common words of Italian and English are passed over.
    most : int
        Topics that are looked for, at least 1; fewer are found where texts are few or alike.
    seed : int
        The same texts and seed give the same topics.

    Returns
    -------
    Topics
        Texts without a word that any other shares, or far from every centre, belong to none.

    Examples
    --------
    >>> battery = ["battery dead by noon", "the battery drains, dead again", "dead battery"]
    >>> screen = ["lovely screen colours", "colours of this screen", "screen with lovely colours"]
    >>> found = find_topics([*battery, *screen, "hello"], 2)
    >>> found.of.tolist(), found.sizes, found.without
    ([1, 1, 1, 0, 0, 0, -1], (3, 3), 1)
    >>> sorted(found.words[1])
    ['battery', 'dead']
    """
    counts, words = _count_words(texts)
    told = np.flatnonzero(np.diff(counts.indptr))
    if not told.size:
        return Topics(np.full(len(texts), NONE), (), ())
    rows = _directions(_weighed(counts[told]), seed)
    groups, centres = _group(rows, min(most, told.size), np.random.default_rng(seed))
    near = np.einsum("ij,ij->i", rows, centres[groups])
    of = np.full(len(texts), NONE)
    of[told[near >= _NEAR]] = groups[near >= _NEAR]
    nearness = np.zeros(len(texts))
    nearness[told] = near
    return _told(texts, of, nearness, counts, words)


def _count_words(texts: Sequence[str]) -> tuple[_Matrix, list[str]]:
    """Count the stems of each text, shape (texts, words); give how each stem is mostly written."""
    places: dict[str, int] = {}
    written: list[Counter[str]] = []
    columns: list[int] = []
    ends = [0]
    for text in texts:
        for part in parts_of(text[:_MOST_CHARACTERS]):
            if not _tells(part.mark, part.text, is_sign=part.is_sign):
                continue
            place = places.setdefault(stem(part.text), len(places))
            if place == len(written):
                written.append(Counter())
            written[place][part.mark + part.text] += 1
            columns.append(place)
        ends.append(len(columns))
    counts = sparse.csr_array(
        (np.ones(len(columns)), np.array(columns, np.int64), np.array(ends)), shape=(len(texts), len(places))
    )
    counts.sum_duplicates()
    posts = np.bincount(counts.indices, minlength=len(places))
    kept = np.flatnonzero((posts >= _LEAST_POSTS) & (posts <= max(_MOST_SHARE * len(texts), _LEAST_POSTS)))
    return counts[:, kept], [written[place].most_common(1)[0][0] for place in kept]


def _tells(mark: str, word: str, *, is_sign: bool) -> bool:
    if is_sign:
        return True
    return mark != "@" and len(word) >= _SHORTEST and not word.isdecimal() and word not in STOP_WORDS


def _weighed(counts: _Matrix) -> _Matrix:
    """TF-IDF: (1 + ln count) ln(1 + texts / texts with the word), each row of length 1."""
    posts = np.maximum(np.bincount(counts.indices, minlength=counts.shape[1]), 1)
    found = counts.copy()
    found.data = (1.0 + np.log(found.data)) * np.log1p(counts.shape[0] / posts)[found.indices]
    lengths = np.sqrt(found.multiply(found).sum(axis=1))
    return sparse.csr_array(sparse.diags_array(1.0 / lengths) @ found)


def _directions(weighed: _Matrix, seed: int) -> _Rows:
    """Project each text on the strongest directions; each row of length 1."""
    wanted, smallest = min(_DIRECTIONS, *weighed.shape), min(weighed.shape)
    if smallest <= _DIRECTIONS + 1:
        left, strength, _ = np.linalg.svd(weighed.toarray(), full_matrices=False)
        left, strength = left[:, :wanted], strength[:wanted]
    else:
        start = np.random.default_rng(seed).uniform(-1.0, 1.0, smallest)
        left, strength, _ = svds(weighed, k=wanted, v0=start)
    rows = left * strength
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12))


def _group(rows: _Rows, most: int, rng: np.random.Generator) -> tuple[IntArray, _Rows]:
    """Spherical k-means: the best of several starts, the first of those that are as good."""
    tried = [_settle(rows, _first_centres(rows, most, rng)) for _ in range(_STARTS)]
    near = [float(np.einsum("ij,ij->", rows, centres[groups])) for groups, centres in tried]
    return tried[int(np.argmax(np.round(near, 9)))]


def _settle(rows: _Rows, centres: _Rows) -> tuple[IntArray, _Rows]:
    """Give each text to its nearest centre and each centre to the middle of its texts, until all stand."""
    groups = np.full(len(rows), NONE)
    for _ in range(_ROUNDS):
        nearest = (rows @ centres.T).argmax(axis=1)
        if (nearest == groups).all():
            break
        groups = nearest
        centres = _centres(rows, groups, len(centres))
    return groups, centres


def _first_centres(rows: _Rows, most: int, rng: np.random.Generator) -> _Rows:
    """Choose texts far from each other: each by its squared distance from those chosen before."""
    chosen = [int(rng.integers(len(rows)))]
    away = 2.0 - 2.0 * rows @ rows[chosen[0]]
    while len(chosen) < most:
        weights = np.maximum(away, 0.0)
        weights[weights < 1e-9] = 0.0  # noqa: PLR2004 - rounding
        if not weights.sum():
            break  # all texts are like one of those chosen
        chosen.append(int(rng.choice(len(rows), p=weights / weights.sum())))
        away = np.minimum(away, 2.0 - 2.0 * rows @ rows[chosen[-1]])
    return rows[chosen]


def _centres(rows: _Rows, groups: IntArray, many: int) -> _Rows:
    members = sparse.csr_array((np.ones(len(rows)), (groups, np.arange(len(rows)))), shape=(many, len(rows)))
    sums = np.asarray(members @ rows)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12))


def _told(
    texts: Sequence[str], of: IntArray, near: FloatArray, counts: _Matrix, words: Sequence[str]
) -> Topics:
    """Number the groups by size, and name them."""
    found, sizes = np.unique(of[of != NONE], return_counts=True)
    order = found[np.lexsort((found, -sizes))]
    numbered = np.full(len(texts), NONE)
    for number, group in enumerate(order):
        numbered[of == group] = number
    names, typical = [], []
    for number in range(len(order)):
        members = np.flatnonzero(numbered == number)
        names.append(tuple(words[place] for place in telling_words(counts, members)))
        typical.append(_unlike(texts, members[np.argsort(-near[members], kind="stable")]))
    return Topics(numbered, tuple(names), tuple(typical))


def telling_words(counts: _Matrix, members: IntArray) -> list[int]:
    """
    Find the words that tell some texts from the others.

    Parameters
    ----------
    counts : sparse array, shape (texts, words)
        How often each text has each word.
    members : int array
        Which texts.

    Returns
    -------
    list of int
        Up to five words whose log-odds are above chance, the highest z-score first; the prior is the use of
        the word in all texts.

    Examples
    --------
    >>> counts = sparse.csr_array(np.array([[9, 4, 0], [8, 5, 1], [0, 4, 9], [0, 5, 9]]))
    >>> telling_words(counts, np.array([0, 1]))
    [0]
    """
    all_of_it = np.asarray(counts.sum(axis=0)).ravel()
    here = np.asarray(counts[members].sum(axis=0)).ravel()
    rest = all_of_it - here
    prior = all_of_it / all_of_it.sum() * counts.shape[1]  # one occurrence a word in all
    ours, theirs = here + prior, rest + prior
    odds = np.log(ours / (ours.sum() - ours + 1e-9)) - np.log(theirs / (theirs.sum() - theirs + 1e-9))
    score = odds / np.sqrt(1.0 / ours + 1.0 / theirs)
    order = np.argsort(-score, kind="stable")[:_NAMED_BY]
    return [int(place) for place in order if score[place] > 0.0 and here[place] > 0]


def _unlike(texts: Sequence[str], nearest: IntArray) -> tuple[int, ...]:
    """Take the first few whose texts are not alike: of a post passed on a thousand times one is enough."""
    seen: set[str] = set()
    found = []
    for place in nearest.tolist():
        alike = essence(texts[place])
        if alike not in seen:
            seen.add(alike)
            found.append(place)
        if len(found) == _TYPICAL:
            break
    return tuple(found)

"""Texts as numbers a regression learns from: hashed runs of letters and words, and a few counts of a lexicon.

Hashing (Weinberger et al., ICML 2009) needs no list of words, so that what comes tomorrow needs no new one;
runs of letters see through misspellings and endings (Cavnar, Trenkle, SDAIR 1994).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ambassador.metrics.arrays import FloatArray
from ambassador.metrics.wording.lexicon import BAD, BAD_SIGNS, GOOD, GOOD_SIGNS, TROUBLE, TURNING
from ambassador.values.mentions.search_words import fold, stem

BITS: Final = 18
"""262,144 places: a workspace's posts seldom hold so many different runs that two meeting matters."""
PLACES: Final = 1 << BITS
LEXICON: Final = ("bad", "good", "trouble", "bad signs", "good signs", "exclaims", "asks", "shouts")
"""The columns behind the hashed ones."""
COLUMNS: Final = PLACES + len(LEXICON)
MOST_CHARACTERS: Final = 2_000
"""Of a longer text the rest is not read."""
_RUNS: Final = (3, 4, 5)
"""Lengths of the runs of letters: the usual ones for tone in short posts."""
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio (Knuth, TAOCP 3, 6.4)
_STEP: Final = np.uint64(1_099_511_628_211)  # the prime of FNV-1a
_ADDRESSED: Final = re.compile(r"(?<!\w)@\w[\w.]*|https?://\S+")
_WORD: Final = re.compile(r"\w+")
_AHEAD: Final = 3
"""Words a turning word reaches: "not at all good"."""
_SHOUTED: Final = 0.6
"""Share of capitals from which a text is shouted; ten letters and fewer do not count."""
_SHORT: Final = 10
_AT_ONCE: Final = 1_000
"""Texts that are hashed together: their runs then need some tens of megabytes."""


def essence(text: str) -> str:
    """
    Give a text without who is addressed, without addresses of pages, case and further blanks.

    Whom a post answers says nothing of its tone, and posts that differ in that alone are alike.

    Examples
    --------
    >>> essence("@nina.neri  So GOOD https://x.example/1"), essence("write to a@b.example")
    ('so good', 'write to a@b.example')
    """
    return " ".join(_ADDRESSED.sub(" ", text[:MOST_CHARACTERS]).split()).casefold()


def features_of(texts: Sequence[str]) -> sparse.csr_array:
    """
    Turn texts into rows.

    Parameters
    ----------
    texts : sequence of str
        Of any language and length; what stands behind ``MOST_CHARACTERS`` is not read.

    Returns
    -------
    sparse array, shape (texts, COLUMNS)
        Hashed runs of letters, and hashed words and pairs of words, each block divided by the root of how
        many there are; then ln(1 + count) of each column of the lexicon. A text without letters and signs
        has an empty row.

    Examples
    --------
    >>> rows = features_of(["Pessimo, mai più!", ""])
    >>> rows.shape[0], np.diff(rows.indptr).tolist()[1]
    (2, 0)
    >>> told = rows[:, PLACES:].toarray()[0].round(2).tolist()
    >>> dict(zip(LEXICON, told, strict=True))["bad"]
    0.69
    """
    parts = [_rows(texts[first : first + _AT_ONCE]) for first in range(0, len(texts), _AT_ONCE)]
    if not parts:
        return sparse.csr_array((0, COLUMNS))
    return sparse.csr_array(sparse.vstack(parts, format="csr"))


def _rows(texts: Sequence[str]) -> sparse.csr_array:
    cut = [text[:MOST_CHARACTERS] for text in texts]
    folded = [fold(essence(text)) for text in cut]
    words = [_WORD.findall(text) for text in folded]
    hashed = _letter_rows(folded) + _word_rows(words)
    lexicon = np.array([_lexicon(text, some) for text, some in zip(cut, words, strict=True)])
    found = sparse.hstack([hashed, sparse.csr_array(lexicon)], format="csr")
    found.sort_indices()
    return sparse.csr_array(found)


def _letter_rows(texts: Sequence[str]) -> sparse.csr_array:
    """Hash every run of letters of all texts at once; runs across two texts are left out."""
    joined = "".join(f"\0 {text} " for text in texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    text_of = np.cumsum(codes == 0) - 1
    places: list[npt.NDArray[np.int64]] = []
    owners: list[npt.NDArray[np.intp]] = []
    for length in _RUNS:
        last = max(codes.size - length + 1, 0)
        run = np.full(last, np.uint64(length))
        for ahead in range(length):
            run = run * _STEP + codes[ahead : last + ahead]
        inside = (text_of[:last] == text_of[length - 1 :]) & (codes[:last] != 0)
        places.append(((run * _ODD) >> np.uint64(64 - BITS)).astype(np.int64)[inside])
        owners.append(text_of[:last][inside])
    return _divided(np.concatenate(owners), np.concatenate(places), len(texts))


def _hashed_words(words: Sequence[str]) -> Iterator[int]:
    """Hash each word and each pair of neighbours."""
    before = 0
    for word in words:
        own = crc32(word.encode("utf-8", "surrogatepass"))
        yield own % PLACES
        if before:
            yield (before * 31 + own) % PLACES
        before = own


def _word_rows(words: Sequence[Sequence[str]]) -> sparse.csr_array:
    pieces = [np.fromiter(_hashed_words(one), np.int64) for one in words]
    row = np.repeat(np.arange(len(pieces)), [piece.size for piece in pieces])
    return _divided(row, np.concatenate([*pieces, np.empty(0, np.int64)]), len(pieces))


def _divided(row: npt.NDArray[np.intp], column: npt.NDArray[np.int64], rows: int) -> sparse.csr_array:
    """Count what falls into each place, divided by the root of how many a row has."""
    many = np.bincount(row, minlength=rows)
    values = (1.0 / np.sqrt(np.maximum(many, 1)))[row]
    return sparse.csr_array(sparse.coo_array((values, (row, column)), shape=(rows, PLACES)))


def _lexicon(text: str, words: Sequence[str]) -> FloatArray:
    """Count the words and signs of the lexicon; a turning word before one turns it round."""
    bad = good = trouble = 0
    turned = 0
    for word in words:
        root = stem(word)
        if root in BAD or root in GOOD:
            is_bad = (root in BAD) != (turned > 0)
            bad, good = bad + is_bad, good + (not is_bad)
        trouble += root in TROUBLE
        turned = _AHEAD if word in TURNING else max(turned - 1, 0)
    signs = "" if text.isascii() else text
    letters = sum(map(str.isalpha, text))
    shouts = letters > _SHORT and sum(map(str.isupper, text)) > _SHOUTED * letters
    angry, glad = (sum(sign in kind for sign in signs) for kind in (BAD_SIGNS, GOOD_SIGNS))
    counts = (bad, good, trouble, angry, glad, text.count("!"), text.count("?"), shouts)
    return np.log1p(np.array(counts, np.float64))

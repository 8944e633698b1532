"""The regression of tones written out: every weight looked for, the loss added up text by text."""

from math import exp, log

import numpy as np
from scipy.optimize import minimize


def weights(rows: np.ndarray, tones: list[int], counts: list[float], prior: np.ndarray, penalty: float):
    """Give the weights, shape (3, columns + 1), that minimise the loss; the last column is the constant."""

    def loss(flat: np.ndarray) -> float:
        now = flat.reshape(prior.shape)
        told = 0.0
        for row, tone, count in zip(rows, tones, counts, strict=True):
            logits = [sum(w * x for w, x in zip(kind, [*row, 1.0], strict=True)) for kind in now]
            whole = sum(exp(one) for one in logits)
            told -= count * log(exp(logits[tone]) / whole)
        return told + penalty / 2 * float(((now - prior) ** 2).sum())

    found = minimize(loss, prior.ravel(), method="BFGS", options={"gtol": 1e-6})
    return found.x.reshape(prior.shape)

"""The design matrix, made a few rows at a time, against one made at once."""

import numpy as np

from ambassador.propagation.influence import basis as module
from ambassador.propagation.influence.basis import SplineBasis


def at_once(basis, columns):
    """Put the columns and their bends beside each other, standardised."""
    parts = []
    for name, bends in basis.knots.items():
        column = np.clip(columns[name], basis.lowest[name], basis.highest[name])
        parts += [column, *(np.maximum(column - bend, 0.0) for bend in bends)]
    bent = (np.stack(parts, axis=1) - basis.centre) / basis.scale
    return np.concatenate([np.ones((len(bent), 1)), bent], axis=1)


def test_rows_made_a_few_at_a_time_are_those_made_at_once(monkeypatch):
    rng = np.random.default_rng(1)
    columns = {name: rng.standard_normal(1_000) for name in "abc"}
    basis = SplineBasis.fitted({**columns, "same": np.ones(1_000)}, (0.2, 0.5, 0.9))
    further = {name: 3.0 * rng.standard_normal(1_003) for name in (*"abc", "same")}
    monkeypatch.setattr(module, "_ROWS", 97)
    assert basis.matrix(further).tolist() == at_once(basis, further).tolist()


def test_without_rows_or_columns_there_is_the_column_of_ones_alone():
    basis = SplineBasis.fitted({"a": np.arange(5.0)}, (0.5,))
    assert basis.matrix({"a": np.empty(0)}).shape == (0, 3)
    assert SplineBasis.fitted({}, ()).matrix({}).shape == (0, 1)

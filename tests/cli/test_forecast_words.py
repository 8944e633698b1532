"""What the JSON of a forecast says its figures come of."""

from types import SimpleNamespace

import pytest

from ambassador.cli.forecasts import _built_on


@pytest.mark.parametrize(
    ("past", "weight", "said"),
    [
        (None, 1.0, "network"),
        (object(), 0.0, "past results"),
        (object(), 0.33, "past results and ties"),
    ],
)
def test_a_forecast_names_everything_its_figures_are_weighed_of(past, weight, said):
    view = SimpleNamespace(result=SimpleNamespace(past_results=past), ties_weight=weight)
    assert _built_on(view) == said

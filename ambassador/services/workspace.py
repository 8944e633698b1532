"""How the people of this database are scored."""

from collections.abc import Mapping
from dataclasses import dataclass

from ambassador.errors import BadInputError
from ambassador.services.meanwhile import refuse_overwriting
from ambassador.services.people.directory import nearest_peers, score_weights
from ambassador.services.work import UnitOfWork
from ambassador.store.settings import put_setting
from ambassador.values.people.people import Part


@dataclass(frozen=True, slots=True)
class ScoreSettings:
    """How much each side of the trend-setter score counts, and with how many peers a rate is compared."""

    weights: Mapping[str, float]
    nearest: int


def score_settings(work: UnitOfWork) -> ScoreSettings:
    """Read how people are scored.

    Examples
    --------
    >>> score_settings(work).nearest
    50
    """
    with work.reading() as session:
        return ScoreSettings(score_weights(session), nearest_peers(session))


def change_score_settings(
    work: UnitOfWork, settings: ScoreSettings, was: ScoreSettings | None = None
) -> ScoreSettings:
    """Change how people are scored; give the settings as they were, to take it back.

    With what the form began with (``was``), a setting somebody else has changed since is told.

    Examples
    --------
    >>> before = change_score_settings(work, ScoreSettings({"reach": 1.0, "network": 2.0}, nearest=20))
    >>> before.nearest, score_settings(work).nearest
    (50, 20)
    """
    _check(settings)
    with work.writing() as session:
        before = ScoreSettings(score_weights(session), nearest_peers(session))
        if was is not None:
            settings = _laid_over(before, settings, was)
            _check(settings)
        put_setting(session, "score_weights", dict(settings.weights))
        put_setting(session, "nearest_peers", settings.nearest)
        return before


def _laid_over(now: ScoreSettings, settings: ScoreSettings, was: ScoreSettings) -> ScoreSettings:
    stored, typed, first = (_fields(one) for one in (now, settings, was))
    refuse_overwriting("Scores", first, stored, typed, _as_settings)
    found = {name: value if value != first[name] else stored[name] for name, value in typed.items()}
    return _as_settings(found)


def _as_settings(values: Mapping[str, float]) -> ScoreSettings:
    return ScoreSettings({part.value: values[part.value] for part in Part}, int(values["nearest"]))


def _fields(settings: ScoreSettings) -> dict[str, float]:
    weights = {part.value: settings.weights.get(part.value, 0.0) for part in Part}
    return {**weights, "nearest": settings.nearest}


def _check(settings: ScoreSettings) -> None:
    for name, weight in settings.weights.items():
        if name not in set(Part):
            raise BadInputError("{name} is no side of the score", name=name)
        if not 0 <= weight < float("inf"):
            raise BadInputError("the weight {value} of {name} is below zero", value=weight, name=name)
    if sum(settings.weights.values()) <= 0:
        raise BadInputError("at least one side of the score has to count")
    if settings.nearest < 1:
        raise BadInputError("compare with at least one account, not {count}", count=settings.nearest)

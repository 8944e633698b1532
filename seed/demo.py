"""Build the whole demo in an empty database, dated back from now."""

from datetime import datetime

from ambassador.services.calibration import check_calibration
from ambassador.services.campaigns.brand_accounts import set_brand_accounts
from ambassador.services.learning import learn_influence
from ambassador.services.work import UnitOfWork
from ambassador.values.status import ImportKind
from seed.care import play_care
from seed.cast import PLATFORM, invent_cast
from seed.contest import play_contest
from seed.evening import play_evening
from seed.exports import bring_in
from seed.files import people_file, stock_file, ties_file
from seed.ideas import play_ideas
from seed.launch import prepare_launch
from seed.phones import invent_phones
from seed.preview import play_preview
from seed.questions import play_questions
from seed.stage import BRAND, Stage
from seed.talk import play_talk
from seed.tone import play_tone
from seed.watching import play_watching
from seed.world import invent_ties

_PEOPLE_KEY, _TIES_KEY, _STOCK_KEY = 2026, 7, 11
_ARRIVED, _READ_AGAIN = -80, -26
_FIRST_READING = 0.97


def build_demo(work: UnitOfWork, now: datetime) -> None:
    """Tell the story of Brezza Mobile's Q1: a closed preview, a launch on its twelfth day."""
    stage = Stage(work, invent_cast(_PEOPLE_KEY), now)
    _bring_in_the_files(stage)
    preview = play_preview(stage)
    _read_people_again(stage)
    launched = prepare_launch(stage, never=tuple(stage.ambassadors(preview)))
    play_talk(stage, launched)
    play_ideas(stage, launched.campaign_id)
    play_contest(stage, launched.campaign_id)
    play_questions(stage, launched.campaign_id)
    play_care(stage)
    play_watching(stage)
    play_evening(stage, launched)
    play_tone(stage)
    learn_influence(work)
    check_calibration(work)


def _bring_in_the_files(stage: Stage) -> None:
    work = stage.on(_ARRIVED)
    set_brand_accounts(work, [f"{PLATFORM}:{BRAND}"])
    read_on = stage.day(_ARRIVED - 1)
    bring_in(
        work, ImportKind.PEOPLE, "trend-setters.csv", people_file(stage.cast, read_on, growth=_FIRST_READING)
    )
    ties = ties_file(invent_ties(stage.cast, _TIES_KEY))
    bring_in(work, ImportKind.TIES, "reactions.csv", ties, {"direction": "as-listed"})
    bring_in(work, ImportKind.DEVICES, "warehouse.csv", stock_file(invent_phones(_STOCK_KEY)))


def _read_people_again(stage: Stage) -> None:
    """Import a newer list of the same people: their dated figures grow."""
    newer = people_file(stage.cast, stage.day(_READ_AGAIN))
    bring_in(stage.on(_READ_AGAIN), ImportKind.PEOPLE, "trend-setters-new.csv", newer)

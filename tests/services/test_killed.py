"""A change killed at a random moment and made again equals one that nothing cut off."""

import random

import pytest

from tests import kill

QUICK = [
    "import", "people", "ties", "outcomes", "undo", "erase", "merge", "label", "phone", "courier", "fetch",
]  # fmt: skip
"""The command kills every other change too (learning, rules, backups, migrations), and far more often."""


@pytest.mark.slow
def test_changes_killed_on_sqlite_are_all_or_nothing_and_can_be_made_again():
    with kill.sqlite_killer(random.Random(11)) as killer:
        tally = kill.kill_often(killer, 2 * len(QUICK), QUICK)
    assert not tally.faults
    assert tally.kills > len(QUICK)


@pytest.mark.slow
def test_changes_killed_on_postgresql_are_all_or_nothing_and_can_be_made_again(postgresql_url):
    with kill.postgresql_killer(random.Random(12), postgresql_url) as killer:
        tally = kill.kill_often(killer, len(QUICK), QUICK)
    assert not tally.faults
    assert tally.kills

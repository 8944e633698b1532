"""What files say of ties reaches learning, whichever way the ties run."""

from ambassador.services.calibration.past_arrays import Numbers, followers_of, ties_of
from ambassador.values.calibration.past import PastPost, PastTie


def test_ties_of_files_keep_what_was_said_of_them_when_turned_round() -> None:
    numbers = Numbers()
    listed = [PastTie("lia", "anna", 0.2, "follows", 3.0), PastTie("lia", "bea")]
    there, back = (ties_of(listed, numbers, turned=turned) for turned in (False, True))
    assert (there.source_key.tolist(), there.target_key.tolist()) == ([0, 0], [1, 2])
    assert (back.source_key.tolist(), back.target_key.tolist()) == ([1, 2], [0, 0])
    assert (back.given[0], back.count[0], back.kind) == (0.2, 3.0, ("follows", ""))
    assert back.given[1] != back.given[1]
    assert back.from_file.all()


def test_the_most_followers_seen_count() -> None:
    posts = [PastPost("x", str(count), "lia", 0.0, followers=count) for count in (5, 9, 7)]
    assert followers_of([*posts, PastPost("x", "0", "anna", 0.0)], Numbers()) == {0: 9}

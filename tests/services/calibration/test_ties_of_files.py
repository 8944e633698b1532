"""What files say of ties reaches learning, whichever way the ties run."""

from pathlib import Path

import pytest

from ambassador.errors import BadInputError, UnreadableFileError
from ambassador.services.calibration.past_arrays import Numbers, followers_of, ties_of
from ambassador.services.calibration.past_columns import PastColumns
from ambassador.services.calibration.past_files import read_past
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
    assert followers_of(PastColumns.of([*posts, PastPost("x", "0", "anna", 0.0)]), Numbers()) == {0: 9}


def test_posts_given_as_ties_are_refused(tmp_path: Path) -> None:
    posts, ties = tmp_path / "posts.csv", tmp_path / "ties.csv"
    rows = [f"r{one},lia,2026-01-0{one}T08:00:00Z,hello,repost,r0" for one in range(1, 9)]
    posts.write_text("\n".join(["post_id,author_handle,created_at,text,kind,parent_id", *rows]))
    ties.write_text("source,target\nlia,anna\nanna,bea\n")
    with pytest.raises(BadInputError, match="lists posts"):
        read_past([posts], posts)
    assert len(read_past([posts], ties).ties) == 2


def test_of_posts_that_are_only_measured_on_more_are_read_than_of_an_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ambassador.intake.limits.MOST_ROWS", 2)
    file = tmp_path / "posts.csv"
    row = "x,{0},n{0},2026-05-02T08:00:00Z\n"
    file.write_text("platform,post_id,author,created_at\n" + "".join(row.format(one) for one in range(4)))
    assert len(read_past([file]).posts[0]) == 4
    monkeypatch.setattr("ambassador.services.calibration.past_files.MOST_JUDGED", 3)
    with pytest.raises(UnreadableFileError, match="more than 3 rows: measure on its newest posts"):
        read_past([file])

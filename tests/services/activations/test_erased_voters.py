"""Erasing somebody takes their name off ballots and ideas; counts stay, and no file brings them back."""

from sqlmodel import select

from ambassador.services.activations.ballots import bring_in_votes
from ambassador.services.activations.ideas import count_ideas
from ambassador.services.backups.folders import export_all, restore_folder
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.merge_people import merge_people
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.activations import ActivationEntry, Ballot
from tests.people_samples import made
from tests.services.activations.rounds import VOTES, cast, opened


def votes_of(work: UnitOfWork, number: int) -> tuple[int, dict[str, int]]:
    result = count_ideas(work, number)
    return result.participation.voters, {one.key: one.votes for one in result.ideas}


def test_names_go_counts_stay_and_several_accounts_stay_one_voter(work: UnitOfWork) -> None:
    zelda, other = (
        made(work, "zelda", platform="x", name="Zelda Lima"),
        made(work, "zel.da", platform="instagram"),
    )
    merge_people(work, zelda, [other])
    number = opened(work, {"A": ("Zelda's stage", "600"), "B": ("Fair", "400")})
    cast(work, number, {"x:zelda": "A", "instagram:zel.da": "B", "zelda lima": "A", "zelda.limax": "A"})
    before = votes_of(work, number)
    assert before == (3, {"A": 2, "B": 1})
    erase_person(work, zelda)
    assert votes_of(work, number) == before
    with work.reading() as session:
        voters = sorted(session.exec(select(Ballot.voter)))
        assert [one for one in voters if "zel" in one] == ["zelda.limax"]
        assert (
            session.exec(select(ActivationEntry.title).where(ActivationEntry.key == "A")).one() == "…'s stage"
        )


def test_a_later_file_does_not_bring_the_erased_back(work: UnitOfWork) -> None:
    zelda = made(work, "zelda", platform="x")
    number = opened(work)
    erase_person(work, zelda)
    report = bring_in_votes(work, number, "v.csv", b"voter,vote\nx:zelda,A\nzelda,A\ninstagram:zelda,A\n")
    assert [one.line for one in report.rejected] == [2, 3]
    assert report.ballots == 1


def test_a_folder_of_everything_restores_rounds_with_their_votes(work: UnitOfWork, tmp_path) -> None:
    number = opened(work)
    cast(work, number, VOTES)
    url = work.engine.url.render_as_string(hide_password=False)
    export_all(url, tmp_path / "all", actor="tester")
    restore_folder(tmp_path / "all", f"sqlite:///{tmp_path / 'new.db'}")
    from ambassador.services.work import open_workspace

    again = open_workspace(f"sqlite:///{tmp_path / 'new.db'}", actor="tester")
    assert votes_of(again, number) == votes_of(work, number)
    again.engine.dispose()

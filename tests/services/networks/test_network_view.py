"""The Network page: who is in it, what it covers, what is drawn, computed once per state."""

import json
import zipfile
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from ambassador.errors import CancelledError
from ambassador.services.networks import network_picture
from ambassador.services.networks import network_view as network_view_module
from ambassador.services.networks.network_view import draw_network, export_network, network_view
from ambassador.services.people.erase_person import erase_person
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.mentions import MentionCampaign
from ambassador.store.tables.people import Account
from ambassador.values.networks.network_view import NetworkFormat
from ambassador.values.status import AmbassadorStatus, CampaignStatus, Verdict
from tests.conftest import NOW
from tests.people_samples import add, add_post, add_tie, campaign_with, person_with_account


def _two_triangles(work: UnitOfWork) -> list[int]:
    """Make two triangles, one with an account of nobody known, and Carla reaches Dora."""
    with work.writing() as session:
        pairs = [person_with_account(session, name) for name in ("anna", "bea", "carla", "dora", "elsa")]
        stranger = Account(platform="instagram", handle="stranger", created_at=NOW)
        add(session, stranger)
        accounts = [account for _, account in pairs] + [stranger.id or 0]
        for one, other in ((0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)):
            add_tie(session, accounts[one], accounts[other], kind="follow")
        add_tie(session, accounts[2], accounts[3], kind="reply", origin="mentions", interactions=4)
    return [person for person, _ in pairs]


def _launch(work: UnitOfWork, ambassador: int) -> None:
    with work.writing() as session:
        campaign, (deal,) = campaign_with(session, "Q1", ambassador)
        session.get_one(Campaign, campaign).status = CampaignStatus.LIVE
        session.get_one(Ambassador, deal).status = AmbassadorStatus.ACCEPTED
        outsider = Account(platform="instagram", handle="outsider", created_at=NOW)
        add(session, outsider)
        for number, account in enumerate((1, 6, outsider.id or 0, 1)):
            post = add_post(session, account, str(number))
            verdict = Verdict.MATCHED
            add(
                session,
                MentionCampaign(mention_id=post, campaign_id=campaign, verdict=verdict, decided_at=NOW),
            )


def test_without_ties_there_is_nothing_to_draw(work: UnitOfWork) -> None:
    view = network_view(work)
    assert (view.nodes, view.ties, view.communities, view.drawn, view.coverage) == (0, 0, (), (), None)


def test_people_ties_and_where_they_come_from(work: UnitOfWork) -> None:
    _two_triangles(work)
    view = network_view(work)
    assert (view.nodes, view.people, view.ties) == (6, 5, 7)
    assert [(row.origin, row.kind, row.ties) for row in view.origins] == [
        ("file", "follow", 6),
        ("mentions", "reply", 1),
    ]
    assert (view.strongest[0].source, view.strongest[0].target) == ("instagram:carla", "instagram:dora")
    assert len(view.drawn) == 6
    assert view.not_drawn == 0


def test_the_community_nobody_speaks_to_is_found(work: UnitOfWork) -> None:
    anna = _two_triangles(work)[0]
    _launch(work, anna)
    view = network_view(work)
    assert [row.people for row in view.communities] == [3, 3]
    assert view.communities[0].ambassadors == ("Anna",)
    (lonely,) = view.without_ambassador
    assert set(lonely.best_connected) == {"Dora", "Elsa", "@stranger"}
    assert [node.label for node in view.drawn if node.is_ambassador] == ["Anna"]
    assert view.ambassadors_of == "Q1"


def test_coverage_counts_talkers_once_and_says_who_is_outside(work: UnitOfWork) -> None:
    _launch(work, _two_triangles(work)[0])
    coverage = network_view(work).coverage
    assert coverage is not None
    assert (coverage.talkers, coverage.inside, coverage.campaign) == (3, 2, "Q1")


def test_the_picture_is_computed_once_per_state(work: UnitOfWork, monkeypatch: pytest.MonkeyPatch) -> None:
    _two_triangles(work)
    first = network_view(work)
    real = network_picture.find_communities

    def fail(*arguments: object, **more: object) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr(network_picture, "find_communities", fail)
    assert network_view(work).drawn == first.drawn
    monkeypatch.setattr(network_picture, "find_communities", real)
    with work.writing() as session:
        add_tie(session, 1, 4, kind="follow")
    assert network_view(work).ties == 8


def test_a_large_network_is_drawn_by_a_job_and_says_so_until_then(
    sqlite_work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    _two_triangles(sqlite_work)
    monkeypatch.setattr(network_view_module, "SMALL", 2)
    before = network_view(sqlite_work)
    assert (before.is_drawn, before.nodes, before.communities, before.drawn) == (False, 6, (), ())
    stages: list[str] = []
    draw_network(sqlite_work, progress=lambda _done, _total, stage: stages.append(stage))
    after = network_view(sqlite_work)
    assert after.is_drawn
    assert len(after.drawn) == 6
    assert stages[0] == "finding communities"


def test_a_stopped_drawing_keeps_nothing(sqlite_work: UnitOfWork, monkeypatch: pytest.MonkeyPatch) -> None:
    _two_triangles(sqlite_work)
    monkeypatch.setattr(network_view_module, "SMALL", 2)

    def stop(done: int, total: int, stage: str) -> None:
        if done:
            raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        draw_network(sqlite_work, progress=stop)
    assert not network_view(sqlite_work).is_drawn


def test_only_the_best_connected_are_drawn_and_the_rest_is_counted(
    sqlite_work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    _two_triangles(sqlite_work)
    monkeypatch.setattr(network_picture, "MOST_DRAWN", 2)
    view = network_view(sqlite_work)
    assert {node.label for node in view.drawn} == {"Carla", "Dora"}
    assert view.not_drawn == 4
    assert view.drawn_ties == ((0, 1),)
    assert sum(row.people for row in view.communities) == 6


def test_the_erased_are_not_in_the_network(work: UnitOfWork) -> None:
    people = _two_triangles(work)
    erase_person(work, people[4])
    assert network_view(work).nodes == 5


@pytest.mark.parametrize("form", list(NetworkFormat))
def test_every_file_holds_all_ties_and_can_be_read_again(
    sqlite_work: UnitOfWork, form: NetworkFormat, tmp_path: Path
) -> None:
    _two_triangles(sqlite_work)
    content = export_network(sqlite_work, form)
    path = tmp_path / f"network.{form.value}"
    path.write_bytes(content)
    if form is NetworkFormat.EDGE_LIST:
        lines = content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("source,target,")
        assert "instagram:carla,instagram:dora,instagram,reply,mentions,4,," in lines
        return
    if form is NetworkFormat.GEPHI:
        with zipfile.ZipFile(path) as packed:
            edges = pd.read_csv(packed.open("edges.csv"))
        assert ("instagram:carla", "instagram:dora") in set(zip(edges.Source, edges.Target, strict=True))
        assert len(edges) == 7
        return
    if form in (NetworkFormat.WORKBOOK, NetworkFormat.PARQUET):
        table = pd.read_excel(path) if form is NetworkFormat.WORKBOOK else pd.read_parquet(path)
        assert ("instagram:carla", "instagram:dora", 4) in set(
            zip(table.source, table.target, table.interactions, strict=True)
        )
        assert len(table) == 7
        return
    readers = {
        NetworkFormat.GRAPHML: nx.read_graphml,
        NetworkFormat.GEXF: nx.read_gexf,
        NetworkFormat.NODE_LINK: lambda name: nx.node_link_graph(json.loads(name.read_text()), edges="links"),
    }
    graph = readers[form](path)
    assert graph.number_of_edges() == 7
    assert graph.has_edge("instagram:carla", "instagram:dora")
    assert graph.nodes["instagram:anna"]["name"] == "Anna"

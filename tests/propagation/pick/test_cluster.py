"""A search on several machines gives the answer of one machine, bit for bit, also when workers die."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import fields
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from distributed import Client
from hypothesis import given
from hypothesis import strategies as st

from ambassador.errors import CancelledError, ClusterError
from ambassador.propagation.network.chunks import Progress
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.network_file import fingerprint
from ambassador.propagation.pick.cluster import executor as executor_module
from ambassador.propagation.pick.cluster.executor import ClusterExecutor, local_cluster, open_cluster
from ambassador.propagation.pick.cluster.remote_set_index import RemoteSampler
from ambassador.propagation.pick.cluster.worker import SearchOrder, SearchPlugin
from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.pick.sampling import Sampler, SamplingModel, SetCollection
from ambassador.propagation.pick.selection import Limits, Scenario, SeedSet, pick_seeds
from ambassador.propagation.pick.set_index import LocalDual, SetIndex
from ambassador.propagation.pick.what_if import spread_curve
from ambassador.values.picks.quotas import Quota
from tests.propagation.networks import networks

NODES = 300


def crowd(given: float | None = None) -> InfluenceNetwork:
    rng = np.random.default_rng(3)
    return InfluenceNetwork.from_arrays(
        rng.integers(0, NODES, 1_500), rng.integers(0, NODES, 1_500), given, NODES
    )


def asks() -> dict[str, dict[str, Any]]:
    """Give one search of each kind."""
    rng = np.random.default_rng(4)
    fees, value, posting = rng.integers(1, 9, NODES), rng.random(NODES), rng.random(NODES)
    north, south = (
        Quota.over("north", range(100), at_least=3),
        Quota.over("south", range(100, 200), at_most=1),
    )
    return {
        "plain": {},
        "linear threshold": {"diffusion": "lt"},
        "given probabilities": {"network": crowd(0.2)},
        "budget": {"constraints": Constraints(costs=fees, budget=14)},
        "groups and people": {
            "constraints": Constraints(groups=[north, south], must=[7], never=[0, 1, 2], exclusive=[(3, 4)])
        },
        "budget and groups": {"constraints": Constraints(costs=fees, budget=14, groups=[north, south])},
        "posting and value": {"scenario": Scenario(value=value, posting=posting)},
        "deadline": {"scenario": Scenario(deadline=1), "diffusion": "lt"},
        "already in": {"already": [5, 6]},
        "nobody reached": {"network": InfluenceNetwork.from_arrays([], [], None, 4)},
    }


def found(executor: Any = None, *, network: InfluenceNetwork | None = None, **more: Any) -> SeedSet:
    arguments = {"certificate": 0.8, "threads": 1, **more}
    return pick_seeds(network or crowd(), 5, rng=np.random.default_rng(1), executor=executor, **arguments)


def assert_same(one: SeedSet, other: SeedSet) -> None:
    for field in fields(SeedSet):
        if field.name != "seconds":
            assert np.array_equal(getattr(one, field.name), getattr(other, field.name)), field.name


class Inline:
    """Carries out every step at once, in this process, as ``count`` threads would share it."""

    def __init__(self, folder: Path, count: int, near: int = 0) -> None:
        self.folder, self.threads, self.near = folder, count, near
        self.steps: list[str] = []

    def samplers(self, sampling: SamplingModel, keys: Sequence[int]) -> list[Sampler]:
        path = self.folder / f"{fingerprint(sampling.network)}.network"
        sampling.network.save(path)
        errand = SearchPlugin(SearchOrder(path.name, path, None, sampling.diffusion, sampling.rules))
        errand.setup(SimpleNamespace(local_directory=str(self.folder), address="here"))
        return [RemoteSampler(self, path.name, sampling, key) for key in keys]

    def submit(self, step: Callable[..., Any], *arguments: Any) -> Any:
        self.steps.append(step.__name__)
        return step(*arguments)

    def gather(self, futures: Sequence[Any]) -> list[Any]:
        return list(futures)


@pytest.mark.parametrize("kind", asks())
def test_sets_divided_over_workers_give_the_pick_of_one_machine(kind: str, tmp_path: Path) -> None:
    here = found(**asks()[kind])
    for workers in (1, 2, 5):
        assert_same(here, found(Inline(tmp_path, workers), **asks()[kind]))


def test_few_sets_are_fetched_and_many_stay(tmp_path: Path) -> None:
    for near, questions in ((10**9, 0), (3_000, 1), (0, 1)):
        workers = Inline(tmp_path, 2, near)
        assert_same(found(), found(workers))
        assert min(workers.steps.count("weighed"), 1) == questions


def test_a_curve_is_the_same_too(tmp_path: Path) -> None:
    curves = [
        spread_curve(crowd(), [1, 3, 6], rng=np.random.default_rng(1), certificate=0.7, executor=executor)
        for executor in (None, Inline(tmp_path, 3))
    ]
    assert curves[0] == curves[1]


@given(
    network=networks(largest=6),
    cuts=st.lists(st.integers(0, 40), max_size=4),
    steps=st.integers(1, 6),
    key=st.integers(0, 2**31),
)
def test_sums_of_the_dual_do_not_depend_on_where_sets_are_cut(
    network: InfluenceNetwork, cuts: list[int], steps: int, key: int
) -> None:
    rng = np.random.default_rng(key)
    members = [np.flatnonzero(rng.random(network.node_count) < 0.5) for _ in range(40)]
    edges = sorted({0, 40, *cuts})
    whole, pieces = _duals(members, [(0, 40)]), _duals(members, list(pairwise(edges)))
    for step in range(steps):
        (weights, left), *_ = (one.weights() for one in whole)
        parts = [one.weights() for one in pieces]
        assert sum(part[0] for part in parts[::-1]).tolist() == weights.tolist()
        assert sum(part[1] for part in parts[::-1]) == left
        chosen, amounts = rng.permutation(6)[:2], rng.random(2)
        for one in (*whole, *pieces):
            one.step(chosen, amounts, 0.5 / (1 + step) ** 0.7, 0.7)


def _duals(members: list[np.ndarray], spans: list[tuple[int, int]]) -> list[LocalDual]:
    return [_indexed(members[first:last]).dual([0]) for first, last in spans]


def _indexed(members: list[np.ndarray]) -> SetIndex:
    sets = SetCollection()
    sets.extend(np.concatenate(members).astype(np.int32), np.cumsum([0, *map(len, members)]))
    return sets.index(np.arange(6), sets.counts(6))


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """Give a client of two worker processes."""
    with local_cluster(2) as cluster, Client(cluster.scheduler_address) as client:
        yield client


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["plain", "linear threshold", "budget and groups", "posting and value", "deadline", "already in"]
)
def test_two_worker_processes_give_the_pick_of_one_machine(kind: str, client: Client, tmp_path: Path) -> None:
    with ClusterExecutor(client, tmp_path, near=0) as executor:
        assert executor.workers == 2
        assert_same(found(**asks()[kind]), found(executor, **asks()[kind]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_workers_that_do_not_see_the_folder_are_sent_the_network(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executor_module, "_sees", partial(str.startswith, "elsewhere"))
    with ClusterExecutor(client, tmp_path, near=0) as executor:
        assert_same(found(), found(executor))
        monkeypatch.setattr(executor_module, "MOST_SENT", 100)
        with pytest.raises(ClusterError, match="folder that every worker sees"):
            found(executor, network=crowd(0.3))


@pytest.mark.slow
def test_a_search_on_a_cluster_can_be_stopped_and_limited(client: Client, tmp_path: Path) -> None:
    seen: list[str] = []

    def stop(progress: Progress) -> None:
        seen.append(progress.stage)
        if len(seen) == 3:
            raise CancelledError("Stopped at {stage}.", stage=progress.stage)

    with ClusterExecutor(client, tmp_path, near=0) as executor:
        with pytest.raises(CancelledError):
            found(executor, progress=stop)
        limits = Limits(bytes=2**20)
        assert_same(found(certificate=1.0, limits=limits), found(executor, certificate=1.0, limits=limits))
        late = found(executor, certificate=1.0, limits=Limits(seconds=0.0))
        assert late.stopped_because == "time"


@pytest.mark.slow
@pytest.mark.parametrize("nanny", [True, False])
def test_a_worker_killed_half_way_changes_nothing(nanny: bool, tmp_path: Path) -> None:
    here, killed = found(certificate=0.9), []
    with _grown_cluster(tmp_path, nanny=nanny) as address, open_cluster(address, tmp_path) as executor:
        executor.near = 0
        victims, submit, steps = list(executor._client.run(os.getpid).values()), executor.submit, []

        def submit_and_kill(step: Callable[..., Any], *arguments: Any) -> Any:
            steps.append(step.__name__)
            if steps.count("stepped") == 20 and not killed:
                killed.append(len(steps))
                os.kill(victims[0], signal.SIGKILL)
            return submit(step, *arguments)

        executor.submit = submit_and_kill
        there = found(executor, certificate=0.9)
        assert "weighed" in steps[killed[0] :]
        assert_same(here, there)


@contextmanager
def _grown_cluster(folder: Path, *, nanny: bool) -> Iterator[str]:
    """Start a scheduler and two workers from the shell, as docs/scale.md says."""
    place = folder / "scheduler.json"
    own = [
        "--no-dashboard",
        "--dashboard-address",
        "127.0.0.1:0",
        "--scheduler-file",
        str(place),
        "--host",
        "127.0.0.1",
    ]
    worker = ["worker", *own, "--nthreads", "1", "--local-directory", str(folder / "scratch")]
    worker.append("--nanny" if nanny else "--no-nanny")
    with ExitStack() as stack:
        start = partial(_started, stack)
        start(["scheduler", *own, "--port", "0"])
        address = json.loads(_written(place))["address"]
        for _ in range(2):
            start(worker)
        with Client(address, timeout=60) as client:
            client.wait_for_workers(2, timeout=120)
        yield address


def _started(stack: ExitStack, arguments: list[str]) -> None:
    command = [sys.executable, "-m", "dask", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    stack.callback(process.wait)
    stack.callback(process.terminate)


def _written(place: Path) -> str:
    for _ in range(600):
        if place.exists() and place.read_text().strip().endswith("}"):
            return place.read_text()
        time.sleep(0.1)
    message = f"{place} was never written"
    raise AssertionError(message)


def test_a_scheduler_nobody_answers_for_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor_module, "CONNECT_SECONDS", 1)
    with (
        pytest.raises(ClusterError, match="No scheduler answers at tcp://127"),
        open_cluster("tcp://127.0.0.1:9"),
    ):
        pass


@pytest.mark.slow
def test_a_cluster_without_workers_is_one_clear_error(tmp_path: Path) -> None:
    with (
        closing(local_cluster(0)) as cluster,
        pytest.raises(ClusterError, match="has no workers"),
        open_cluster(cluster.scheduler_address),
    ):
        pass


def test_another_version_of_the_kernels_is_refused(tmp_path: Path) -> None:
    order = SearchOrder("one", tmp_path, None, "ic", None, kernels="other")
    with pytest.raises(ClusterError, match="another version"):
        SearchPlugin(order).setup(SimpleNamespace(local_directory=str(tmp_path), address="tcp://a:1"))

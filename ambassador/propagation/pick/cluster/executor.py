"""A Dask cluster as the executor of a search."""

import hashlib
import logging
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError as FutureCancelledError
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import dask
import numpy as np
from distributed import Client, KilledWorker, LocalCluster, wait

from ambassador.errors import ClusterError
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.network_file import fingerprint, to_bytes, write
from ambassador.propagation.pick.cluster.remote_set_index import RemoteSampler
from ambassador.propagation.pick.cluster.worker import SearchOrder, SearchPlugin
from ambassador.propagation.pick.sampling import Sampler, SamplingModel

# How the settings name worker processes of this machine.
LOCAL = "local"
# A scheduler in the same network answers in milliseconds; a mistyped address must not hang.
CONNECT_SECONDS = 10
# How many seconds a search waits for a worker to come (back) where none is left: a restart takes less.
PATIENCE = 60.0
# Seconds between two looks at who is there.
LOOK_UP_EVERY = 1.0
# A member takes 4 bytes: 16 MB travel faster than the hundreds of questions of one round.
NEAR = 4_000_000
# A network file above 1 GB is not sent through the scheduler: it belongs on a shared folder.
MOST_SENT = 2**30
_TROUBLE = (OSError, TimeoutError, KilledWorker, FutureCancelledError)


class ClusterExecutor:
    """Samples and selects on the workers of a Dask cluster; for one piece of work, then ``close`` it.

    The answer is that of one machine to the last bit, whatever the number of workers, and also when
    workers die on the way: what they held is made again from the numbers of its batches.

    Parameters
    ----------
    client : distributed.Client
    folder : path, optional
        Where the network file is written. Workers that see the same path open it there; if one does
        not, the file is sent to each of them once. A temporary folder unless said.
    near : int
        Collections of up to so many members of sets are fetched for choosing; larger ones stay.
    """

    def __init__(self, client: Client, folder: Path | None = None, near: int = NEAR) -> None:
        self.near = near
        self._client = client
        self._closing = ExitStack()
        self._folder = folder or Path(self._closing.enter_context(tempfile.TemporaryDirectory()))
        self._plugins: dict[str, str] = {}
        self.threads = 1
        self.workers = 0
        self._count_workers()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the workers forget what they were told."""
        for name in self._plugins.values():
            with suppress(*_TROUBLE):
                self._client.unregister_worker_plugin(name)
        self._plugins = {}
        self._closing.close()

    def samplers(self, sampling: SamplingModel, keys: Sequence[int]) -> list[Sampler]:
        """Tell every worker what to draw from and make one sampler for each key."""
        with _told_apart():
            self._count_workers()
            order = self._order(sampling)
        return [RemoteSampler(self, order, sampling, key) for key in keys]

    def submit(self, step: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401 - a future
        """Start a step on some worker."""
        with _told_apart():
            return self._client.submit(step, *arguments, pure=False)

    def gather(self, futures: Sequence[Any]) -> list[Any]:
        """Wait for results and bring them here.

        Raises
        ------
        ClusterError
            If the scheduler is gone, or no worker came back for a minute.
        """
        with _told_apart():
            alone_since = None
            while True:
                try:
                    wait(list(futures), timeout=LOOK_UP_EVERY)
                    break
                except TimeoutError:
                    alone_since = None if self._count_workers() else alone_since or time.monotonic()
                if alone_since is not None and time.monotonic() - alone_since > PATIENCE:
                    raise ClusterError("No worker of the cluster is left.")
            found: list[Any] = self._client.gather(list(futures))
            return found

    def bytes_sent(self) -> int:
        """Count what the workers sent to each other and to this process, since they started."""
        sent = self._client.run(lambda dask_worker: dask_worker.transfer_outgoing_bytes_total)
        return sum(sent.values())

    def _count_workers(self) -> int:
        threads = self._client.nthreads()
        self.workers, self.threads = len(threads), max(1, sum(threads.values()))
        return self.workers

    def _order(self, sampling: SamplingModel) -> str:
        """Register the errand, once for each network, diffusion and rules."""
        path = self._folder / f"{fingerprint(sampling.network)}.network"
        digest = _digest(sampling, path.name)
        if digest not in self._plugins:
            name = f"ambassador-{digest[:16]}-{secrets.token_hex(4)}"
            content = self._content(sampling.network, path)
            order = SearchOrder(name, path, content, sampling.diffusion, sampling.rules)
            self._client.register_plugin(SearchPlugin(order), name=name)
            self._plugins[digest] = name
        return self._plugins[digest]

    def _content(self, network: InfluenceNetwork, path: Path) -> bytes | None:
        """Write the file; give its content where a worker does not see it."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write(network, path)
            self._closing.callback(path.unlink, missing_ok=True)
        if all(self._client.run(_sees, str(path)).values()):
            return None
        if path.stat().st_size > MOST_SENT:
            raise ClusterError(
                "The network of {size} MB is too large to be sent: give a folder that every worker sees.",
                size=path.stat().st_size >> 20,
            )
        return to_bytes(network)


@contextmanager
def open_cluster(scheduler: str, folder: Path | None = None) -> Iterator[ClusterExecutor]:
    """Connect to ``tcp://host:port`` (or ``tls://``), or start ``local`` or ``local:4`` worker processes.

    Raises
    ------
    ClusterError
        If nobody answers there, or no worker has joined.
    """
    with ExitStack() as stack:
        client = stack.enter_context(_client(scheduler, stack))
        executor = stack.enter_context(ClusterExecutor(client, folder))
        if executor.workers == 0:
            raise ClusterError("The scheduler at {address} has no workers.", address=scheduler)
        yield executor


def _client(scheduler: str, stack: ExitStack) -> Client:
    address, own = scheduler, None
    stack.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}))
    if scheduler.partition(":")[0] == LOCAL:
        own = stack.enter_context(local_cluster(int(scheduler.partition(":")[2] or 0) or None))
        address = own.scheduler_address
    try:
        return Client(address, timeout=CONNECT_SECONDS)
    except (*_TROUBLE, ValueError) as error:
        raise ClusterError("No scheduler answers at {address}.", address=scheduler) from error


def local_cluster(workers: int | None = None) -> LocalCluster:
    """Start worker processes of one thread each on this machine, closed to every other."""
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        silence_logs=logging.ERROR,
    )


@contextmanager
def _told_apart() -> Iterator[None]:
    """Turn what Dask raises when machines are gone into one error people can read."""
    try:
        yield
    except _TROUBLE as error:
        raise ClusterError(
            "The cluster was lost: {reason}", reason=str(error) or type(error).__name__
        ) from error


def _digest(sampling: SamplingModel, network: str) -> str:
    digest = hashlib.sha256(f"{network} {sampling.diffusion}".encode())
    for rule in sampling.rules:
        digest.update(np.asarray(rule).tobytes())
    return digest.hexdigest()


def _sees(path: str) -> bool:
    return Path(path).exists()

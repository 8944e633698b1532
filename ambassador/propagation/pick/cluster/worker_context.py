"""What every worker is told once per search: which network, which diffusion, which rules."""

import os
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from threading import Lock

from distributed import Worker
from distributed.diagnostics.plugin import WorkerPlugin

from ambassador.errors import ClusterError
from ambassador.propagation.kernels.compiled import CACHE_FOLDER
from ambassador.propagation.kernels.reverse import Rules, Wave
from ambassador.propagation.network.chunks import Toolbox
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.pick.sampling import Sampling

KERNELS = CACHE_FOLDER.name
"""Digest of the kernels' sources: only workers with the same ones give the same answer."""
KEPT_OPEN = 2


@dataclass(frozen=True)
class Order:
    """One search, as it travels to the workers.

    ``path`` is named by the network's fingerprint; ``content`` is the file itself where the workers
    do not see the path.
    """

    name: str
    path: Path
    content: bytes | None
    diffusion: Diffusion
    rules: Rules
    kernels: str = KERNELS


class Errand(WorkerPlugin):
    """Carries an order to every worker, also to those that join or come back later."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.name = order.name

    def setup(self, worker: Worker) -> None:
        """Take the order in; the network is opened when it is first needed."""
        order = self.order
        if order.kernels != KERNELS:
            raise ClusterError("The worker at {address} runs another version.", address=worker.address)
        path = order.path
        if order.content is not None:
            path = _kept(Path(worker.local_directory) / order.path.name, order.content)
        _WORKSHOPS[order.name] = Workshop(order, path)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - the plugin's interface
        """Forget the order."""
        _WORKSHOPS.pop(self.name, None)


class Workshop:
    """An order with the network open and scratch arrays to lend."""

    def __init__(self, order: Order, path: Path) -> None:
        self._order = order
        self._path = path
        self._lock = Lock()

    @property
    def ready(self) -> tuple[Sampling, Toolbox[Wave]]:
        """What sets are drawn from, and where threads borrow their arrays."""
        with self._lock:
            return self._ready

    @cached_property
    def _ready(self) -> tuple[Sampling, Toolbox[Wave]]:
        network = _opened(self._path)
        network.row_views.into(self._order.diffusion)
        sampling = Sampling(network, self._order.diffusion, self._order.rules)
        return sampling, Toolbox(partial(sampling.wave))


_WORKSHOPS: dict[str, Workshop] = {}
_OPEN: "OrderedDict[Path, InfluenceNetwork]" = OrderedDict()


def workshop(name: str) -> Workshop:
    """Give the workshop of an order on this worker."""
    return _WORKSHOPS[name]


def _opened(path: Path) -> InfluenceNetwork:
    """Open a network, or give the one that is open: a path says what is in it."""
    network = _OPEN.pop(path, None) or InfluenceNetwork.open(path)
    _OPEN[path] = network
    while len(_OPEN) > KEPT_OPEN:
        _OPEN.popitem(last=False)
    return network


def _kept(path: Path, content: bytes) -> Path:
    """Write once, whole or not at all."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        passing = path.with_suffix(f".{os.getpid()}.part")
        passing.write_bytes(content)
        passing.replace(path)
    return path

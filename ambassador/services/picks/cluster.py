"""The machines that share a pick's work, where the settings name a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ambassador.config import settings
from ambassador.errors import ConfigurationError

if TYPE_CHECKING:
    from ambassador.propagation.pick.cluster.executor import ClusterExecutor


@contextmanager
def executor_at_hand() -> Iterator["ClusterExecutor | None"]:
    """Connect to the cluster of the settings; None where there is none and this machine does it alone."""
    known = settings()
    if not known.scheduler:
        yield None
        return
    try:
        from ambassador.propagation.pick.cluster.executor import open_cluster  # noqa: PLC0415 - Dask is an extra
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "AMBASSADOR_SCHEDULER is set, but {package} is not installed: add the extra 'cluster'",
            package=error.name,
        ) from error
    with open_cluster(known.scheduler, known.shared_folder or known.data_folder / "cluster") as executor:
        yield executor

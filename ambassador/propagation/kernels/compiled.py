"""The one door to numba: how every kernel is compiled and where its machine code is kept."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numba
import numpy as np

Int = int | np.integer[Any]
Bool = bool | np.bool_
P = ParamSpec("P")
R = TypeVar("R")

FOLDER = Path(__file__).parent


def _cache_folder() -> Path:
    """Name a cache folder by the sources: numba alone would not see that a called kernel changed."""
    digest = hashlib.sha256()
    for source in sorted(FOLDER.glob("*.py")):
        digest.update(source.read_bytes())
    return FOLDER / "__pycache__" / digest.hexdigest()[:16]


CACHE_FOLDER = _cache_folder()
KERNELS: list[Any] = []  # every kernel, in the order of definition; the warm-up reports on them


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile ``function`` on first call, keep the machine code on disk, and run without the GIL."""
    config: Any = numba.core.config
    before = config.CACHE_DIR
    config.CACHE_DIR = before or str(CACHE_FOLDER)
    try:
        compiled = numba.njit(cache=True, nogil=True, forceinline=True)(function)
    finally:
        config.CACHE_DIR = before
    KERNELS.append(compiled)
    return cast("Callable[P, R]", compiled)

"""Whether the machine code of this version's kernels is all there, told without loading any of it."""

import hashlib
from pathlib import Path

_PACKAGE = Path(__file__).parent
_KERNELS = _PACKAGE / "propagation" / "kernels"


def marker() -> Path:
    """Name the file that stands where every kernel of these sources was compiled."""
    digest = hashlib.sha256()
    for source in [_PACKAGE / "warm_up.py", *sorted(_KERNELS.glob("*.py"))]:
        digest.update(source.read_bytes())
    return _KERNELS / "__pycache__" / f"warmed-{digest.hexdigest()[:16]}"


def mark_warmed() -> None:
    """Note that every kernel is compiled; marks of earlier sources go."""
    here = marker()
    here.parent.mkdir(exist_ok=True)
    for earlier in here.parent.glob("warmed-*"):
        earlier.unlink(missing_ok=True)
    here.touch()

"""Files the shell reads, and those it writes: whole or not at all."""

from pathlib import Path
from uuid import uuid4

from ambassador.errors import BadInputError


def read_file(path: Path) -> bytes:
    """Read a file somebody named."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInputError("{file} cannot be read: {reason}", file=str(path), reason=reason) from error


def write_file(path: Path, content: bytes) -> None:
    """Write beside and rename, so that a report is there whole or not at all."""
    passing = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        passing.write_bytes(content)
        passing.replace(path)
    except OSError as error:
        passing.unlink(missing_ok=True)
        raise BadInputError(
            "{file} cannot be written: {reason}", file=str(path), reason=error.strerror or str(error)
        ) from error

"""Gives the examples in docstrings of services a small workspace of their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the campaign that examples are told on, once."""
    from tests.examples import write_example  # noqa: PLC0415 - only where examples run

    return write_example(tmp_path_factory.mktemp("examples"))


@pytest.fixture(autouse=True)
def workspace_of_examples(
    request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]
) -> Iterator[None]:
    """Let examples in services use a copy of their own: ``work``, ``session``, ``campaign``, ``folder``."""
    if not (isinstance(request.node, pytest.DoctestItem) and "services" in request.node.path.parts):
        yield
        return
    from tests.databases import copy_sqlite  # noqa: PLC0415 - as above
    from tests.examples import NOW, UnitOfWork, open_engine  # noqa: PLC0415 - as above

    folder: Path = request.getfixturevalue("tmp_path")
    engine = open_engine(copy_sqlite(request.getfixturevalue("example_file"), folder))
    work = UnitOfWork(engine, "tester", lambda: NOW)
    with work.reading() as session:
        doctest_namespace.update(work=work, session=session, campaign=1, folder=folder)
        yield
    engine.dispose()

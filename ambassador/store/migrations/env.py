"""Alembic's entry: run the migrations on the connection that ``store.migrate`` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from ambassador.store.database import open_engine
from ambassador.store.schema import metadata
from ambassador.store.tables.base import UTCDateTime
from ambassador.store.tables.mentions import SEARCH_INDEX


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:  # noqa: ANN401
    """Write our own column types into a migration by name."""
    if kind == "type" and isinstance(item, UTCDateTime):
        autogen.imports.add("from ambassador.store.tables.base import UTCDateTime")
        return "UTCDateTime()"
    return False


def is_ours(_item: object, name: str | None, *_: object) -> bool:
    """Leave out the index of words, which each database keeps in its own way."""
    return not (name or "").startswith(SEARCH_INDEX)


def run(connection: Any) -> None:  # noqa: ANN401
    """Configure and run."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
        include_object=is_ours,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:  # the `alembic` command itself
    with open_engine(context.config.get_main_option("sqlalchemy.url") or "sqlite://").connect() as opened:
        run(opened)

"""Imports, what they changed (so that they can be undone), and the mappings people confirmed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from ambassador.store.tables.base import Key, Row, instant, key_field, points_at, state
from ambassador.values.status import ImportKind


class ImportBatch(Row, table=True):
    """One file that was imported."""

    __tablename__ = "import_batch"

    id: int | None = key_field()
    kind: ImportKind = state(ImportKind)
    file_name: str
    sha256: str = Field(index=True)
    mapping: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    added: int = 0
    updated: int = 0
    duplicates: int = 0
    rejected: int = 0
    actor: str
    created_at: datetime = instant()
    undone_at: datetime | None = instant(optional=True)
    undone_by: str = ""


class ImportChange(Row, table=True):
    """What one row held before an import changed it."""

    __tablename__ = "import_change"

    id: int | None = key_field()
    batch_id: int = points_at("import_batch.id")
    table_name: str
    row_id: int = Field(sa_type=Key)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class SavedMapping(Row, table=True):
    """The columns and answers a person confirmed for one layout of file."""

    __tablename__ = "saved_mapping"
    __table_args__ = (UniqueConstraint("kind", "signature"),)

    id: int | None = key_field()
    kind: ImportKind = state(ImportKind)
    signature: str
    columns: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    answers: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    saved_at: datetime = instant()


class WorkspaceSetting(Row, table=True):
    """A fact about this database: whether it is the demo, the salt of its hashes, preferences."""

    __tablename__ = "workspace_setting"

    key: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_type=JSON)

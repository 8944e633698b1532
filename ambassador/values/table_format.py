"""The forms in which any table leaves the product."""

from enum import StrEnum


class TableFormat(StrEnum):
    """How a table is written to a file; the value is the end of its name."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"

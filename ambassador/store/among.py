"""Rows that are among many given ones: one list of JSON, however many, which both databases look up.

Thousands of values in an ``IN`` are thousands of parameters, each made, checked and bound by itself; and
SQLite reads a whole table where pairs are listed.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, bindparam, cast, literal_column, select, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from ambassador.store.database import refuse_unstorable


class _ListedValues(FunctionElement[Any]):
    """The values of a list of JSON as rows, the column ``value``."""

    name = "listed"
    inherit_cache = True


class _ListedPairs(FunctionElement[Any]):
    """The pairs of a list of JSON as rows, the columns ``one`` and ``other``."""

    name = "listed_pairs"
    inherit_cache = True


@compiles(_ListedValues, "sqlite")
def _on_sqlite(element: _ListedValues, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_ListedValues, "postgresql")
def _on_postgresql(element: _ListedValues, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS JSON))"


@compiles(_ListedPairs, "sqlite")
def _pairs_on_sqlite(element: _ListedPairs, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    listed = f"json_each({compiler.process(element.clauses, **options)})"
    columns = "json_extract(value, '$[0]') AS one, json_extract(value, '$[1]') AS other"
    return f"(SELECT {columns} FROM {listed})"  # noqa: S608 - the values are bound


@compiles(_ListedPairs, "postgresql")
def _pairs_on_postgresql(element: _ListedPairs, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    listed = f"json_array_elements(CAST({compiler.process(element.clauses, **options)} AS JSON)) AS pair"
    columns = "CAST(pair.value ->> 0 AS BIGINT) AS one, CAST(pair.value ->> 1 AS BIGINT) AS other"
    return f"(SELECT {columns} FROM {listed})"  # noqa: S608 - the values are bound


def among(column: Any, values: Collection[Any]) -> ColumnElement[bool]:  # noqa: ANN401 - any column
    """Whether a column of numbers or of texts holds one of these."""
    are_texts = isinstance(next(iter(values), 0), str)
    if are_texts:
        refuse_unstorable(values)
    listed = bindparam("listed", json.dumps(list(values), ensure_ascii=False), String, unique=True)
    value = _ListedValues(listed).table_valued("value").c.value
    found: ColumnElement[bool] = column.in_(select(value if are_texts else cast(value, BigInteger)))
    return found


def among_pairs(one: Any, other: Any, pairs: Collection[tuple[int, int]]) -> ColumnElement[bool]:  # noqa: ANN401
    """Whether two columns of numbers hold one of these pairs."""
    listed = bindparam("listed", json.dumps(list(pairs)), String, unique=True)
    rows: Any = select(literal_column("one"), literal_column("other"))
    return tuple_(one, other).in_(rows.select_from(_ListedPairs(listed).alias("pairs")))

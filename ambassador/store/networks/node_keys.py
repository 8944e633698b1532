"""Node keys in SQL, the same as ``values.networks.node_key`` computes."""

from typing import Any

from sqlalchemy import case
from sqlmodel import col

from ambassador.store.tables.people import Account
from ambassador.values.networks.node_key import NodeKey


def node_key(account: type[Account]) -> Any:  # noqa: ANN401 - an expression of a query
    """Key of the node an account belongs to."""
    return case(
        (col(account.person_id).is_(None), NodeKey.KINDS * col(account.id) + 1),
        else_=NodeKey.KINDS * col(account.person_id),
    )

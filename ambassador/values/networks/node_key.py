"""The number that names a node of a network: a person, or an account of nobody known."""

from typing import NamedTuple


class NodeOwner(NamedTuple):
    """Whom a node stands for; exactly one of the two is known."""

    person_id: int | None
    account_id: int | None


class NodeKey:
    """Keys of nodes are plain integers, so that arrays hold them: even for people, odd for accounts.

    >>> NodeKey.of_person(3), NodeKey.of_account(7), NodeKey.of_account(7, person_id=3)
    (6, 15, 6)
    >>> NodeKey.owner(6), NodeKey.owner(15)
    (NodeOwner(person_id=3, account_id=None), NodeOwner(person_id=None, account_id=7))
    """

    KINDS = 2
    """A key is ``KINDS`` times the number, plus 1 for an account; in SQL by ``store.networks.node_keys``."""

    @staticmethod
    def of_person(person_id: int) -> int:
        """Key of a person, with all their accounts."""
        return NodeKey.KINDS * person_id

    @staticmethod
    def of_account(account_id: int, person_id: int | None = None) -> int:
        """Key an account belongs to: its person's if known, else its own."""
        return NodeKey.KINDS * account_id + 1 if person_id is None else NodeKey.of_person(person_id)

    @staticmethod
    def owner(key: int) -> NodeOwner:
        """Person or account behind a key."""
        number, is_account = divmod(int(key), NodeKey.KINDS)
        return NodeOwner(None, number) if is_account else NodeOwner(number, None)

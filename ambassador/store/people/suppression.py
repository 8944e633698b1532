"""Who asked to be forgotten: keyed hashes only, so that an import can ask and nobody can read."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from ambassador.store.settings import known_salt, salt_of
from ambassador.store.tables.people import Account, Suppression


@dataclass(frozen=True, slots=True)
class SuppressionList:
    """Everybody who was erased, ready to be asked about many rows."""

    salt: bytes | None
    hashes: frozenset[str]

    def holds(self, platform: str, handle: str, native_id: str = "") -> bool:
        """Whether this account belonged to somebody who was erased."""
        if self.salt is None or not self.hashes:
            return False
        named = _hash(self.salt, platform, handle) in self.hashes
        return named or bool(native_id and _hash(self.salt, platform, f"#{native_id}") in self.hashes)


def suppressed(session: Session) -> SuppressionList:
    """Read the list once, for an import."""
    return SuppressionList(known_salt(session), frozenset(session.exec(select(Suppression.key_hash))))


def is_suppressed(session: Session, platform: str, handle: str, native_id: str = "") -> bool:
    """Whether one account belonged to somebody who was erased."""
    return suppressed(session).holds(platform, handle, native_id)


def suppress(session: Session, accounts: Iterable[Account], at: datetime) -> None:
    """Leave the hashes of accounts that are about to be erased."""
    salt = salt_of(session)
    kept = set(session.exec(select(Suppression.key_hash)))
    for key_hash in {key for account in accounts for key in _hashes(salt, account)} - kept:
        session.add(Suppression(key_hash=key_hash, suppressed_at=at))
    session.flush()


def _hashes(salt: bytes, account: Account) -> Iterable[str]:
    yield _hash(salt, account.platform, account.handle)
    if account.native_id:
        yield _hash(salt, account.platform, f"#{account.native_id}")


def _hash(salt: bytes, platform: str, name: str) -> str:
    return hmac.new(salt, f"{platform}:{name}".encode(), hashlib.sha256).hexdigest()

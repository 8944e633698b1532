"""Where one person took part: campaigns, devices, and what happened there."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from ambassador.store.tables.campaigns import Ambassador, AmbassadorEvent, Campaign
from ambassador.store.tables.devices import Custody, Device
from ambassador.store.tables.imports import ImportBatch
from ambassador.store.tables.people import AccountMove, PersonMerge


def list_participation(session: Session, person_id: int) -> Sequence[tuple[Ambassador, Campaign]]:
    """Read a person's deals with their campaigns, newest campaign first."""
    query = (
        select(Ambassador, Campaign)
        .join(Campaign, col(Campaign.id) == col(Ambassador.campaign_id))
        .where(Ambassador.person_id == person_id)
        .order_by(col(Campaign.starts_on).desc())
    )
    return session.exec(query).all()


def list_custodies(session: Session, person_id: int) -> Sequence[tuple[Custody, Device]]:
    """Read the devices a person holds or held, the latest first."""
    query = (
        select(Custody, Device)
        .join(Device, col(Device.id) == col(Custody.device_id))
        .join(Ambassador, col(Ambassador.id) == col(Custody.ambassador_id))
        .where(Ambassador.person_id == person_id)
        .order_by(col(Custody.reserved_at).desc(), col(Custody.id).desc())
    )
    return session.exec(query).all()


def list_events(session: Session, person_id: int) -> Sequence[tuple[AmbassadorEvent, str]]:
    """Read what happened with a person in campaigns, with the campaign's name."""
    query = (
        select(AmbassadorEvent, Campaign.name)
        .join(Ambassador, col(Ambassador.id) == col(AmbassadorEvent.ambassador_id))
        .join(Campaign, col(Campaign.id) == col(Ambassador.campaign_id))
        .where(Ambassador.person_id == person_id)
        .order_by(col(AmbassadorEvent.id))
    )
    return session.exec(query).all()


def list_moves(session: Session, person_id: int) -> Sequence[AccountMove]:
    """Read the accounts that came to or left a person."""
    here = (col(AccountMove.to_person_id) == person_id) | (col(AccountMove.from_person_id) == person_id)
    return session.exec(select(AccountMove).where(here).order_by(col(AccountMove.moved_at))).all()


def list_merges(session: Session, person_id: int) -> Sequence[PersonMerge]:
    """Read the merges into a person that stand, newest first."""
    query = select(PersonMerge).where(
        PersonMerge.kept_id == person_id, col(PersonMerge.reverted_at).is_(None)
    )
    return session.exec(query.order_by(col(PersonMerge.id).desc())).all()


def file_of_batch(session: Session, batch_id: int | None) -> str:
    """Name the file something came from; empty where it was not imported."""
    batch = session.get(ImportBatch, batch_id) if batch_id is not None else None
    return batch.file_name if batch else ""

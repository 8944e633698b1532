"""The packing list: one line a parcel, with our reference, the phone and the words that go with it."""

from collections.abc import Sequence

from sqlmodel import Session

from ambassador.reports.html import packing_html
from ambassador.services.devices.dispatch import notice_for
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.devices.devices import get_device
from ambassador.store.devices.stock import custody_views
from ambassador.store.people.directory import Directory
from ambassador.values.devices import CustodyView, PackingLine
from ambassador.values.status import DeviceStatus


def packing_list(work: UnitOfWork, campaign_id: int | None = None) -> tuple[PackingLine, ...]:
    """List the parcels that wait to be sent.

    Examples
    --------
    >>> packing_list(work, campaign)
    ()
    """
    with work.reading() as session:
        waiting = [
            custody
            for custody in custody_views(session, campaign_id=campaign_id, only_open=True)
            if custody.device_status is DeviceStatus.RESERVED
        ]
        directory = Directory(session, {custody.person_id for custody in waiting})
        return tuple(_line(session, custody, directory) for custody in waiting)


def packing_sheet(lines: Sequence[PackingLine], language: str) -> bytes:
    """Write slips to print, one a parcel.

    Examples
    --------
    >>> packing_sheet([], "en").startswith(b"<!doctype html>")
    True
    """
    return packing_html(lines, language)


def _line(session: Session, custody: CustodyView, directory: Directory) -> PackingLine:
    person, account = directory.person(custody.person_id), directory.account(custody.person_id)
    device = get_device(session, custody.device_id)
    campaign = get_campaign(session, custody.campaign_id)
    return PackingLine(
        custody_id=custody.id,
        reference=custody.reference,
        recipient=custody.holder,
        handle=f"{account.platform}:{account.handle}" if account else "",
        city=person.city or "",
        country=person.country or "",
        email=person.email or "",
        model=device.model,
        colour=device.colour,
        serial=device.serial,
        imei1=device.imei1,
        imei2=device.imei2,
        deal=custody.deal,
        due_back=custody.due_back,
        agreement_signed_on=custody.agreement_signed_on,
        notice=notice_for(session, custody.deal, person.language, campaign.product or campaign.name),
        telephone=person.telephone or "",
    )

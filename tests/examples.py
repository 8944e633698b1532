"""The small campaign that examples in docstrings of services are told on: one file, copied for each example.

Nina and Leo got their phones and post, Zoe's is on its way, Ada is not asked yet. Ugo, Eva and Pia join in.
"""

from datetime import UTC, date, datetime
from pathlib import Path

from ambassador.services.campaigns.ambassadors import answer
from ambassador.services.campaigns.brand_accounts import set_brand_accounts
from ambassador.services.campaigns.campaigns import create_campaign, launch_campaign
from ambassador.services.campaigns.invite import invite_people
from ambassador.services.devices.devices import add_device, deliver_device, reserve_device, ship_devices
from ambassador.services.forecasts.forecasts import forecast
from ambassador.services.imports.import_files import ImportOptions, import_file
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.mentions.review import label_mentions
from ambassador.services.results.outcomes import log_outcome
from ambassador.services.work import UnitOfWork
from ambassador.store.database import open_engine
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.drafts import DealDraft, DeviceDraft
from ambassador.values.forecasts.forecasts import ForecastRequest
from ambassador.values.imports.imports import AS_LISTED
from ambassador.values.money import money
from ambassador.values.results.outcomes import OutcomeForm
from ambassador.values.status import AmbassadorStatus, Deal, ImportKind, Label, OutcomeKind
from tests.databases import migrated_sqlite

CAMPAIGN, NINA, LEO, ZOE, ADA = 1, 1, 2, 3, 4
NOW = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
FILES = {
    ImportKind.PEOPLE: """\
platform,handle,name,city,language,topics,followers,average likes,average comments,fee
instagram,nina,Nina Rossi,Bari,it,"phones, games",2140,120,14,200 EUR
instagram,leo,Leo Conti,Roma,it,phones,41200,900,40,350 EUR
instagram,zoe,Zoe Marin,Bari,en,travel,900,60,9,80 EUR
instagram,ada,Ada Greco,Lecce,it,"phones, food",5300,210,22,150 EUR
""",
    ImportKind.TIES: """\
source,target,platform,probability
nina,ugo,instagram,0.6
nina,eva,instagram,0.4
leo,pia,instagram,0.3
leo,eva,instagram,0.2
eva,pia,instagram,0.5
zoe,ugo,instagram,0.1
""",
    ImportKind.MENTIONS: """\
post_id,platform,author,created_at,kind,parent_id,text,views,likes
n1,instagram,nina,2026-05-02T08:00:00Z,original,,My #q1brezza is here,1800,130
u1,instagram,ugo,2026-05-02T09:00:00Z,reply,n1,Is it good?,,3
e1,instagram,eva,2026-05-03T10:00:00Z,repost,n1,So light,400,21
p1,instagram,pia,2026-05-03T12:00:00Z,reply,e1,Mine arrived broken,,1
l1,instagram,leo,2026-05-04T18:00:00Z,original,,Three days with the #q1brezza,30500,870
b1,instagram,brezza,2026-05-04T19:00:00Z,reply,p1,We send you a new one,,
x1,instagram,pia,2026-05-10T07:00:00Z,original,,What a day,,
""",
}


def write_example(folder: Path) -> Path:
    """Make the file: everything in it came through the services."""
    path = migrated_sqlite(folder)
    engine = open_engine(f"sqlite:///{path}")
    work = UnitOfWork(engine, "tester", lambda: NOW)
    before = work.at(datetime(2026, 4, 20, 9, tzinfo=UTC))
    _bring(before, ImportKind.PEOPLE, ImportKind.TIES)
    _staff(before)
    _launch(work.at(datetime(2026, 4, 30, 9, tzinfo=UTC)))
    _bring(work, ImportKind.MENTIONS)
    refresh_mentions(work)
    label_mentions(work, [4], Label.COMPLAINT)
    orders = OutcomeForm(CAMPAIGN, OutcomeKind.ORDERS, "BREZZA01", NINA, 4, money(96), date(2026, 5, 9))
    log_outcome(work, orders)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


def _bring(work: UnitOfWork, *kinds: ImportKind) -> None:
    for kind in kinds:
        options = ImportOptions(answers={"direction": AS_LISTED} if kind is ImportKind.TIES else {})
        import_file(work, kind, f"{kind.value}.csv", FILES[kind].encode(), options)


def _staff(work: UnitOfWork) -> None:
    set_brand_accounts(work, ["instagram:brezza"])
    rule = MatchRuleDraft(hashtags=("q1brezza",))
    launch = CampaignDraft(
        "Q1 Launch", date(2026, 5, 1), date(2026, 5, 24), "Q1", budget=money(2000), rule=rule
    )
    create_campaign(work, launch)
    invite_people(work, CAMPAIGN, [NINA, LEO, ZOE], DealDraft(Deal.PAID, code="BREZZA"))
    for number in range(1, 6):
        add_device(work, DeviceDraft(0, "Q1", f"BZ{number:04d}", cost=money(400)))
    for ambassador in (NINA, LEO, ZOE):
        answer(work, ambassador, AmbassadorStatus.ACCEPTED)
        reserve_device(work, ambassador)


def _launch(work: UnitOfWork) -> None:
    ship_devices(work, [1, 2, 3], "DHL", "JD01")
    for custody in (1, 2):
        deliver_device(work, custody)
    frozen = forecast(work, ForecastRequest(campaign_id=CAMPAIGN, runs=200, key=7))
    launch_campaign(work, CAMPAIGN, frozen.forecast_id)

"""The first page: running campaigns and today's list."""

from datetime import date, timedelta

from ambassador.services.campaigns.home import home
from ambassador.services.care import open_from_mentions
from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.mentions import Mention, MentionLabel
from ambassador.store.tables.people import Person
from ambassador.values.home import HomeView, TaskKind
from ambassador.values.results.results import IntervalPosition
from ambassador.values.status import CampaignStatus, Label
from tests.conftest import NOW
from tests.services.story import FIRST_DAY, Story, add_campaign, add_mention, freeze_forecast, tell


def _kinds(view: HomeView) -> list[TaskKind]:
    return [task.kind for task in view.tasks]


def test_an_empty_database_says_so(work: UnitOfWork) -> None:
    view = home(work)
    assert view.is_empty
    assert (view.campaigns, view.tasks, view.late) == ((), (), 0)


def test_a_database_with_a_draft_alone_is_not_empty(work: UnitOfWork) -> None:
    with work.writing() as session:
        add_campaign(session, status=CampaignStatus.DRAFT)
    view = home(work)
    assert (view.is_empty, view.drafts, view.campaigns) == (False, 1, ())


def test_a_live_campaign_shows_people_who_talk_beside_the_forecast_for_today(work: UnitOfWork) -> None:
    story = tell(work)
    freeze_forecast(work, story)
    (live,) = home(work).campaigns
    results = observe_results(work, story.campaign)
    assert live.talkers == results.talkers
    assert live.talkers.standing is IntervalPosition.INSIDE
    assert (live.day, live.days) == (12, 24)
    assert len(live.forecast) == 24
    assert live.observed[-1].talkers == results.total.talkers


def test_the_silent_are_on_the_list_with_the_way_to_their_row(work: UnitOfWork) -> None:
    story = tell(work)
    task = next(task for task in home(work).tasks if task.kind is TaskKind.SILENT)
    assert task.page == "campaigns"
    assert task.query == {"campaign": story.campaign, "ambassador": story.ambassadors["zoe"]}
    assert task.text.format(**task.values) == "Zoe has had the phone for 11 days and has said nothing"


def test_whoever_is_to_be_called_can_be_reached(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        zoe = session.get(Ambassador, story.ambassadors["zoe"])
        assert zoe is not None
        zoe.last_contact_on = date(2026, 5, 1)
        person = session.get(Person, zoe.person_id)
        assert person is not None
        person.email, person.telephone = "zoe@example.org", "+39 347 555 0100"
    task = next(task for task in home(work).tasks if task.kind is TaskKind.SILENT)
    assert task.contact is not None
    assert (task.contact.email, task.contact.last_contact_on) == ("zoe@example.org", date(2026, 5, 1))
    assert task.contact.telephone == "+39 347 555 0100"
    assert (task.contact.handle, "zoe" in task.contact.profile) == ("zoe", True)


def test_silent_means_the_same_in_the_results_and_on_the_list(work: UnitOfWork) -> None:
    story = tell(work)
    for days in (3, 5, 6):
        then = work.at(FIRST_DAY + timedelta(days=days))
        listed = sum(task.kind is TaskKind.SILENT for task in home(then).tasks)
        assert listed == observe_results(then, story.campaign).funnel.silent


def test_an_unanswered_complaint_comes_first_and_opens_its_post(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        label = MentionLabel(
            mention_id=story.mentions["u2"], label=Label.COMPLAINT, labelled_at=NOW, actor="t"
        )
        session.add(label)
    first = home(work).tasks[0]
    assert first.kind is TaskKind.COMPLAINT
    assert first.query == {"campaign": story.campaign, "mention": story.mentions["u2"]}
    assert first.values["name"] == "ugo"


def test_a_complaint_is_late_once_a_day_has_passed(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        label = MentionLabel(mention_id=story.mentions["u2"], label=Label.COMPLAINT, labelled_at=NOW)
        session.add(label)
        posted = session.get_one(Mention, story.mentions["u2"]).posted_at
    for hours, late in ((2, False), (23, False), (25, True)):
        (task,) = [
            one
            for one in home(work.at(posted + timedelta(hours=hours))).tasks
            if one.kind is TaskKind.COMPLAINT
        ]
        assert task.is_late is late


def test_many_unanswered_complaints_are_one_line_that_opens_them_all(work: UnitOfWork) -> None:
    story = tell(work)
    before = home(work).late
    with work.writing() as session:
        for name in ("u1", "u2", "e1"):
            label = MentionLabel(mention_id=story.mentions[name], label=Label.COMPLAINT, labelled_at=NOW)
            session.add(label)
    view = home(work)
    assert [task.kind for task in view.tasks].count(TaskKind.COMPLAINT) == 1
    assert view.tasks[0].text.format(**view.tasks[0].values).startswith("3 complaints wait")
    assert view.tasks[0].query == {"campaign": story.campaign, "show": "complaint"}
    assert view.late == before + 3


def test_a_complaint_that_has_a_case_is_left_to_the_case(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        for name in ("u1", "u2"):
            label = MentionLabel(mention_id=story.mentions[name], label=Label.COMPLAINT, labelled_at=NOW)
            session.add(label)
    asked = [task for task in home(work).tasks if task.kind is TaskKind.COMPLAINT]
    open_from_mentions(work, [story.mentions["u1"]])
    left = [task for task in home(work).tasks if task.kind is TaskKind.COMPLAINT]
    assert [task.query["mention"] for task in left] == [story.mentions["u2"]]
    assert len(asked) == 2


def test_mentions_to_review_wait_but_are_not_late(work: UnitOfWork) -> None:
    tell(work)
    review = next(task for task in home(work).tasks if task.kind is TaskKind.REVIEW)
    assert review.values == {"count": 1}
    assert not review.is_late


def test_late_things_are_counted_per_campaign(work: UnitOfWork) -> None:
    tell(work)
    view = home(work)
    assert view.campaigns[0].late == view.late == sum(task.is_late for task in view.tasks)
    assert view.late > 0


def test_a_burst_of_talk_is_pointed_out(work: UnitOfWork) -> None:
    story = tell(work)
    assert TaskKind.SPIKE not in _kinds(home(work))
    with work.writing() as session:
        for number in range(12):
            add_mention(session, story, f"burst{number}", "pia", hours=240 + number)
    assert TaskKind.SPIKE in _kinds(home(work))


def test_a_next_action_is_due_on_its_day(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        nina = session.get(Ambassador, story.ambassadors["nina"])
        assert nina
        nina.next_action, nina.next_action_on = "Ring about the video", date(2026, 5, 12)
    before = home(work.at(NOW - timedelta(days=1)))
    assert TaskKind.NEXT_ACTION not in _kinds(before)
    assert TaskKind.NEXT_ACTION in _kinds(home(work))


def test_a_closed_campaign_is_no_longer_live(work: UnitOfWork) -> None:
    story: Story = tell(work)
    with work.writing() as session:
        campaign = session.get(Campaign, story.campaign)
        assert campaign
        campaign.status = CampaignStatus.CLOSED
    view = home(work)
    assert (view.campaigns, view.closed) == ((), 1)
    assert TaskKind.SILENT not in _kinds(view)


def test_who_was_bound_by_an_embargo_is_said_to_have_been_free_not_to_have_had_the_phone(
    work: UnitOfWork,
) -> None:
    story = tell(work)
    with work.writing() as session:
        zoe = session.get(Ambassador, story.ambassadors["zoe"])
        assert zoe is not None
        zoe.embargo_until = NOW - timedelta(days=9)
    task = next(task for task in home(work).tasks if task.kind is TaskKind.SILENT)
    assert task.text.format(**task.values) == "Zoe has been free to post for 9 days and has said nothing"

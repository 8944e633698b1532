"""Two people with the same form open: the second is told, and each one's own changes are kept."""

from dataclasses import replace
from datetime import date

import pytest

from ambassador.errors import BadInputError, EditedMeanwhileError
from ambassador.services.campaigns.brand_accounts import list_brand_accounts, set_brand_accounts
from ambassador.services.campaigns.campaign_view import open_campaign
from ambassador.services.campaigns.campaigns import create_campaign, edit_campaign
from ambassador.services.devices.dispatch import change_sending_rule, put_notice, sending_rules
from ambassador.services.mentions.refresh import is_stale, refresh_mentions
from ambassador.services.workspace import ScoreSettings, change_score_settings, score_settings
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.devices import AgreementRule
from ambassador.values.money import money

RULE = MatchRuleDraft(hashtags=("#one",))
DRAFT = CampaignDraft("Launch", date(2026, 5, 1), date(2026, 5, 24), budget=money(1_000), rule=RULE)


def test_changes_of_two_people_to_different_fields_of_a_campaign_are_both_kept(work):
    campaign = create_campaign(work, DRAFT)
    edit_campaign(work, campaign, replace(DRAFT, notes="hers"), DRAFT)
    his = replace(DRAFT, product="Phone", rule=replace(RULE, keywords=("his",)))
    edit_campaign(work, campaign, his, DRAFT)
    view = open_campaign(work, campaign)
    assert (view.notes, view.card.product) == ("hers", "Phone")
    assert (view.rule.rule.hashtags, view.rule.rule.keywords) == (("#one",), ("his",))


def test_the_second_to_change_a_field_of_a_campaign_is_told_and_may_insist(work):
    campaign = create_campaign(work, DRAFT)
    hers = replace(DRAFT, ends_on=date(2026, 6, 1), product="hers", rule=replace(RULE, hashtags=("#hers",)))
    edit_campaign(work, campaign, hers, DRAFT)
    his = replace(DRAFT, ends_on=date(2026, 6, 2), notes="his", rule=replace(RULE, hashtags=("#his",)))
    with pytest.raises(EditedMeanwhileError, match="Launch: somebody else has saved") as told:
        edit_campaign(work, campaign, his, DRAFT)
    assert told.value.theirs == {"ends_on": date(2026, 6, 1), "hashtags": ("#hers",)}
    assert open_campaign(work, campaign).notes == ""  # nothing of it was saved
    edit_campaign(work, campaign, his, told.value.seen)
    view = open_campaign(work, campaign)
    assert view.card.product == "hers"  # which he never touched
    assert (view.card.ends_on, view.notes, view.rule.rule.hashtags) == (date(2026, 6, 2), "his", ("#his",))


def test_dates_that_do_not_go_together_once_both_changes_are_in_are_refused(work):
    campaign = create_campaign(work, DRAFT)
    edit_campaign(work, campaign, replace(DRAFT, ends_on=date(2026, 5, 5)), DRAFT)
    with pytest.raises(BadInputError, match="before it starts"):
        edit_campaign(work, campaign, replace(DRAFT, starts_on=date(2026, 5, 10)), DRAFT)


def test_the_second_to_save_our_accounts_is_told_and_may_insist(work):
    was = set_brand_accounts(work, ["x:brezza"])
    set_brand_accounts(work, ["x:brezza", "x:hers"], was)
    with pytest.raises(EditedMeanwhileError) as told:
        set_brand_accounts(work, ["x:brezza", "x:his"], was)
    assert told.value.seen == list_brand_accounts(work) == ("x:brezza", "x:hers")
    set_brand_accounts(work, ["x:brezza", "x:hers"], was)  # the same as hers is no quarrel
    set_brand_accounts(work, ["x:his"], told.value.seen)
    assert list_brand_accounts(work) == ("x:his",)


def test_our_accounts_change_who_talks_so_the_figures_wait_to_be_worked_out(work):
    assert not is_stale(work)
    set_brand_accounts(work, ["x:brezza"])
    assert is_stale(work)
    refresh_mentions(work)
    set_brand_accounts(work, ["x:brezza"])
    assert not is_stale(work)


def test_weights_two_people_change_are_merged_or_told(work):
    was = score_settings(work)
    change_score_settings(work, ScoreSettings({**was.weights, "reach": 3.0}, was.nearest), was)
    change_score_settings(work, ScoreSettings({**was.weights, "network": 2.0}, 7), was)
    now = score_settings(work)
    assert (now.weights["reach"], now.weights["network"], now.nearest) == (3.0, 2.0, 7)
    with pytest.raises(EditedMeanwhileError) as told:
        change_score_settings(work, ScoreSettings({**was.weights, "reach": 4.0}, 7), was)
    assert told.value.theirs == {"reach": 3.0}
    assert score_settings(work) == now


def test_rules_for_sending_two_people_change_are_merged_or_told(work):
    was = sending_rules(work)
    change_sending_rule(work, AgreementRule.REFUSE, was.brand, was)
    change_sending_rule(work, was.unsigned, "Brezza", was)
    now = sending_rules(work)
    assert (now.unsigned, now.brand) == (AgreementRule.REFUSE, "Brezza")
    with pytest.raises(EditedMeanwhileError) as told:
        change_sending_rule(work, was.unsigned, "Other", was)
    assert told.value.theirs == {"brand": "Brezza"}
    assert sending_rules(work).brand == "Brezza"


def test_words_that_go_with_a_phone_are_not_overwritten_unseen(work):
    was = sending_rules(work).notices[0]
    put_notice(work, replace(was, text="hers {brand}", source="her lawyer"), was)
    with pytest.raises(EditedMeanwhileError) as told:
        put_notice(work, replace(was, text="his {brand}"), was)
    assert told.value.theirs == {"text": "hers {brand}"}
    put_notice(work, replace(was, text="his {brand}"), told.value.seen)
    now = next(
        one for one in sending_rules(work).notices if (one.deal, one.language) == (was.deal, was.language)
    )
    assert now.text == "his {brand}"

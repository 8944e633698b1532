"""Whatever a page can do, the shell can, and the other way round; the table in the docs says where."""

import pytest

from ambassador.ui.kit.navigation import PAGES
from tests.conventions.page_and_shell import (
    DOCUMENT,
    NO_PAGE,
    NO_VERB,
    computes,
    in_shell,
    on_pages,
    table,
    writes,
)

HELPERS = {  # a verb finds by its name what a page is opened with
    "activations.activation_view.activation_draft",
    "activations.activation_view.find_activation",
    "activations.entries.find_idea",
    "activations.files.ending_of",
    "backups.making.opened",
    "campaigns.ambassadors.find_ambassador",
    "campaigns.campaign_view.campaign_draft",
    "campaigns.campaign_view.find_campaign",
    "countries.shipping_of",
    "people.people.persons_by_handle",
    "perimeters.perimeters.draft_of",
    "perimeters.reading.filter_of",
    "perimeters.reading.find_perimeter",
    "perimeters.views.find_view",
    "picks.page_state.campaign_money",
    "results.outcomes.list_outcomes",
    "results.page_state.flag_devices",
    "results.report.format_of",
    "results.results.observe_results",
    "stored_json.to_json",
}


def test_services_are_found_by_following_the_code() -> None:
    assert on_pages()["campaigns.invite.invite_people"] == {"Campaigns"}
    assert on_pages()["devices.devices.replace_device"] == {"Campaigns", "Devices"}
    assert in_shell()["campaigns.invite.invite_people"] == {"campaign invite"}
    assert "import people" in in_shell()["imports.import_files.import_file"]
    assert len(on_pages()["campaigns.campaign_view.campaign_names"]) == len(PAGES)


def test_what_writes_is_told_from_what_reads() -> None:
    assert writes("campaigns.invite.invite_people")
    assert writes("picks.picks.pick_ambassadors")
    assert not writes("people.people.list_people")
    assert computes("picks.alternatives.what_if")
    assert not computes("people.people.list_people")


@pytest.mark.parametrize("service", sorted(on_pages()))
def test_what_a_page_does_a_verb_does(service: str) -> None:
    assert (service in in_shell()) != (service in NO_VERB), (
        f"no verb reaches {service}: give it one, or say in NO_VERB where the shell has it"
    )


@pytest.mark.parametrize("service", sorted(set(in_shell()) - HELPERS))
def test_what_a_verb_does_a_page_does(service: str) -> None:
    assert (service in on_pages()) != (service in NO_PAGE), (
        f"no page reaches {service}: put it on one, or say in NO_PAGE where the pages have it"
    )


def test_no_helper_writes() -> None:
    assert not [service for service in HELPERS if writes(service) or computes(service)]
    assert not HELPERS - set(in_shell())


def test_the_table_in_the_docs_is_what_the_code_says() -> None:
    assert "**missing**" not in table()
    assert DOCUMENT.read_text(encoding="utf-8") == table(), (
        "write it anew: python -m tests.conventions.page_and_shell"
    )

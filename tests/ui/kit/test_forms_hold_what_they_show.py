"""Every form: what is seen is asked, nothing harmful is chosen beforehand, no hint looks filled in."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.services.campaigns.ambassadors import answer
from ambassador.services.campaigns.campaigns import launch_campaign
from ambassador.services.devices.devices import deliver_device, reserve_device
from ambassador.services.people.edit_people import add_person
from ambassador.ui.kit.navigation import PAGES
from ambassador.ui.kit.workspace import current_work
from ambassador.values.money import Money
from ambassador.values.people.people import NewPerson
from ambassador.values.status import AmbassadorStatus
from tests.conventions.sources import PACKAGE, ROOT, called, modules, name_of, tree
from tests.conventions.sources import PAGES as PAGE_FILES
from tests.services.crowd import add_ties, follower_file
from tests.services.launch import add_launch, add_phones, invite
from tests.ui.conftest import OpenApp
from tests.ui.kit.test_further_forms_hold_what_they_show import WALKED

KINDS = ("text_input", "number_input", "text_area", "checkbox", "selectbox", "date_input")
HARMFUL = {
    "declined", "gone silent", "been replaced", "done their part", "moved to the reserve list", "lost",
    "back in stock", "theirs for good", "They do not belong", "Retire it",
}  # fmt: skip
Values = Mapping[str, object]


@pytest.fixture
def campaign(workspace: str) -> int:
    """Give a live campaign whose ambassador has a phone, and people with ties beside it."""
    work = current_work()
    add_phones(work, 2)
    number = add_launch(work)
    (ann,) = invite(work, number, "Ann")
    answer(work, ann, AmbassadorStatus.ACCEPTED)
    deliver_device(work, reserve_device(work, ann).id)
    launch_campaign(work, number)
    add_person(work, NewPerson("Bea", "instagram", "bea"))
    add_ties(work, follower_file())
    return number


def _leaves(value: Any) -> Iterator[object]:
    """Walk through all a request holds."""
    if isinstance(value, Money):
        yield from (float(value.amount), value.currency)
    elif isinstance(value, str | Enum):
        yield getattr(value, "value", value)
    elif is_dataclass(value) or isinstance(value, Mapping | list | tuple | set | frozenset):
        for part in _parts(value):
            yield from _leaves(part)
    else:
        yield value


def _parts(value: Any) -> list[object]:
    if is_dataclass(value):
        return [getattr(value, one.name) for one in fields(value)]
    return list(value.values() if isinstance(value, Mapping) else value)


def _fill(app: AppTest, typed: Values) -> None:
    """Type into the fields of these labels, the last of a label where two have it: dialogs come last."""
    for label, value in typed.items():
        found = [one for kind in KINDS for one in getattr(app, kind) if one.label == label]
        assert found, f"no field {label!r}"
        found[-1].set_value(value)


def _press(app: AppTest, *labels: str) -> None:
    """Press buttons together: a dialog stays open only while the button that opened it is pressed."""
    for label in filter(None, labels):
        next(button for button in reversed(app.button) if button.label == label).click()
    app.run()
    assert not app.exception


def _caught(monkeypatch: pytest.MonkeyPatch, name: str) -> list[tuple[Any, ...]]:
    """Put something in the place of a service that keeps what it is called with."""
    calls: list[tuple[Any, ...]] = []

    def keep(*arguments: Any, **named: Any) -> object:
        calls.append((*arguments[1:], named))
        return (1,) if name.endswith("invite_people") else 1

    monkeypatch.setattr(name, keep)
    return calls


def _at_once(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """Let a job run where it is started."""
    monkeypatch.setattr(f"{module}.start", lambda _name, run: run(lambda *_told: None))
    monkeypatch.setattr(f"{module}.job_panel", lambda _name: None)


FORMS: dict[str, tuple[str, str, str, str, Values]] = {
    # page, button that opens the form, service, button that sends it, what is typed
    "pick": ("pick", "", "ambassador.ui.picks.actions.pick_ambassadors", "Pick people", {
        "People": 3, "Budget, EUR": 901.0, "Phone, EUR each": 11.0, "Shipping, EUR each": 12.0,
        "Other costs, EUR each": 13.0, "Unknown fees count as, EUR": 14.0, "Within days": 17,
        "Live in these cities": "Bari", "Speak these languages": "it", "Talk on these platforms": "x",
        "Have these topics": "phones", "Must be in": "a", "Must not be in": "l01", "At most per city": 4,
        "In already (they count, but take no phone of this pick)": "b", "Repeat a draw: its number": 23,
    }),
    "forecast": ("forecast", "", "ambassador.ui.forecasts.actions.forecast", "Forecast", {
        "Days": 19, "Simulated launches": 3000, "Repeat a draw: its number": 29,
        "Half of the answers come within, hours": 3.5, "Half of the ambassadors post within, hours": 7.5,
        "How much some posts catch on more than others": 0.7,
    }),
    "campaign": ("campaigns", "New campaign", "ambassador.ui.campaigns.actions.start_campaign",
                 "Create the campaign", {
        "Name": "Winter", "Product": "Q7", "First day": date(2026, 11, 2), "Last day": date(2026, 11, 20),
        "Budget": 1234.5, "Silent after (days)": 8, "Notes": "in shops", "Time zone": "Asia/Tokyo",
        "Hashtags": "#winter", "Keywords": "snow", "Exclude-words": "rain", "Authors": "nina",
        "Fee each, EUR": 55.0, "Post by": date(2026, 11, 9), "Code stem": "SNOW",
    }),
    "invitation": ("campaigns", "Invite people", "ambassador.ui.campaigns.actions.invite_people",
                   "Invite them", {
        "Fee each, EUR": 65.0, "Post by": date(2026, 5, 9), "Code stem": "CALA",
    }),
    "phone": ("devices", "Add a phone", "ambassador.ui.devices.actions.add_device", "Add to the stock", {
        "Model": "Q1", "Serial": "S-7", "IMEI": "352099001761481", "Colour": "blue", "Cost": 310.0,
        "Currency": "USD",
    }),
    "outcome": ("outcomes", "Log an outcome", "ambassador.ui.results.actions.log_outcome", "Log it", {
        "How many": 5, "Worth, in EUR": 77.5, "Code": "ANN10", "In words": "in print",
        "When": date(2026, 5, 8),
    }),
    "campaign edited": ("campaigns", "Edit", "ambassador.ui.campaigns.actions.edit_campaign", "Save", {
        "Name": "Summer", "Product": "Q8", "First day": date(2026, 5, 3), "Last day": date(2026, 6, 20),
        "Budget": 4321.5, "Silent after (days)": 9, "Notes": "in town", "Time zone": "Asia/Tokyo",
        "Hashtags": "#summer", "Keywords": "sun", "Exclude-words": "hail", "Authors": "leo",
    }),
    "person": ("people", "Add a person", "ambassador.ui.people.actions.add_person", "Add", {
        "Name": "Gaia", "Handle or address of the page": "@gaia.g", "Followers": 321, "City": "Lecce",
        "E-mail": "gaia@example.org", "Telephone number": "+39 347 555 0100", "Platform": "tiktok",
        "Usual fee (EUR)": 85.5, "Topics": "sailing", "How did you find them?": "at a fair",
    }),
    "mention": ("mentions", "Add a mention", "ambassador.ui.mentions.actions.paste_mention", "Add", {
        "Link": "https://x.com/ann/status/77", "Who posted it": "ann", "Platform": "x", "Text": "so good",
        "Link of the post it answers, if any": "https://x.com/bea/status/76",
        "Views": 901, "Likes": 31, "Replies": 7,
    }),
    "sending rule": ("devices", "Rules for sending", "ambassador.ui.devices.sending.change_sending_rule",
                     "Save the rule and the name", {"Sender's name in the words below": "Calma"}),
    "words that go with a phone": ("devices", "Rules for sending", "ambassador.ui.devices.sending.put_notice",
                                   "Use these words", {"Words": "Lent by {brand}.", "Source": "our lawyer"}),
    "score": ("workspace", "", "ambassador.ui.workspace.score_settings.change_score_settings", "Save", {
        "Accounts nearest in size to compare a rate with": 37,
    }),
}  # fmt: skip


WALKED_ELSEWHERE: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "Open the case",
            "Answer",
            "Answer and wait",
            "Answer and solve",
            "The customer said it",
            "It is a note",
            "Put it in",
            "Merge it into this",
            "Link it",
            "Split it off",
            "Save the opening hours",
            "Save the promise",
            "Promise nothing for these",
            "Log it",
            "Bring it in",
        ),
        "tests/ui/care/test_care_page.py",
    ),
    **dict.fromkeys(
        ("Close the incident", "Dismiss it", "Save what is watched for"),
        "tests/ui/mentions/test_incidents_on_mentions.py",
    ),
    **dict.fromkeys(
        ("Watch it", "Save the perimeter", "Keep it", "Let go of {name}"),
        "tests/ui/mentions/test_perimeters_on_mentions.py",
    ),
    "Follow it": "tests/ui/imports/test_imports_page.py",
    "Create it": "tests/ui/activations/test_activations_page.py",
    "Bring back": "tests/ui/activations/test_activations_page.py",
    "Write it down": "tests/ui/activations/test_activations_page.py",
    "Write the question down": "tests/ui/activations/test_activations_page.py",
    "Write the answer down": "tests/ui/activations/test_activations_page.py",
    "Turn the question down": "tests/ui/activations/test_activations_page.py",
    "Merge them": "tests/ui/activations/test_activations_page.py",
    "Pass it over": "tests/ui/activations/test_activations_page.py",
    "Add it": "tests/ui/activations/test_activations_page.py",
    "This post": "tests/ui/activations/test_activations_page.py",
    "It is a vote": "tests/ui/activations/test_activations_page.py",
    "It is no vote": "tests/ui/activations/test_activations_page.py",
    "Let its words decide": "tests/ui/activations/test_activations_page.py",
    "Write the mark down": "tests/ui/activations/test_activations_page.py",
    "Take the mark back": "tests/ui/activations/test_activations_page.py",
    "Note it": "tests/ui/kit/test_undo_is_offered.py",
    "Note what happened": "tests/ui/kit/test_undo_is_offered.py",
    "Make them ambassadors": ".ci/first_user.py",
    "Open": "tests/ui/workspace/test_two_sessions.py",
    "Reserve": ".ci/first_user.py",
    "That is me": "tests/ui/kit/test_who.py",
    "Erase": "tests/ui/people/test_people_page.py",
    "Launch": ".ci/first_user.py",
    "What would that change?": ".ci/first_click.py",
    "Save our accounts": "tests/ui/workspace/test_brand_accounts_form.py",
    "Add the word": "tests/ui/campaigns/test_campaigns_and_devices_pages.py",
    "Forget this word": "tests/ui/campaigns/test_campaigns_and_devices_pages.py",
    "Make a fresh backup": "tests/ui/workspace/test_backups_section.py",
}
"""Forms that another test fills in and sends, by their button, and where."""
ASK_NOTHING_MORE = {"Make a forecast first", "Show {count} more"}
"""Buttons beside fields that do not send them."""
INPUTS = {
    "text_input", "number_input", "text_area", "checkbox", "selectbox", "multiselect", "date_input",
    "time_input", "radio", "toggle", "segmented_control", "data_editor",
}  # fmt: skip
ASKERS = ("_form", "_fields", "_ask", "ask_", "what_and_when", "match_rule")
"""How functions are called that draw fields for a form of another."""


def _sending_buttons() -> Iterator[tuple[str, str]]:
    """Give the buttons that send what stands in fields, each with its module and words."""
    for path in (*modules(PACKAGE / "ui"), *PAGE_FILES):
        for function in tree(path).body:
            if isinstance(function, ast.FunctionDef):
                calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
                labels = {
                    node.targets[0].id: node.value
                    for node in ast.walk(function)
                    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
                }
                asks = any(called(one) in INPUTS or str(called(one)).startswith(ASKERS) for one in calls)
                for one in calls:
                    if called(one) == "form_submit_button" or (called(one) == "button" and asks):
                        yield name_of(path), _words(one.args[0], labels)
                    elif called(one) == "press_kept":
                        yield name_of(path), _words(one.args[1], labels)


def _words(label: ast.expr, labels: Mapping[str, ast.expr]) -> str:
    label = labels.get(label.id, label) if isinstance(label, ast.Name) else label
    texts = (one.value for one in ast.walk(label) if isinstance(one, ast.Constant))
    return next((text for text in texts if isinstance(text, str)), ast.unparse(label))


def test_every_form_is_walked() -> None:
    """Whoever adds a form adds it to the walk, or to a test that is named here."""
    walked = {sends for _, _, _, sends, _ in FORMS.values()}
    found = list(_sending_buttons())
    assert len(found) > 30
    known = walked | set(WALKED_ELSEWHERE) | set(WALKED) | ASK_NOTHING_MORE
    assert not [(module, words) for module, words in found if words not in known]
    assert not known - walked - {words for _, words in found}, "these are no buttons of forms any more"


@pytest.mark.parametrize(("words", "file"), WALKED_ELSEWHERE.items())
def test_a_form_that_is_walked_elsewhere_is(words: str, file: str) -> None:
    assert f'"{words}' in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMS)
def test_what_is_seen_is_what_is_asked(
    name: str, open_app: OpenApp, campaign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, opens, service, sends, typed = FORMS[name]
    for module in ("ambassador.ui.picks.actions", "ambassador.ui.forecasts.actions"):
        _at_once(monkeypatch, module)
    calls = _caught(monkeypatch, service)
    app = open_app(page, campaign=str(campaign))
    _press(app, opens)
    if name == "invitation":
        (people,) = [one for one in app.multiselect if one.label == "By name"]
        people.set_value(people.options[:1])
    _fill(app, typed)
    _press(app, opens)
    _fill(app, typed)  # a field that others change begins anew
    _press(app, opens, sends)
    assert len(calls) == 1, [error.value for error in app.error]
    held = {str(leaf).casefold() for leaf in _leaves(calls[0])}
    for label, value in typed.items():
        assert str(value).casefold() in held, f"{label}: {value} is shown and not asked ({sorted(held)})"


def test_a_probability_of_one_is_used_when_it_is_typed(
    open_app: OpenApp, campaign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at_once(monkeypatch, "ambassador.ui.picks.actions")
    calls = _caught(monkeypatch, "ambassador.ui.picks.actions.pick_ambassadors")
    app = open_app("pick")
    kind = next(one for one in app.selectbox if one.label.startswith("How probable"))
    kind.select("The same for every tie" if "The same for every tie" in kind.options else "constant").run()
    shown = next(one for one in app.number_input if one.label == "The same for every tie")
    assert shown.value == pytest.approx(0.1)
    shown.set_value(1.0)
    _press(app, "Pick people")
    assert calls[0][0].probabilities.constant == 1.0


OPENED: dict[str, Callable[[OpenApp, int], AppTest]] = {
    "an answer": lambda open_app, campaign: open_app("campaigns", campaign=str(campaign), ambassador="1"),
    "a phone": lambda open_app, campaign: open_app("devices", campaign=str(campaign), device="BZ0001"),
    **{
        f"the page {entry.title}": lambda open_app, campaign, page=entry.name: open_app(
            page, campaign=str(campaign)
        )
        for entry in PAGES
    },
}


@pytest.mark.parametrize("opened", OPENED)
def test_nothing_harmful_is_chosen_beforehand(opened: str, open_app: OpenApp, campaign: int) -> None:
    app = OPENED[opened](open_app, campaign)
    assert not app.exception
    for kind in ("radio", "selectbox", "segmented_control"):
        for one in getattr(app, kind):
            if HARMFUL & {str(option) for option in one.options}:
                assert one.value is None, f"{one.label} begins on {one.value}"
    if opened == "an answer":
        assert any(HARMFUL & set(map(str, one.options)) for one in app.radio)


def test_what_ends_having_a_phone_asks_first(open_app: OpenApp, campaign: int) -> None:
    app = open_app("devices", campaign=str(campaign), device="BZ0001")
    labels = [button.label for button in app.button]
    for harm in ("Lost: write it off", "Theirs for good", "It came back", "Lost: send another"):
        assert harm not in labels
        assert f"Yes: {harm}" in labels


def _hints() -> Iterator[tuple[str, ast.expr]]:
    for path in sorted((PACKAGE / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "placeholder":
                yield path.name, node.value


def test_no_hint_in_an_empty_field_looks_like_a_value() -> None:
    """A hint says what is missing, in words: never a number, a day, a name or a choice."""
    hints = list(_hints())
    assert len(hints) > 5
    for where, hint in hints:
        text = ast.unparse(hint)
        assert not any(sign.isdigit() for sign in text), f"{where}: {text}"

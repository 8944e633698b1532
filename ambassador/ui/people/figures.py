"""The first row of the People page."""

from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.text import number, percent, t
from ambassador.ui.people.filters import candidates_label
from ambassador.values.people.people import PeopleFilter, PeopleView


def people_figures(view: PeopleView, wanted: PeopleFilter) -> None:
    """Draw how many there are, how fresh they are, and how many are real candidates."""
    first_row(
        Figure(t("People"), number(view.everybody), t("{count} listed", count=number(len(view.rows)))),
        Figure(
            t("Read in the last {days} days", days=view.recent_days),
            number(view.read_recently),
            percent(view.read_recently / view.everybody) if view.everybody else "",
            help=t("People at least one of whose figures was read in that time."),
        ),
        Figure(
            candidates_label(wanted),
            number(view.candidates),
            _fee_note(view, wanted),
            help=t("They have an account, are marked as candidates and did not object."),
        ),
    )


def _fee_note(view: PeopleView, wanted: PeopleFilter) -> str:
    if not view.without_fee:
        return ""
    count = number(view.without_fee)
    if wanted.fee_up_to:
        return t("{count} more if their fee were known", count=count)
    return t("the fee of {count} is not known", count=count)

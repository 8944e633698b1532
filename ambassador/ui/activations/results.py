"""What came of an activation, read and drawn by its kind."""

from ambassador.services.activations.contests import count_contest
from ambassador.services.activations.discussions import read_discussion
from ambassador.services.activations.ideas import count_ideas
from ambassador.services.activations.law import read_law
from ambassador.services.activations.moments import read_moment
from ambassador.services.activations.polls import count_poll
from ambassador.services.activations.questions import read_session
from ambassador.services.activations.replies import read_replies
from ambassador.ui.activations.contests import draw_contest
from ambassador.ui.activations.discussions import draw_discussion
from ambassador.ui.activations.ideas import draw_ideas
from ambassador.ui.activations.moments import draw_moment
from ambassador.ui.activations.polls import draw_poll
from ambassador.ui.activations.questions import draw_questions
from ambassador.ui.activations.replies import draw_replies
from ambassador.ui.kit.workspace import current_work
from ambassador.values.activations.activations import ActivationView
from ambassador.values.activations.states import ActivationKind


def draw_result(view: ActivationView) -> None:
    """Draw what came of an activation so far."""
    work, number = current_work(), view.card.id
    if view.card.kind is ActivationKind.IDEAS:
        draw_ideas(view, count_ideas(work, number))
    elif view.card.kind is ActivationKind.CONTEST:
        draw_contest(view, count_contest(work, number), read_law(work, number))
    elif view.card.kind is ActivationKind.QUESTIONS:
        draw_questions(view, read_session(work, number))
    elif view.card.kind is ActivationKind.MOMENT:
        draw_moment(view, read_moment(work, number))
    elif view.card.kind is ActivationKind.DISCUSSION:
        draw_discussion(view, read_discussion(work, number))
    else:
        draw_poll(view, count_poll(work, number))
        draw_replies(view, read_replies(work, number))

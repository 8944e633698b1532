"""What was spoken of: posts grouped by their words."""

from typing import Final

from sqlmodel import Session

from ambassador.metrics.wording.topics import find_topics
from ambassador.services.mentions.mentions import mention_rows
from ambassador.services.work import UnitOfWork
from ambassador.store.kept import kept_for
from ambassador.store.tone.texts import newest_texts
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.tone import TopicRow, TopicsView

MOST_READ: Final = 10_000
"""The newest posts whose topics are looked for."""
USUAL: Final = 8
"""Topics that are looked for where nothing is said."""
MOST_TOPICS: Final = 30


def find_topics_of(work: UnitOfWork, stream: MentionFilter, most: int = USUAL) -> TopicsView:
    """Group the newest posts of a filter by what they speak of; the same posts give the same topics.

    Examples
    --------
    >>> view = find_topics_of(work, MentionFilter(campaign_id=campaign), 2)
    >>> view.read, sum(topic.posts for topic in view.topics) + view.without
    (5, 5)
    """
    with work.reading() as session:
        return kept_for(session, "topics", (stream, most), lambda: _find(session, stream, most))


def _find(session: Session, stream: MentionFilter, most: int) -> TopicsView:
    posts = newest_texts(session, stream, MOST_READ)
    found = find_topics(posts.texts, min(max(most, 1), MOST_TOPICS))
    topics = []
    for words, size, typical in zip(found.words, found.sizes, found.typical, strict=True):
        rows = mention_rows(session, [posts.ids[place] for place in typical])
        topics.append(TopicRow(words, size, rows))
    return TopicsView(tuple(topics), found.without, len(posts.ids), posts.found)

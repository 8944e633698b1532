"""Files of ideas, votes, marks and questions: plain tables, and the ``.pb`` files of participatory budgeting.

Public names: ``read_votes_file``, ``read_questions_file``.
Read in this order: ``votes_file``, ``pb``, ``vote_tables``, ``question_tables``.
"""

from ambassador.intake.votes.question_tables import read_questions_file
from ambassador.intake.votes.votes_file import read_votes_file

__all__ = ["read_questions_file", "read_votes_file"]

"""Files of ideas and of votes: plain tables, and the ``.pb`` files of participatory budgeting.

Public names: ``read_votes_file``.
Read in this order: ``votes_file``, ``pb``, ``vote_tables``.
"""

from ambassador.intake.votes.votes_file import read_votes_file

__all__ = ["read_votes_file"]

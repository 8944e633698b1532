"""What a file of ideas or votes holds, whichever of its forms it has."""

from ambassador.intake.encodings import letter_notes, settle_encoding
from ambassador.intake.files import Content, encoding_of
from ambassador.intake.votes.pb import is_pb, read_pb
from ambassador.intake.votes.vote_tables import read_vote_table
from ambassador.values.activations.votes import VotesFile


def read_votes_file(content: Content, *, zone: str, currency: str) -> VotesFile:
    r"""Read ballots, ideas, or both; moments without a zone are of ``zone``, amounts of ``currency``.

    >>> found = read_votes_file(Content("v.csv", b"voter,vote\nx:Nina,1;3\n"), zone="UTC", currency="EUR")
    >>> [(one.voter, one.platform, one.choices) for one in found.ballots]
    [('nina', 'x', ('1', '3'))]
    """
    if is_pb(content.head()):
        settle_encoding(content)
        text = content.open().read().decode(encoding_of(content), errors="replace")
        return read_pb(text, content.name, currency, letter_notes(content))
    return read_vote_table(content, zone, currency)

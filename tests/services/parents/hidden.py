"""Posts whose parents the platform hides, and what was found of them."""

from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.store.cascades.parent_candidates import read_candidates
from ambassador.store.mentions.credit import read_shares
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.values.cascades.inference import ParentBasis
from tests.services.talk import T0


def tie(talk, source, target, probability=None):
    source_id, target_id = talk.account(source), talk.account(target)
    with talk.work.writing() as session:
        session.add(
            Tie(
                source_id=source_id,
                target_id=target_id,
                platform="x",
                kind="follow",
                given_probability=probability,
                first_at=T0,
            )
        )


def candidates(talk):
    """Give post -> {candidate's name or None: probability}."""
    names = {number: name for name, number in talk.posts.items()}
    with talk.work.reading() as session:
        return {
            names[post]: {names.get(row.candidate_id): row.probability for row in rows}
            for post, rows in read_candidates(session).items()
        }


def parent(talk, name):
    with talk.work.reading() as session:
        row = session.get(Mention, talk.posts[name])
        return row.parent_observed_id, row.parent_inferred_id, row.inferred_by


def shares(talk):
    """Give post -> {(ambassador, serial, how): share}."""
    handles = {number: handle for handle, number in talk.ambassadors.items()}
    serials = {number: serial for serial, number in talk.devices.items()}
    names = {number: name for name, number in talk.posts.items()}
    found = {}
    with talk.work.reading() as session:
        for row in read_shares(session, talk.campaign):
            key = (handles.get(row.ambassador_id), serials.get(row.device_id), row.method)
            found.setdefault(names[row.mention_id], {})[key] = row.share
    return found


def hidden_repost(talk):
    """Ugo hears from both Nina and Leo, and reposts soon after Leo did; others show what is usual."""
    for count, waited in enumerate((0.5, 1, 2, 4, 8, 5)):
        talk.post(f"o{count}", "ada", at=-200 + count)
        talk.post(f"p{count}", "bea", root=f"o{count}", at=-200 + count + waited)
    tie(talk, "ada", "bea", 0.2)
    talk.post("n1", "nina", "#q1brezza")
    talk.post("l1", "leo", root="n1", at=5)
    talk.post("u1", "ugo", root="n1", at=6)
    talk.post("s1", "stranger", root="n1", at=7)
    for source, target in (("nina", "leo"), ("nina", "ugo"), ("leo", "ugo")):
        tie(talk, source, target, 0.2)
    refresh_mentions(talk.work)


def bases(talk):
    with talk.work.reading() as session:
        return {ParentBasis.parse(row.method) for rows in read_candidates(session).values() for row in rows}

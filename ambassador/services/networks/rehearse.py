"""Play single launches through on the network, so that one can be followed person by person."""

from collections.abc import Iterable, Iterator, Sequence

from ambassador.propagation.simulate import trace_spread
from ambassador.propagation.simulate.traces import Trace
from ambassador.services.networks.network import LoadedNetwork, load_network
from ambassador.services.networks.nodes import NodeCard, cards_of
from ambassador.services.work import UnitOfWork
from ambassador.store.people.people import find_accounts
from ambassador.values.networks.network import ProbabilityRule
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.networks.rehearsals import Rehearsal, Talker


def rehearse_launches(
    work: UnitOfWork,
    handles: Sequence[str],
    runs: Iterable[int],
    *,
    key: int,
    rule: ProbabilityRule | None = None,
) -> Iterator[Rehearsal]:
    """Simulate launches started by ``handles``, one per run number; the same key gives the same launches.

    Examples
    --------
    >>> certain = ProbabilityRule.parse("constant:1")
    >>> launch = next(rehearse_launches(work, ["nina"], [0], key=1, rule=certain))
    >>> [(one.handle, one.prompted_by, one.step) for one in launch.talkers][:2]
    [('nina', '', 0), ('ugo', 'nina', 1)]
    """
    with work.reading() as session:
        accounts = find_accounts(session, handles)
        known = [accounts[handle] for handle in handles]
        starters = list(dict.fromkeys(NodeKey.of_account(one.id or 0, one.person_id) for one in known))
        loaded = load_network(session, rule or ProbabilityRule(), key, extra=starters)
        cards = cards_of(session, loaded.keys.tolist())
    seeds = loaded.nodes_of(starters).tolist()
    for run in runs:
        yield _told(run, trace_spread(loaded.network, seeds, key=key, run=run), loaded, cards)


def _told(run: int, trace: Trace, loaded: LoadedNetwork, cards: dict[int, NodeCard]) -> Rehearsal:
    people = {node: cards[int(loaded.keys[node])] for node in trace.nodes}
    talkers = tuple(
        Talker(
            handle=people[node].handle,
            platform=people[node].platform,
            prompted_by=people[parent].handle if parent >= 0 else "",
            branch=people[seed].handle,
            step=step,
        )
        for node, parent, seed, step in zip(trace.nodes, trace.parents, trace.seeds, trace.steps, strict=True)
    )
    return Rehearsal(run, talkers)

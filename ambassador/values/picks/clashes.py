"""What is said of demands that cannot be met together: each of these sentences stands here, once.

Whoever finds a clash raises what a function here makes; people are named as the caller knows them.
"""

from ambassador.errors import InfeasibleError
from ambassador.i18n import mark
from ambassador.values.imports.imports import Note


def must_and_never(person: object) -> InfeasibleError:
    """Say that somebody is both demanded and excluded."""
    return InfeasibleError("{person} must be in and must not be in", person=person)


def must_but(person: object, reason: Note) -> InfeasibleError:
    """Say that somebody is demanded who cannot be picked."""
    return InfeasibleError("{person} must be in, but: {reason}", person=person, reason=reason)


def fee_unknown(person: object) -> InfeasibleError:
    """Say that somebody is demanded of whom nobody knows whether the budget pays them."""
    return InfeasibleError("{person} must be in, but their fee is not known.", person=person)


def both_must(one: object, other: object) -> InfeasibleError:
    """Say that both of a pair are demanded of which at most one may be in."""
    return InfeasibleError("{one} and {other} must both be in and exclude each other", one=one, other=other)


def excludes_one_in(one: object, other: object) -> InfeasibleError:
    """Say that somebody is demanded who excludes somebody who is in already."""
    return InfeasibleError("{one} must be in, but excludes {other}, who is in already.", one=one, other=other)


def too_many_must(must: int, count: int) -> InfeasibleError:
    """Say that more people are demanded than there are places."""
    return InfeasibleError("{must} people must be in, but only {count} can be.", must=must, count=count)


def must_cost(cost: object, budget: object) -> InfeasibleError:
    """Say that the demanded people alone cost more than the budget."""
    return InfeasibleError(
        "those who must be in cost {cost}, the budget is {budget}", cost=cost, budget=budget
    )


def cheapest_cost(cost: object, budget: object) -> InfeasibleError:
    """Say that nobody who would meet the demands is cheap enough."""
    return InfeasibleError(
        "The cheapest people who meet the demands cost {cost}; the budget is {budget}.",
        cost=cost,
        budget=budget,
    )


def least_above_most(name: str, least: int, most: int) -> InfeasibleError:
    """Say that a quota's lower limit is above its upper one."""
    return InfeasibleError(
        "At least {least} and at most {most} in {name}.", least=least, most=most, name=name
    )


def too_few_exist(name: str, least: int, exist: int) -> InfeasibleError:
    """Say that a group has fewer people than a quota demands."""
    return InfeasibleError("At least {least} in {name}: {exist} exist.", least=least, name=name, exist=exist)


def too_few_together(name: str, least: int, together: int) -> InfeasibleError:
    """Say that so many of a group exclude each other that too few are left."""
    return InfeasibleError(
        "At least {least} in {name}: {together} can be in together, the others exclude them.",
        least=least,
        name=name,
        together=together,
    )


def least_unmet(name: str, least: int) -> InfeasibleError:
    """Say that a lower limit turned out to clash with something, which only pairs can bring about."""
    return InfeasibleError(
        "At least {least} in {name} cannot be met together with the other demands.", least=least, name=name
    )


def too_many_inside(name: str, most: int, inside: int, in_already: int) -> InfeasibleError:
    """Say that more of a group are demanded, or in already, than a quota allows."""
    if not in_already:
        return InfeasibleError(
            "More than {most} of those who must be in are in {name}.", most=most, name=name
        )
    return InfeasibleError(
        "At most {most} in {name}: {inside} must be in or are in already.",
        most=most,
        name=name,
        inside=inside + in_already,
    )


def groups_ask(least: int, count: int) -> InfeasibleError:
    """Say that the quotas together demand more people than there are places."""
    return InfeasibleError("The groups ask for {least} people; {count} can be.", least=least, count=count)


def these(demands: Note) -> InfeasibleError:
    """Name demands that clash, of which no one could be spared."""
    return InfeasibleError("These cannot be met together: {demands}.", demands=demands)


def all_together() -> InfeasibleError:
    """Say that some demands clash where it could not be shown which."""
    return InfeasibleError("no choice meets all these demands together")


def at_least(name: str, least: int) -> Note:
    """Name a quota's lower limit among demands that clash."""
    return Note(mark("at least {least} in {name}"), {"least": least, "name": name})


def at_most(name: str, most: int) -> Note:
    """Name a quota's upper limit among demands that clash."""
    return Note(mark("at most {most} in {name}"), {"most": most, "name": name})


def in_all(count: int) -> Note:
    """Name the number of people among demands that clash."""
    return Note(mark("{count} people in all"), {"count": count})


def within(budget: object) -> Note:
    """Name the budget among demands that clash."""
    return Note(mark("a budget of {budget}"), {"budget": budget})


def pairs() -> Note:
    """Name the pairs among demands that clash."""
    return Note(mark("pairs that exclude each other"))


def listed(demands: list[Note]) -> Note:
    """Write several demands in one line."""
    told = demands[-1]
    for one in reversed(demands[:-1]):
        told = Note(mark("{one}; {others}"), {"one": one, "others": told})
    return told

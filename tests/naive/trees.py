"""Shapes of trees by their definitions."""

from collections.abc import Sequence


def mean_distance(parent: Sequence[int], nodes: Sequence[int]) -> float:
    """Structural virality by its definition: the mean distance over ordered pairs of one tree."""

    def ancestors(node: int) -> list[int]:
        line = [node]
        while parent[line[-1]] >= 0:
            line.append(parent[line[-1]])
        return line

    total = 0
    for one in nodes:
        for other in nodes:
            first, second = ancestors(one), ancestors(other)
            shared = len(set(first) & set(second))
            total += len(first) + len(second) - 2 * shared
    return total / (len(nodes) * (len(nodes) - 1))


def share_behind(parent: Sequence[int], head: int) -> float:
    """Give the share of a tree's posts that are a post or come of it."""

    def is_behind(post: int) -> bool:
        return post == head or (parent[post] >= 0 and is_behind(parent[post]))

    return sum(is_behind(post) for post in range(len(parent))) / len(parent)

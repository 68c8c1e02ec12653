"""Which things are one, when some pairs of them are known to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def united(pairs: Iterable[tuple[str, str]], best: Callable[[str], tuple[int, str]]) -> dict[str, str]:
    """Each thing that occurs in a pair -> the one its group goes by: that for which ``best`` is least.

    The answer does not depend on the order of the pairs.
    """
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for one, other in pairs:
        a, b = root(one), root(other)
        if a != b:
            parent[b] = a
    groups: dict[str, str] = {}
    for thing in parent:
        top = root(thing)
        groups[top] = min(groups.get(top, thing), thing, key=best)
    return {thing: groups[root(thing)] for thing in parent}

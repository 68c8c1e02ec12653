"""Problems as people read them: what, where, the value, what to do; the same kind once, and how many more there are."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal

from holdfast.cli.terminal import clean, counted, folded, paint, tell
from holdfast.core.money import money
from holdfast.core.problem import Problem

#: Places of one kind that are shown before "and … more like this".
PLACES = 3
_ORDER = {"error": 0, "warning": 1, "note": 2}


def show(problems: Iterable[Problem], *, notes: bool = True, where: str = "problems.csv") -> None:
    """Print problems to stderr, errors first, grouped by code. Notes can be left to a file, named by ``where``."""
    listed = list(problems)
    kept = [p for p in listed if notes or p.severity != "note"]
    for group in _groups(kept):
        _write(_block(group), group[0])
    left = sorted({p.code for p in listed if p not in kept}) if len(kept) < len(listed) else []
    if left:
        count = len(listed) - len(kept)
        tell(f"{counted(count, 'note')} ({', '.join(left)}) in {where}")
    if kept:
        sys.stderr.write(tally(kept) + "\n")


def worth_stopping(problems: Iterable[Problem]) -> bool:
    """Whether ``check`` and ``--strict`` end with exit code 1: any error or warning; notes are no problems."""
    return any(p.severity != "note" for p in problems)


def _groups(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Those of one code for which the same is to be done: others have nothing in common but their number."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.code, problem.what_to_do), []).append(problem)
    return sorted(groups.values(), key=lambda g: (_ORDER[g[0].severity], g[0].code))


def _head(problem: Problem) -> str:
    return f"{problem.severity}[{problem.code}]"


def _write(lines: Sequence[str], first: Problem) -> None:
    """Lines that fit the terminal; what is coloured takes no room."""
    head = _head(first)
    for n, line in enumerate(lines):
        parts = folded(line, sys.stderr)
        if n == 0:
            parts[0] = paint(head, first.severity, sys.stderr) + parts[0][len(head) :]
        sys.stderr.write("\n".join(parts) + "\n")


def _block(group: Sequence[Problem]) -> list[str]:
    first = group[0]
    lines = [f"{_head(first)}: {clean(first.message)}"]
    for problem in group[:PLACES]:
        lines += _place(problem, said=problem is not first and problem.message != first.message)
    if more := _more(group):
        lines.append(f"   = {more}")
    return [*lines, f"   = help: {clean(first.what_to_do)}", ""]


def _place(problem: Problem, said: bool) -> list[str]:
    lines = []
    if problem.file:
        row = f":{problem.row}" if problem.row is not None else ""
        inside = [f"sheet {problem.sheet!r}"] if problem.sheet else []
        inside += [f"column {problem.column!r}"] if problem.column else []
        lines.append(f"  --> {clean(problem.file)}{row}" + (f" ({clean(', '.join(inside))})" if inside else ""))
    if said:
        lines.append(f"   | {clean(problem.message)}")
    if problem.value is not None and problem.value not in problem.message:
        lines.append(f"   | {clean(problem.value)}")
    return lines


def _more(group: Sequence[Problem]) -> str:
    """``and 9,412 more like this``: rows of the places shown that were not, and whole places not shown."""
    shown = group[:PLACES]
    rows = sum(p.count for p in group) - len(shown)
    files = {p.file for p in group[PLACES:]} - {p.file for p in shown}
    if rows <= 0:
        return ""
    amounts = [p.amount for p in group if p.amount is not None]
    total = sum(amounts, Decimal(0))
    worth = f", {money(total)} in all" if total else ""
    inside = f" in {counted(len(files), 'other file')}" if files else ""
    return f"and {rows:,} more like this{inside}{worth}"


def tally(problems: Sequence[Problem]) -> str:
    """``3 errors, 1 warning``."""
    counts = {s: sum(1 for p in problems if p.severity == s) for s in _ORDER}
    return ", ".join(counted(n, s) for s, n in counts.items() if n)

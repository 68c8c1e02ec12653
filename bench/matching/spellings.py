"""Spellings of one supplier, told by names alone: ``python -m bench.matching.spellings``.

Trafford and Devon publish VAT numbers, which are hidden here and then compared. *Found*: of names that are like another
name of their number (token-set similarity of 80 or more), those that share a cluster with one. *Mixed*: clusters in
which two numbers meet; the part of them in which all names are the same but for legal form, so that no name can tell,
stands apart.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz.fuzz import token_set_ratio

from bench.projects import laid_out
from holdfast.engine.primitives import name_parts
from holdfast.spend.reader import read
from holdfast.suppliers.clusters import united
from holdfast.suppliers.variants import variants

PUBLISHERS = ("trafford_mbc", "devon_cc")
LIKE = 80


def numbered(publisher: str) -> set[tuple[str, str]]:
    """Every name with every VAT number it is paid under."""
    found: set[tuple[str, str]] = set()
    for table in read([laid_out(f"spend/{publisher}")]).files:
        if table.payments is None or "vat_number" not in table.payments.column_names:
            continue
        pairs = zip(*(table.payments[c].to_pylist() for c in ("supplier", "vat_number")), strict=True)
        for name, number in pairs:
            digits = re.sub(r"\D", "", number or "")
            if name and len(digits) in (9, 12) and name_parts(name).core:
                found.add((name, digits[:9]))
    return found


def clusters(names: Iterable[str]) -> Mapping[str, str]:
    """Core name -> the cluster it is in."""
    cores = {name_parts(n).core: n for n in sorted(names, reverse=True)}
    joined = united(list(variants(cores)), lambda core: (0, core))
    return {core: joined.get(core, core) for core in cores}


def figures(pairs: set[tuple[str, str]]) -> str:
    """One line of the table."""
    of = clusters({name for name, _ in pairs})
    by_number, numbers = defaultdict(set), defaultdict(set)
    cores: dict[str, set[str]] = defaultdict(set)
    for name, number in pairs:
        core = name_parts(name).core
        by_number[number].add(name)
        numbers[of[core]].add(number)
        cores[of[core]].add(core)
    found = like = 0
    for names in by_number.values():
        for name in names:
            mine = name_parts(name).core
            near = [c for o in names - {name} if token_set_ratio(mine, c := name_parts(o).core) >= LIKE]
            like += bool(near)
            found += any(of[c] == of[mine] for c in near)
    mixed = [c for c, told in numbers.items() if len(told) > 1]
    same = sum(1 for c in mixed if len(cores[c]) == 1)
    share = f"{100 * len(mixed) / len(numbers):.2f} %"
    return f"{found}/{like} = {found / like:.3f} | {len(mixed)} of {len(numbers)} = {share} | {same}"


def main() -> int:
    print("| publisher | found | clusters that mix two numbers | of these the same name |")
    print("| --- | ---: | ---: | ---: |")
    for publisher in PUBLISHERS:
        print(f"| {publisher} | {figures(numbered(publisher))} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""``holdfast match``: a list of names against a register, both plain CSV files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from holdfast.core.problem import HoldfastError, Problem
from holdfast.packs import Pack
from holdfast.suppliers.files import Shape, read_columns, shape
from holdfast.suppliers.matching import matcher, places
from holdfast.suppliers.matching.evidence import HOW
from holdfast.suppliers.matching.outcomes import Outcome, outcomes

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

#: What a list of names may have beside ``name``, and a register beside ``id`` and ``name``.
NAME_COLUMNS = ("postcode", "id", "amount")
REGISTER_COLUMNS = ("postcode", "previous_names", "status")
#: How sure a number published beside a name is, where the register's name is like it and where it is not. Set, not
#: measured: the labels are such numbers themselves.
NUMBER_SURE = 0.95
NUMBER_UNSURE = 0.4
#: Likeness of two names, in hundredths, under which a number published beside the one seems to be another body's.
_UNLIKE = 60
_LINE = 2  # the first row of data as a spreadsheet numbers it


@dataclass(frozen=True, slots=True)
class NameList:
    """Names asked for, one row each: ``name, postcode, id, amount``, text, null for blank."""

    table: pa.Table


@dataclass(frozen=True, slots=True)
class RegisterList:
    """A register's organisations in the order of their ids: ``id, name, postcode, previous_names, status``, text."""

    table: pa.Table


class Matched(NamedTuple):
    """One row of the answer; see ``docs/how-to/matching.md``. ``score`` and ``runner_up_score`` are probabilities."""

    name: str
    outcome: str
    id: str
    register_name: str
    score: float
    evidence: str
    runner_up_id: str
    runner_up_score: float


def read_names(path: Path) -> NameList:
    """Raises ``HoldfastError`` HF514 where there is no ``name`` column or no row, HF104 where it cannot be opened."""
    seen = _shape(path, "HF514", ("name",))
    table = read_columns(seen, {"name", *NAME_COLUMNS})
    if not table.num_rows:
        raise HoldfastError(Problem("HF514", f"{path.name} has a heading and no row.", file=str(path)))
    return NameList(table.select(["name", *NAME_COLUMNS]))


def read_register(path: Path) -> RegisterList:
    """Raises ``HoldfastError``: HF501 where ``id`` or ``name`` is missing or blank or there is no row, HF515
    where an id stands twice, HF104 where the file cannot be opened."""
    import pyarrow.compute as pc

    seen = _shape(path, "HF501", ("id", "name"))
    table = read_columns(seen, {"id", "name", *REGISTER_COLUMNS})
    if not table.num_rows:
        raise HoldfastError(Problem("HF501", f"{path.name} has a heading and no row.", file=str(path)))
    for column in ("id", "name"):
        _none_blank(path, table, column)
    _no_id_twice(path, table)
    order = pc.sort_indices(table.column("id"))
    return RegisterList(table.take(order).combine_chunks())


def _shape(path: Path, code: str, needed: Sequence[str]) -> Shape:
    seen = shape(path)
    missing = [c for c in needed if c not in seen.columns]
    if not missing:
        return seen
    if not path.stat().st_size:
        raise HoldfastError(Problem("HF101", f"{path.name} is empty.", file=str(path)))
    have = ", ".join(seen.headings[:20]) or "none"
    said = f"{path.name} lacks the column {' and '.join(missing)}. Columns found: {have}."
    if have.startswith(("ÿþ", "þÿ")):
        said = f"{path.name} is written in UTF-16."
        problem = Problem(code, said, file=str(path), row=1, help="Save it as CSV UTF-8.")
        raise HoldfastError(problem)
    raise HoldfastError(Problem(code, said, file=str(path), row=1))


def _none_blank(path: Path, table: pa.Table, column: str) -> None:
    import pyarrow.compute as pc

    blank = pc.is_null(table.column(column))
    if count := pc.sum(blank).as_py():
        row = pc.index(blank, True).as_py() + _LINE
        said = f"{path.name} has rows without {column}: {count:,}, the first in row {row:,}."
        raise HoldfastError(
            Problem("HF501", said, file=str(path), row=row, column=column, count=count,
                    help="Complete or remove them; a download that broke off often ends so.")
        )  # fmt: skip


def _no_id_twice(path: Path, table: pa.Table) -> None:
    import numpy as np

    codes = table.column("id").combine_chunks().dictionary_encode().indices.to_numpy()
    _, first = np.unique(codes, return_index=True)
    again = np.setdiff1d(np.arange(len(codes)), first)
    if len(again):
        row, value = int(again[0]), table.column("id")[int(again[0])].as_py()
        before = int(np.flatnonzero(codes == codes[row])[0])
        said = f"The id {value} stands in rows {before + _LINE:,} and {row + _LINE:,} of {path.name}."
        raise HoldfastError(
            Problem("HF515", said, file=str(path), row=row + _LINE, column="id", value=value, count=len(again))
        )


def match_lists(
    names: NameList, register: RegisterList, pack: Pack, done: Callable[[int, int], None] | None = None
) -> list[Matched]:
    """One answer per row of ``names``, in order. The order of the rows of either list changes none of them."""
    import numpy as np

    listed = matcher.listed(*_all_names(register.table), register.table.column("postcode"), places.words(pack.code))
    given = names.table
    shown = register.table.column("name").to_pylist()
    # names that are the same, with the same postcode, are asked for once
    keys, which = _distinct(given)
    answers = matcher.match(listed, keys.column("name"), keys.column("postcode"), done)
    found = outcomes([n or "" for n in keys.column("name").to_pylist()], answers, shown, pack, every=True)
    numbers = _numbers(given, register.table)
    status = register.table.column("status").to_pylist()
    ids = register.table.column("id").to_pylist()
    given_names = given.column("name").to_pylist()
    by_key = [int(w) for w in np.asarray(which)]
    return [
        _row(name or "", found[key], number, ids, shown, status)
        for name, key, number in zip(given_names, by_key, numbers, strict=True)
    ]


def _distinct(given: pa.Table) -> tuple[pa.Table, npt.NDArray[np.int64]]:
    import numpy as np
    import pyarrow as pa

    pairs = list(zip(given.column("name").to_pylist(), given.column("postcode").to_pylist(), strict=True))
    number = {pair: i for i, pair in enumerate(dict.fromkeys(pairs))}
    columns = zip(*number, strict=True)
    table = pa.table({c: pa.array(list(v), pa.string()) for c, v in zip(("name", "postcode"), columns, strict=True)})
    return table, np.array([number[pair] for pair in pairs], np.int64)


def _all_names(table: pa.Table) -> tuple[pa.Array, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Every name of the register: (text, row of its organisation, place in ``evidence.HOW``)."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    current = table.column("name").combine_chunks()
    lists = pc.split_pattern_regex(pc.fill_null(table.column("previous_names").combine_chunks(), ""), r"\s*[|;]\s*")
    lists = lists.combine_chunks() if isinstance(lists, pa.ChunkedArray) else lists
    earlier, of = lists.flatten(), pc.list_parent_indices(lists).to_numpy()
    kept = pc.not_equal(earlier, "").to_numpy(zero_copy_only=False)
    names = pa.concat_arrays([current, earlier.filter(pa.array(kept)).cast(current.type)])
    org = np.concatenate([np.arange(len(current)), of[kept]]).astype(np.int64)
    how = np.full(len(org), HOW.index("previous"), np.int64)
    how[: len(current)] = HOW.index("current")
    return names, org, how


def _numbers(given: pa.Table, register: pa.Table) -> Iterator[tuple[int, bool] | None]:
    """Of each row whose own id is in the register: the organisation's row, and whether the names are alike."""
    import pyarrow.compute as pc
    from rapidfuzz import fuzz

    at = pc.index_in(given.column("id"), value_set=register.column("id").combine_chunks()).to_pylist()
    names = given.column("name").to_pylist()
    for row, name in zip(at, names, strict=True):
        if row is None or not name:
            yield None
            continue
        known = [
            register.column("name")[row].as_py(),
            *(register.column("previous_names")[row].as_py() or "").split("|"),
        ]
        like = max(fuzz.token_set_ratio(name.upper(), k.upper()) for k in known)
        yield row, like >= _UNLIKE


def _row(
    name: str,
    found: Outcome,
    number: tuple[int, bool] | None,
    ids: Sequence[str],
    shown: Sequence[str],
    status: Sequence[str | None],
) -> Matched:
    if number is not None:
        found = _by_number(found, *number)
    org, following = (found.org, found.next) if found.result != "none" else (-1, found.org)
    next_score = found.next_score if found.result != "none" else found.score
    evidence = found.evidence
    if org >= 0 and (said := status[org]) and said.strip().lower() not in ("active", "live", "registered", "open"):
        evidence += f"; the register says: {said.strip()}"
    return Matched(
        name,
        found.result,
        ids[org] if org >= 0 else "",
        shown[org] if org >= 0 else "",
        found.score,
        evidence,
        ids[following] if following >= 0 else "",
        next_score if following >= 0 else 0.0,
    )


def _by_number(found: Outcome, org: int, alike: bool) -> Outcome:
    """The number published beside a name decides, unless the names have nothing in common."""
    runner_up, score = (found.next, found.next_score) if found.org == org else (found.org, found.score)
    if alike:
        evidence = "number published with the name" + (f"; {found.evidence}" if found.org == org else "")
        return Outcome("linked", org, max(NUMBER_SURE, found.score if found.org == org else 0.0), evidence, runner_up,
                       min(score, 1 - NUMBER_SURE))  # fmt: skip
    evidence = "number published with the name, but the register has another name for it"
    return Outcome("review", org, NUMBER_UNSURE, evidence, runner_up, min(score, 1 - NUMBER_UNSURE))


def as_document(rows: Sequence[Matched]) -> dict[str, Any]:
    """The answers for machines."""
    counts = {which: sum(r.outcome == which for r in rows) for which in ("linked", "review", "none")}
    return {
        "schema": "holdfast.match/1",
        "totals": {"names": len(rows), **counts},
        "names": [r._asdict() for r in rows],
    }

"""Where every payee is based: its authority, its ring, and whether that is one of the most deprived neighbourhoods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from holdfast.core.problem import Problem
from holdfast.packs import Pack
from holdfast.places.directory import Directory
from holdfast.places.postcodes import canonical
from holdfast.places.rings import Ring, Rings
from holdfast.places.towns import Town, TownNames, fold_town

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Answers = npt.NDArray[np.int8]
    Bools = npt.NDArray[np.bool_]
    Integers = npt.NDArray[np.int64]
else:
    Answers = Bools = Integers = Any

#: Answers to "is it in this ring?".
NO, YES, UNKNOWN = 0, 1, -1
#: No ring is known.
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Where:
    """What is known of each of a column of suppliers. ``towns`` and ``town`` are a dictionary and places in it;
    ``told`` is the area told without postcode or town, ``parts`` the authorities that each such area is made of."""

    found: pa.Table
    towns: Sequence[Town]
    town: Integers
    abroad: Bools
    told: pa.Array | None = None
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)


def place(payees: pa.Table, rings: Rings, directory: Directory, pack: Pack) -> tuple[pa.Table, list[Problem]]:
    """``payees`` with ``area, ring, branch_ring, placed_by, deprived``, and what could not be placed and why.

    ``ring`` counts from 0, the innermost; ``len(rings)`` is outside all; null is unknown. A postcode says more than a
    town. A supplier is outside only where that is certain: its postcode or town is known to be elsewhere, or names
    another country.
    """
    import pyarrow as pa

    based, towns = (_column(payees, *names) for names in (("based_postcode", "postcode"), ("based_town", "town")))
    where, problems = _locate(based, towns, _column(payees, "based_area"), rings, directory, pack)
    ring = innermost([_answer(r, where, rings.town_names) for r in rings.rings], len(based))
    best = _best_branch(payees, ring, rings, directory, pack)
    decile = where.found["decile"].combine_chunks()
    area = pa.chunked_array([_areas(where)])
    added = {
        "area": area,
        "ring": _nullable(ring),
        "branch_ring": _nullable(best),
        "placed_by": _placed_by(payees, ring, where),
        "deprived": pa.chunked_array([_is_first(decile)]),
    }
    kept = payees.drop_columns([c for c in added if c in payees.column_names])
    for name, column in added.items():
        kept = kept.append_column(name, column)
    return kept, [*problems, *_towns_of_nobody(towns, rings.town_names)]


def _towns_of_nobody(towns: pa.Array, names: TownNames) -> list[Problem]:
    """Towns of the rings that are in no list and that no payment or register names: they may be mistyped."""
    if not names.only_in_rings:
        return []
    named = {names.read(t).key: t.strip() for t in towns.unique().to_pylist() if t}
    problems = []
    for key, name in names.only_in_rings.items():
        if key not in named:
            near = get_close_matches(key, sorted(named), n=1, cutoff=0.8)
            help = f"Did you mean {named[near[0]]}?" if near else None
            message = f"Town {name!r} of a ring is in no list, and no payment or register names it."
            problems.append(Problem("HF341", message, value=name, help=help))
    return problems


def _column(payees: pa.Table, *names: str) -> pa.Array:
    """The first of the columns that is there, as text."""
    import pyarrow as pa

    name = next((n for n in names if n in payees.column_names), None)
    if name is None:
        return pa.nulls(len(payees), pa.string())
    return payees[name].cast(pa.string()).combine_chunks()


def _locate(
    postcodes: pa.Array, towns: pa.Array, told: pa.Array, rings: Rings, directory: Directory, pack: Pack
) -> tuple[Where, list[Problem]]:
    import numpy as np
    import pyarrow.compute as pc

    coded = postcodes.dictionary_encode()
    spelled = canonical(coded.dictionary, pack)
    found = directory.find(spelled).take(coded.indices)
    abroad = pc.fill_null(_says_abroad(coded.dictionary, spelled, rings.town_names, pack).take(coded.indices), False)
    named = towns.dictionary_encode()
    listed = [rings.town_names.read(t) for t in named.dictionary.to_pylist()]
    position = pc.fill_null(named.indices, -1).to_numpy().astype(np.int64)
    elsewhere = np.array([t.standing == "abroad" for t in listed] + [False], dtype=np.bool_)[position]
    unplaced = pc.is_null(found["area"]).to_numpy()
    parts = {code: directory.areas.expand(code) for code in told.unique().drop_null().to_pylist()}
    away = (abroad.to_numpy(zero_copy_only=False) | elsewhere) & unplaced
    where = Where(found, listed, position, away, told, parts)
    problems = _postcode_problems(coded, spelled, found, where.abroad)
    return where, problems + _town_problems(named, where)


def _says_abroad(texts: pa.Array, spelled: pa.Array, names: TownNames, pack: Pack) -> pa.Array:
    """Whether what stands in place of a postcode is one of another country, or that country's name."""
    import pyarrow as pa
    import pyarrow.compute as pc

    pattern = pack.town_rules.get("abroad_pattern")
    bare = pc.replace_substring_regex(pc.utf8_upper(texts), "[^A-Z0-9]+", "")
    foreign = pc.match_substring_regex(bare, f"^(?:{pattern})$") if pattern else pc.is_null(pc.fill_null(bare, ""))
    odd = pc.indices_nonzero(pc.and_(pc.is_null(spelled), pc.is_valid(texts)))
    named = [names.read(t).standing == "abroad" for t in texts.take(odd).to_pylist()]
    at = pc.index_in(pa.array(range(len(texts))), value_set=odd.cast(pa.int64()))
    by_name = pc.fill_null(pa.array(named, pa.bool_()).take(at), False)
    return pc.or_(pc.fill_null(foreign, False), by_name)


def _answer(ring: Ring, where: Where, names: TownNames) -> Answers:
    """Is each supplier in this ring? By any of the ways in which the ring is drawn."""
    import numpy as np

    known_area = where.found["area"].is_valid().to_numpy()
    answers = np.full(len(where.town), UNKNOWN if not (ring.areas or ring.shapes or ring.towns) else NO, dtype=np.int8)
    if ring.areas:
        answers = _either(answers, _by_area(ring, where))
    if ring.shapes:
        answers = _either(answers, _by_shape(ring, where.found))
    if ring.towns:
        by_town = np.array([_by_town(ring, t) for t in where.towns] + [UNKNOWN], dtype=np.int8)[where.town]
        # where the ring also has areas, a postcode settles the matter
        settled = known_area if ring.areas else np.zeros_like(known_area)
        answers = _either(answers, np.where(settled, NO, by_town).astype(np.int8))
    answers[where.abroad] = NO
    return answers


def _either(a: Answers, b: Answers) -> Answers:
    """Yes if one says yes, no if both say no, else unknown."""
    import numpy as np

    either: Answers = np.where((a == YES) | (b == YES), YES, np.where((a == NO) & (b == NO), NO, UNKNOWN)).astype(
        np.int8
    )
    return either


def _by_area(ring: Ring, where: Where) -> Answers:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    areas = _areas(where)
    inside = pc.is_in(areas, value_set=pa.array(sorted(ring.areas), pa.string())).to_numpy(zero_copy_only=False)
    known = pc.is_valid(areas).to_numpy(zero_copy_only=False)
    answers: Answers = np.where(known, inside, UNKNOWN).astype(np.int8)
    for code, parts in where.parts.items():
        # of a county that lies in the ring by half, nobody knows in which half its council sits
        whole = YES if parts <= ring.areas else UNKNOWN if parts & ring.areas else NO
        answers[pc.fill_null(pc.equal(areas, code), False).to_numpy(zero_copy_only=False)] = whole
    return answers


def _by_shape(ring: Ring, found: pa.Table) -> Answers:
    import numpy as np

    lat, lon = (found[n].to_numpy() for n in ("lat", "lon"))
    known = np.flatnonzero(~np.isnan(lat))
    answers = np.full(len(lat), UNKNOWN, dtype=np.int8)
    answers[known] = NO
    for shape in ring.shapes:
        answers[known[shape.holds(lat[known], lon[known])]] = YES
    return answers


def _by_town(ring: Ring, town: Town) -> int:
    if town.standing == "unknown":
        return UNKNOWN
    return YES if town.key in ring.towns and town.standing == "known" else NO


def _areas(where: Where) -> pa.Array:
    """The authority by postcode, else by town where the pack knows in which one the town lies."""
    import pyarrow as pa
    import pyarrow.compute as pc

    by_town = pa.array([t.area for t in where.towns] + [None], pa.string()).take(
        pa.array(where.town % (len(where.towns) + 1))
    )
    told = where.told if where.told is not None else pa.nulls(len(by_town), pa.string())
    return pc.coalesce(where.found["area"].combine_chunks(), told, by_town)


def innermost(answers: Sequence[Answers], n: int) -> Integers:
    """The innermost ring of each supplier, from the answers for every ring, innermost first; -1 where not known.

    Rings are nested: who is inside one is inside all around it, and who is outside one is outside those within it
    that say nothing of their own. A ring counts only where all within it are known not to hold the supplier.
    """
    import numpy as np

    nested = [a.copy() for a in answers]
    for inner, outer in pairwise(nested):
        outer[inner == YES] = YES
    for outer, inner in pairwise(reversed(nested)):
        inner[(outer == NO) & (inner == UNKNOWN)] = NO
    ring = np.full(n, len(nested), dtype=np.int64)
    for i in reversed(range(len(nested))):
        ring[nested[i] == YES] = i
        ring[nested[i] == UNKNOWN] = NOWHERE
    return ring


def _best_branch(payees: pa.Table, ring: Integers, rings: Rings, directory: Directory, pack: Pack) -> Integers:
    """The innermost ring of the seat and of all known premises. Premises that cannot be placed count for nothing."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    best = ring.copy()
    if "branch_postcodes" not in payees.column_names:
        return best
    lists = payees["branch_postcodes"].combine_chunks()
    postcodes = pc.list_flatten(lists)
    if not len(postcodes):
        return best
    coded = postcodes.cast(pa.string()).dictionary_encode()
    found = directory.find(canonical(coded.dictionary, pack))
    where = Where(found, [], np.full(len(found), -1), np.zeros(len(found), dtype=np.bool_))
    of_branch = innermost([_answer(r, where, rings.town_names) for r in rings.rings], len(found))
    each = of_branch[coded.indices.to_numpy(zero_copy_only=False)]
    owner = pc.list_parent_indices(lists).to_numpy()
    inside = (each != NOWHERE) & (each < len(rings))
    reach = np.where(ring == NOWHERE, len(rings), ring)
    np.minimum.at(reach, owner[inside], each[inside])
    return np.where((ring == NOWHERE) & (reach == len(rings)), NOWHERE, reach)


def _placed_by(payees: pa.Table, ring: Integers, where: Where) -> pa.ChunkedArray:
    """By what: as the suppliers' side says, but by the town where the postcode beside it told nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    by_postcode = where.found["area"].combine_chunks().is_valid()
    given = _column(payees, "based_by")
    sources = pc.if_else(pc.or_(by_postcode, pa.array(where.town < 0)), "postcode in payment", "town in payment")
    stated = pc.fill_null(pc.if_else(pc.equal(given, "none"), pa.scalar(None, pa.string()), given), sources)
    mistaken = pc.and_(pc.equal(stated, "postcode in payment"), pc.invert(by_postcode))
    said_in_postcode = pa.array(where.town < 0)  # a country's name stood in place of the postcode
    stated = pc.if_else(pc.and_(mistaken, pc.invert(said_in_postcode)), "town in payment", stated)
    return pa.chunked_array([pc.if_else(pa.array(ring != NOWHERE, pa.bool_()), stated, "none")])


def _nullable(ring: Integers) -> pa.ChunkedArray:
    import pyarrow as pa

    return pa.chunked_array([pa.array(ring, pa.int64(), mask=ring == NOWHERE)])


def _is_first(decile: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    return pc.equal(decile, 1)


def _postcode_problems(coded: Any, spelled: pa.Array, found: pa.Table, abroad: Bools) -> list[Problem]:
    """Postcodes of a wrong form and postcodes that no source knows: one problem each, with the first as an example."""
    import pyarrow as pa
    import pyarrow.compute as pc

    given = pc.is_valid(coded.indices)
    written = pc.and_(
        given, pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(coded.dictionary), "").take(coded.indices), False)
    )
    formed = pc.fill_null(pc.is_valid(spelled).take(coded.indices), False)
    here = pc.invert(pa.array(abroad))
    malformed = pc.and_(pc.and_(written, pc.invert(formed)), here)
    unknown = pc.and_(pc.and_(formed, found["area"].combine_chunks().is_null()), here)
    problems = []
    for code, rows, what in (("HF603", unknown, "in no list of postcodes"), ("HF604", malformed, "not well formed")):
        at = pc.indices_nonzero(rows)
        if not len(at):
            continue
        distinct = coded.indices.take(at).unique()
        example = coded.dictionary[distinct[0].as_py()].as_py()
        many = "1 postcode is" if len(distinct) == 1 else f"{len(distinct)} postcodes are"
        message = f"{many} {what} ({'1 payee' if len(at) == 1 else f'{len(at)} payees'})."
        problems.append(Problem(code, message, column="postcode", value=example, count=len(at)))
    return problems


def _town_problems(named: Any, where: Where) -> list[Problem]:
    """Towns that were needed and not understood, the commonest named."""
    import numpy as np

    needed = where.town[(where.town >= 0) & where.found["area"].is_null().to_numpy() & ~where.abroad]
    counts = np.bincount(needed, minlength=len(where.towns))
    texts = named.dictionary.to_pylist()
    odd = [
        (-int(counts[i]), fold_town(texts[i]), texts[i])
        for i, town in enumerate(where.towns)
        if counts[i] and town.standing == "unknown" and town.key
    ]
    if not odd:
        return []
    odd.sort()
    common = ", ".join(text.strip() for _, _, text in odd[:5])
    many = "1 town is" if len(odd) == 1 else f"{len(odd)} towns are"
    message = f"{many} not known: {common}{' …' if len(odd) > 5 else ''}."
    return [Problem("HF606", message, column="town", value=odd[0][2].strip(), count=sum(-n for n, _, _ in odd))]

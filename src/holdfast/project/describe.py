"""Payees -> who they are and where they are; payments -> what they are. The rooms that know are asked in turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.core.figures import Source as UsedSource
from holdfast.core.problem import Problem
from holdfast.packs import Pack
from holdfast.places import Directory, Rings, RingSpec, build_rings, place
from holdfast.project.corrections import corrected
from holdfast.project.entries import Entries, Numbers, column, distinct
from holdfast.project.facts import Scopes
from holdfast.project.identity import code_hash
from holdfast.project.inputs import Inputs
from holdfast.project.locating import located, rings_located
from holdfast.project.registers import load_registers
from holdfast.project.settings import Settings
from holdfast.project.validating import decisions_of
from holdfast.suppliers import (
    Cache,
    Register,
    classify_scope,
    load_creditors,
    resolve,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine


#: The folder within the cache for what the matcher answered.
MATCHED = "matched"
#: Combinations of payee and category that are looked at in one go: more would only take more memory.
AT_ONCE = 400_000


@dataclass(frozen=True, slots=True)
class Known:
    """The sources beside payments, loaded and checked: registers, places, rings."""

    registers: tuple[Register, ...]
    creditors: Mapping[str, pa.Table]
    directory: Directory
    rings: Rings

    @property
    def problems(self) -> list[Problem]:
        return [*(p for r in self.registers for p in r.problems), *self.rings.problems]

    @property
    def snapshots(self) -> list[dict[str, str]]:
        """The registers from the user's cache, as the manifest lists them."""
        return [
            {"kind": r.kind, "id": r.path.name, "sha256": r.source.sha256, "date": r.source.date}
            for r in self.registers
            if r.cached
        ]

    @property
    def sources(self) -> list[UsedSource]:
        return [*(r.source for r in self.registers), *self.directory.sources()]


def load_known(
    settings: Settings, inputs: Inputs, pack: Pack, cache: Path | None, period: tuple[str, str] = ("", "")
) -> Known:
    """Load what is known beside payments. Raises :class:`HoldfastError` for a register or ring that cannot be used.

    ``period`` the days of the first and the last payment, by which snapshots of registers are chosen.
    """
    directory = load_directory(inputs, pack, cache)
    rings = load_rings(settings, inputs, pack, directory)
    registers = load_registers(settings, inputs.registers, pack, period)
    creditors = {}
    for anchor, found in inputs.creditors.items():
        with located(found):
            creditors[anchor] = load_creditors(found.path)
    return Known(registers, creditors, directory, rings)


def load_directory(inputs: Inputs, pack: Pack, cache: Path | None) -> Directory:
    return Directory.for_project(pack, [f.path for f in inputs.places], cache / "places" if cache else None)


def load_rings(settings: Settings, inputs: Inputs, pack: Pack, directory: Directory) -> Rings:
    specs = [
        RingSpec(
            name=ring.name,
            areas=ring.areas,
            radius_km=float(ring.radius_km) if ring.radius_km is not None else None,
            centre=ring.centre,
            polygon=inputs.polygons[ring.name].path if ring.polygon else None,
            towns=ring.towns,
        )
        for ring in settings.rings
    ]
    with rings_located(settings):
        return build_rings(specs, pack, directory)


def describe_payees(
    payees: pa.Table, known: Known, inputs: Inputs, pack: Pack, cache: Path | None = None
) -> tuple[pa.Table, list[Problem]]:
    """The ``payees`` contract complete, and what a person should know about it. ``cache`` keeps what was matched."""
    decisions, _ = decisions_of(inputs)
    named = [d for d in decisions if d.supplier]
    answers = Cache(cache / MATCHED, code_hash()) if cache else None
    resolved, unresolved = resolve(payees, known.registers, known.creditors, named, pack, answers)
    placed, unplaced = place(resolved, known.rings, known.directory, pack)
    return placed.combine_chunks(), [*unresolved, *unplaced]


def scope_payments(
    engine: Engine, entries: Entries, payees: pa.Table, settings: Settings, inputs: Inputs, pack: Pack
) -> Scopes:
    """What each payment is, by rule or by a person's correction."""
    import numpy as np
    import pyarrow as pa

    _, corrections = decisions_of(inputs)
    anchors = {a.id: a.name for a in settings.anchors}
    category = (entries.codes["category"] + 1, len(entries.words["category"]) + 1)
    number, first = distinct([(entries.payee, entries.payees.num_rows), category])
    found: list[pa.ChunkedArray] = []
    reasons: list[str] = []
    for start in range(0, len(first), AT_ONCE):
        combos = _combos(entries, payees, first[start : start + AT_ONCE])
        told = classify_scope(combos, pack.scope, corrections, anchors)
        found.append(told.column("scope").cast(pa.string()))
        reasons += told.column("scope_reason").to_pylist() if corrections else []
    scope = pa.chunked_array([c for f in found for c in f.chunks], pa.string()).combine_chunks().dictionary_encode()
    words = sorted(scope.dictionary.to_pylist())
    rank = np.array([words.index(w) for w in scope.dictionary.to_pylist()], dtype=np.int8)
    by_hand = corrected(scope.to_pylist(), reasons, number, entries.pennies) if corrections else {}
    return Scopes(rank[scope.indices.to_numpy(zero_copy_only=False)][number], tuple(words), by_hand)


def _combos(entries: Entries, payees: pa.Table, first: Numbers) -> pa.Table:
    """What the rules look at. None of them asks for the department, which would only multiply the combinations."""
    import pyarrow as pa

    payee = pa.array(entries.payee[first])
    category = entries.codes["category"][first]
    columns = {
        "payee": payee.cast(pa.int64()),
        "supplier": taken(payees, "supplier", payee),
        "supplier_kind": taken(payees, "supplier_kind", payee),
        "category": pa.DictionaryArray.from_arrays(pa.array(category, mask=category < 0), entries.words["category"]),
        "department": pa.nulls(len(payee), pa.string()),
        "kind": taken(payees, "kind", payee),
        "anchor": taken(payees, "anchor", payee),
    }
    return pa.table(columns)


def taken(payees: pa.Table, name: str, payee: pa.Array) -> pa.Array:
    """A text of payees for each combination, as a dictionary: the texts stand once."""
    import pyarrow as pa

    values = column(payees, name).dictionary_encode()
    return pa.DictionaryArray.from_arrays(values.indices.take(payee), values.dictionary)

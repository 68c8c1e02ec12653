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
from holdfast.project.entries import Entries, Numbers, column, distinct
from holdfast.project.facts import Scopes
from holdfast.project.inputs import Inputs
from holdfast.project.settings import Settings
from holdfast.suppliers import (
    Register,
    classify_scope,
    load_creditors,
    load_decisions,
    load_register,
    load_scope_decisions,
    resolve,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine


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
    def sources(self) -> list[UsedSource]:
        return [*(r.source for r in self.registers), *self.directory.sources()]


def load_known(settings: Settings, inputs: Inputs, pack: Pack, cache: Path | None) -> Known:
    """Load what is known beside payments. Raises :class:`HoldfastError` for a register or ring that cannot be used."""
    directory = load_directory(inputs, pack, cache)
    rings = load_rings(settings, inputs, pack, directory)
    registers = tuple(
        _register(said.kind, found.path, found.name, said.date, said.licence, pack)
        for said, found in zip(settings.registers, inputs.registers, strict=True)
    )
    creditors = {anchor: load_creditors(found.path) for anchor, found in inputs.creditors.items()}
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
    return build_rings(specs, pack, directory)


def _register(kind: str, path: Path, name: str, date: str, licence: str, pack: Pack) -> Register:
    """A register, dated and licensed as the settings say and known by its name in the project."""
    from dataclasses import replace

    loaded = load_register(kind, path, pack)
    source = replace(loaded.source, date=date or loaded.source.date, licence=licence or loaded.source.licence)
    problems = tuple(replace(p, file=name) for p in loaded.problems)
    return replace(loaded, source=source, problems=problems)


def describe_payees(payees: pa.Table, known: Known, inputs: Inputs, pack: Pack) -> tuple[pa.Table, list[Problem]]:
    """The ``payees`` contract complete, and what a person should know about it."""
    decisions = load_decisions(inputs.decisions.path) if inputs.decisions else []
    resolved, unresolved = resolve(payees, known.registers, known.creditors, decisions, pack)
    placed, unplaced = place(resolved, known.rings, known.directory, pack)
    return placed.combine_chunks(), [*unresolved, *unplaced]


def scope_payments(
    engine: Engine, entries: Entries, payees: pa.Table, settings: Settings, inputs: Inputs, pack: Pack
) -> Scopes:
    """What each payment is, by rule or by a person's correction."""
    import numpy as np

    corrections = load_scope_decisions(inputs.scope.path) if inputs.scope else []
    anchors = {a.id: a.name for a in settings.anchors}
    texts = [(entries.codes[n] + 1, len(entries.words[n]) + 1) for n in ("category", "department")]
    number, first = distinct([(entries.payee, entries.payees.num_rows), *texts])
    combos = _combos(entries, payees, first)
    classified = classify_scope(combos, pack.scope, corrections, anchors)
    scope = classified.column("scope").combine_chunks().dictionary_encode()
    words = scope.dictionary.to_pylist()
    order = np.argsort(np.array(words, dtype=object))
    rank = np.empty(len(words), dtype=np.int32)
    rank[order] = np.arange(len(words), dtype=np.int32)
    codes = rank[scope.indices.to_numpy(zero_copy_only=False)]
    return Scopes(codes[number].astype(np.int8), tuple(words[i] for i in order))


def _combos(entries: Entries, payees: pa.Table, first: Numbers) -> pa.Table:
    import pyarrow as pa

    payee = pa.array(entries.payee[first])
    columns = {name: column(payees, name).take(payee) for name in ("supplier", "supplier_kind", "kind", "anchor")}
    for name in ("category", "department"):
        code = entries.codes[name][first]
        columns[name] = entries.words[name].take(pa.array(code, mask=code < 0))
    order = ("supplier", "supplier_kind", "category", "department", "kind", "anchor")
    return pa.table({"payee": payee.cast(pa.int64()), **{name: columns[name] for name in order}})

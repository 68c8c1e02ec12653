"""``holdfast diff``: which figures changed between two runs, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from holdfast.core.figures import Figure, Results
from holdfast.engine.duck import Engine
from holdfast.project import manifest
from holdfast.project.results import facts_of, load_results
from holdfast.project.selecting import condition

#: Why a payment counts otherwise than before: the first of these whose columns differ, or that holds of its places.
CAUSES: Mapping[str, tuple[str, ...]] = {
    "read differently": ("amount", "date", "currency", "kind", "category"),
    "matched to another supplier": ("supplier_key",),
    "counted in another scope": ("scope",),
    "no longer placed": (),
    "newly placed": (),
    "placed elsewhere": ("area", "ring", "branch_ring", "placed_by", "deprived"),
    "supplier described otherwise": ("supplier_kind", "ownership", "size", "supplier_name"),
}
#: Columns by which figures select payments.
_SELECTED = (
    *("year", "month", "supplier_key", "supplier_name", "supplier_kind", "ownership", "size", "area", "ring"),
    *("branch_ring", "placed_by", "deprived", "category", "kind", "scope", "currency", "anchor"),
)
OTHER = "another choice of suppliers or areas"


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that is not as it was: a kind (``input``, ``setting``, ``version`` …), what, and from what to what."""

    kind: str
    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Moved:
    """Payments that changed for one reason: how many, and the money before and after."""

    reason: str
    payments: int
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure that is not what it was; ``why`` says for each reason how far the money counted and all money moved."""

    id: str
    label: str
    unit: str
    before: Decimal | None
    after: Decimal | None
    why: tuple[tuple[str, Decimal, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two runs compared. Empty where they agree in everything."""

    before: Results
    after: Results
    causes: tuple[Cause, ...]
    moved: tuple[Moved, ...]
    figures: tuple[ChangedFigure, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


def diff(before: Path, after: Path) -> Difference:
    """Compare the runs in two folders. Raises :class:`HoldfastError` HF407 where one cannot be read."""
    a, b = load_results(before), load_results(after)
    first, second = {f.id: f for f in a.figures}, {f.id: f for f in b.figures}
    pairs = [(first[id], second[id]) for id in sorted(first.keys() & second.keys()) if _differ(first[id], second[id])]
    engine = Engine()
    try:
        _changed_payments(engine, facts_of(before), facts_of(after))
        return Difference(
            before=a,
            after=b,
            causes=tuple(_causes(manifest.read(before), manifest.read(after))),
            moved=tuple(_moved(engine)),
            figures=tuple(_changed(engine, old, new) for old, new in pairs),
            only_before=tuple(sorted(first.keys() - second.keys())),
            only_after=tuple(sorted(second.keys() - first.keys())),
        )
    finally:
        engine.close()


def _differ(a: Figure, b: Figure) -> bool:
    return (a.value, a.low, a.high, a.numerator, a.denominator) != (b.value, b.low, b.high, b.numerator, b.denominator)


def _causes(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterable[Cause]:
    old, new = a["made_from"], b["made_from"]
    yield from _compared("payment file", _hashes(old["spend"], "anchor"), _hashes(new["spend"], "anchor"))
    yield from _compared("other file", _hashes(old["others"], "role"), _hashes(new["others"], "role"))
    yield from _compared("setting", dict(_flat(old["settings"])), dict(_flat(new["settings"])))
    yield from _compared("version", old["versions"], new["versions"])
    if old["places"] != new["places"]:
        yield Cause("directory of places", "files added", ", ".join(old["places"]), ", ".join(new["places"]))


def _hashes(entries: Iterable[Mapping[str, str]], role: str) -> dict[str, str]:
    return {f"{e['name']} ({e[role]})": e["sha256"][:12] for e in entries}


def _flat(value: Any, name: str = "") -> Iterable[tuple[str, str]]:
    """Settings as ``anchor.hyndburn.spend -> text``: entries of a list are named by what they name themselves."""
    if isinstance(value, Mapping):
        for key in sorted(value):
            yield from _flat(value[key], f"{name}.{key}" if name else key)
    elif isinstance(value, list) and value and all(isinstance(v, Mapping) for v in value):
        for i, entry in enumerate(value):
            own = entry.get("id") or entry.get("name") or entry.get("path") or entry.get("label") or str(i + 1)
            yield from _flat(entry, f"{name}.{own}")
    else:
        yield name, ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _compared(kind: str, a: Mapping[str, str], b: Mapping[str, str]) -> Iterable[Cause]:
    for what in sorted(a.keys() | b.keys()):
        if a.get(what) != b.get(what):
            yield Cause(kind, what, a.get(what), b.get(what))


def _changed_payments(engine: Engine, before: Path, after: Path) -> None:
    """``changed``: one row for each payment that is not the same in both, with both states of it and a reason."""
    engine.register("facts_a", before)
    engine.register("facts_b", after)
    compared = list(dict.fromkeys(c for columns in CAUSES.values() for c in columns))
    differs = {c: f"a.{c} IS DISTINCT FROM b.{c}" for c in compared}
    causes = {reason: " OR ".join(differs[c] for c in columns) for reason, columns in CAUSES.items() if columns}
    causes |= {"no longer placed": f"{_placed('a')} AND NOT {_placed('b')}"}
    causes |= {"newly placed": f"{_placed('b')} AND NOT {_placed('a')}"}
    reasons = " ".join(f"WHEN {causes[reason]} THEN '{reason}'" for reason in CAUSES)
    both = ", ".join(f"{t}.{c} AS {t}_{c}" for t in "ab" for c in dict.fromkeys((*_SELECTED, "amount")))
    same = "a.anchor = b.anchor AND a.file = b.file AND a.sheet IS NOT DISTINCT FROM b.sheet AND a.row = b.row"
    engine.execute(f"""
        CREATE TABLE changed AS
        SELECT a.file IS NOT NULL AS in_a, b.file IS NOT NULL AS in_b, {both},
            CASE WHEN a.file IS NULL THEN 'only in the second run' WHEN b.file IS NULL THEN 'only in the first run'
                {reasons} END AS reason
        FROM facts_a AS a FULL JOIN facts_b AS b ON {same}
        WHERE a.file IS NULL OR b.file IS NULL OR {" OR ".join(differs.values())}""")


def _placed(side: str) -> str:
    """Whether it is known of a payment in which ring its supplier is, or that it is in none."""
    return f"({side}.ring IS NOT NULL)"


def _moved(engine: Engine) -> Iterable[Moved]:
    rows = engine.rows("""
        SELECT reason, COUNT(*) AS payments, COALESCE(SUM(a_amount), 0) AS before, COALESCE(SUM(b_amount), 0) AS after
        FROM changed GROUP BY reason ORDER BY reason""")
    return (Moved(r["reason"], int(r["payments"]), r["before"], r["after"]) for r in rows)


def _changed(engine: Engine, old: Figure, new: Figure) -> ChangedFigure:
    return ChangedFigure(old.id, new.label, new.unit, old.value, new.value, tuple(_why(engine, old, new)))


def _why(engine: Engine, old: Figure, new: Figure) -> Sequence[tuple[str, Decimal, Decimal]]:
    """The move of numerator and denominator by reason; what no changed payment explains is another choice of them."""
    if None in (old.numerator, old.denominator, new.numerator, new.denominator) or not (old.where and new.where):
        return []
    counted, all_ = (
        f"SUM(CASE WHEN in_b AND {_side(new, 'b_', only)} THEN b_amount ELSE 0 END) - "
        f"SUM(CASE WHEN in_a AND {_side(old, 'a_', only)} THEN a_amount ELSE 0 END)"
        for only in (True, False)
    )
    rows = engine.rows(f"""
        SELECT reason, {counted} AS counted, {all_} AS all_money FROM changed GROUP BY reason ORDER BY reason""")
    found: list[tuple[str, Decimal, Decimal]] = [
        (str(r["reason"]), Decimal(r["counted"]), Decimal(r["all_money"])) for r in rows
    ]
    told = [Decimal(sum(f[1] for f in found)), Decimal(sum(f[2] for f in found))]
    moved = [_moved_by(old, new, part) for part in ("numerator", "denominator")]
    rest = (OTHER, moved[0] - told[0], moved[1] - told[1])
    return [f for f in [*found, rest] if f[1] or f[2]]


def _moved_by(old: Figure, new: Figure, part: str) -> Decimal:
    return Decimal(getattr(new, part)) - Decimal(getattr(old, part))


def _side(figure: Figure, prefix: str, only_counted: bool) -> str:
    """The payments of a figure's denominator, or of its numerator, among those of one side."""
    chosen = {f"{prefix}{c}": values for c, values in figure.where.items()}
    counted = {f"{prefix}{c}": values for c, values in figure.counted.items()} if only_counted else {}
    return f"({condition(chosen)}) AND ({condition(counted)})"

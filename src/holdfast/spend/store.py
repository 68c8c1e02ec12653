"""What was read, kept by the hash of the file: an unchanged file is not read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from holdfast.core.disk import whole_or_nothing
from holdfast.core.problem import Problem
from holdfast.spend.mapping import SavedMapping
from holdfast.spend.reading import TableRead
from holdfast.spend.staged import Style


@cache
def reader_version() -> str:
    """A hash of the reader's own source: a changed reader reads everything again."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.*")):
        if path.suffix in (".py", ".csv"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class Store:
    """Parquet and JSON files in a folder, named by what they were made from. Written whole or not at all."""

    def __init__(self, folder: Path, style: Style, saved: SavedMapping | None) -> None:
        self.folder = folder
        mapping = repr(saved.layouts) if saved else ""
        words = sorted(style.words.phrases.items())
        form = style.postcode.pattern if style.postcode else ""
        settings = f"{reader_version()}|{style.currency}|{style.calendar}|{style.decimal}|{form}|{words}|{mapping}"
        self._settings = hashlib.sha256(settings.encode()).hexdigest()

    def key(self, digest: str, label: str) -> str:
        """Under what a file's reading is kept: its bytes, its name, which can tell a period, and all settings."""
        return hashlib.sha256(f"{self._settings}|{digest}|{label}".encode()).hexdigest()[:40]

    def find(self, key: str) -> list[TableRead] | None:
        """What an earlier reading of the same bytes under the same settings found."""
        try:
            document = json.loads((self.folder / f"{key}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        try:
            tables = [_from_json(t, self.folder) for t in document]
            sizes = [t["size"] for t in document]
            whole = all(
                t.payments is None or Path(t.payments).stat().st_size == n for t, n in zip(tables, sizes, strict=True)
            )
        except (ArithmeticError, KeyError, OSError, TypeError, ValueError):
            return None
        return tables if whole else None

    def put(self, key: str, tables: Sequence[TableRead]) -> list[TableRead]:
        """Keep a reading; its payments are then Parquet files."""
        if any(t.sha256 == "" for t in tables):
            return list(tables)
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = [replace(t, payments=self.write(f"{key}.{i}", t)) for i, t in enumerate(tables)]
        text = json.dumps([_to_json(t) for t in kept], ensure_ascii=False)
        _write_whole(self.folder / f"{key}.json", text.encode())
        return kept

    def write(self, name: str, table: TableRead) -> Path | None:
        """A table's payments as Parquet."""
        import pyarrow.parquet as pq

        if table.payments is None or isinstance(table.payments, Path):
            return table.payments
        target = self.folder / f"{name}.parquet"
        coded = [f.name for f in table.payments.schema if str(f.type).startswith("dictionary")]
        with whole_or_nothing(target) as beside:
            pq.write_table(
                table.payments,
                beside,
                compression="lz4",
                row_group_size=1 << 20,
                use_dictionary=coded,
                write_statistics=False,
            )
        return target


def _write_whole(target: Path, data: bytes) -> None:
    with whole_or_nothing(target) as beside:
        beside.write_bytes(data)


#: Fields that are sums by currency.
_SUMS = ("others", "duplicates")


def _to_json(t: TableRead) -> dict[str, Any]:
    data = {f.name: getattr(t, f.name) for f in fields(t)}
    data["total"] = str(t.total)
    for name in _SUMS:
        data[name] = {currency: str(amount) for currency, amount in data[name].items()}
    data["payments"] = t.payments.name if isinstance(t.payments, Path) else None
    data["size"] = t.payments.stat().st_size if isinstance(t.payments, Path) else 0
    data["problems"] = [{f.name: _plain(getattr(p, f.name)) for f in fields(p)} for p in t.problems]
    return data


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _from_json(data: dict[str, Any], folder: Path) -> TableRead:
    problems = tuple(
        Problem(**{**p, "amount": Decimal(p["amount"]) if p["amount"] is not None else None}) for p in data["problems"]
    )
    return TableRead(
        **{
            **{k: v for k, v in data.items() if k != "size"},
            "total": Decimal(data["total"]),
            **{name: {c: Decimal(a) for c, a in data[name].items()} for name in _SUMS},
            "payments": folder / data["payments"] if data["payments"] else None,
            "problems": problems,
            "headers": tuple(data["headers"]),
            "quarantine": tuple(data["quarantine"]),
        }
    )

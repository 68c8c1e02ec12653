"""Payees, registers and creditor lists for tests, written as a person would read them. Everything is made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from holdfast import packs
from holdfast.core.problem import Problem
from holdfast.suppliers.decisions import Decision
from holdfast.suppliers.register import Register, load_register
from holdfast.suppliers.resolve import resolve

UK = packs.load("uk")
FIELDS = (
    "anchor",
    "supplier",
    "supplier_id",
    "postcode",
    "town",
    "company_number",
    "charity_number",
    "vat_number",
    "kind",
)


def payees(*rows: Mapping[str, str | None]) -> pa.Table:
    """One payee per row; ``anchor`` is ``a`` and ``kind`` ``payment`` where not said."""
    told = [{"anchor": "a", "kind": "payment", **row} for row in rows]
    columns: dict[str, Any] = {"payee": pa.array(range(len(told)), pa.int64())}
    columns |= {f: pa.array([r.get(f) for r in told], pa.string()) for f in FIELDS}
    return pa.table(columns)


def register(folder: Path, kind: str, text: str, name: str = "register.csv") -> Register:
    """A register of these lines."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_register(kind, path, UK)


COMPANIES = """CompanyName,CompanyNumber,RegAddress.PostCode,RegAddress.PostTown,CompanyCategory,CompanyStatus,\
SICCode.SicText_1,Accounts.AccountCategory,PreviousName_1.CompanyName
BAY FOODS LIMITED,123,RM1 1AA,Rivermouth,Private Limited Company,Active,10890 - Food,MICRO ENTITY,OLD BAY FOODS LIMITED
HARBOUR LTD,124,RM2 2BB,Rivermouth,Private Limited Company,Active,41201 - Building,FULL,
HARBOUR LLP,OC300125,RM3 3CC,Gannetby,Limited Liability Partnership,Active,,TOTAL EXEMPTION FULL,
TIDE CARE CIC,126,RM4 4DD,Gannetby,Community Interest Company,Active,88100 - Care,SMALL,
QUAY,127,RM5 5EE,Gannetby,Private Limited Company,Dissolved,62012 - Software,DORMANT,
"""


def companies(folder: Path) -> Register:
    return register(folder, "companies", COMPANIES)


def resolved(
    table: pa.Table,
    registers: Sequence[Register] = (),
    creditors: Mapping[str, pa.Table] | None = None,
    decisions: Sequence[Decision] = (),
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The rows after resolving, and the problems."""
    found, problems = resolve(table, registers, creditors or {}, decisions, UK)
    return found.to_pylist(), problems

"""Who was paid: people's decisions, then identifiers, then exact core names; what is unknown stays unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from holdfast.core.problem import Problem
from holdfast.packs import Pack
from holdfast.suppliers import describe, link, near
from holdfast.suppliers.combine import combine, stack
from holdfast.suppliers.decisions import Decision
from holdfast.suppliers.near import Cache
from holdfast.suppliers.prepare import prepare
from holdfast.suppliers.register import Register

if TYPE_CHECKING:
    import pyarrow as pa


def resolve(
    payees: pa.Table,
    registers: Sequence[Register],
    creditors: Mapping[str, pa.Table],
    decisions: Sequence[Decision],
    pack: Pack,
    cache: Cache | None = None,
) -> tuple[pa.Table, list[Problem]]:
    """``payees`` with the columns that ``tables/payees.csv`` marks *added by suppliers*, in the same order of rows.

    ``creditors`` by anchor id, from :func:`~holdfast.suppliers.creditors.load_creditors`. A person's decision outranks
    a number in the payment, that a number in the creditor list, that an exact core name. Payees that share a number,
    the anchor's own supplier id or a core name share one ``supplier_key``, across anchors. Nothing here guesses: a core
    name of several organisations stays unlinked unless the postcode or the full name with its legal form settles it.
    Names that no register has exactly are then matched (:mod:`holdfast.suppliers.near`); ``cache`` keeps the answers.
    """
    from holdfast.engine.duck import Engine

    engine = Engine(threads=1)
    try:
        prepare(engine, payees, creditors, decisions, pack)
        stack(engine, registers)
        near.match(engine, registers, pack, cache)
        combine(engine, registers)
        link.link(engine)
        table = describe.describe(engine, registers, pack)
        return _in_order(payees, table), link.problems(engine, creditors)
    finally:
        engine.close()


def _in_order(payees: pa.Table, found: pa.Table) -> pa.Table:
    """The added columns beside the given ones. ``found`` is in the order of the rows of ``payees``."""
    for name in found.column_names:
        if name in payees.column_names:
            payees = payees.drop_columns([name])
        payees = payees.append_column(found.schema.field(name), found.column(name))
    return payees

"""The tables of what was bought: money by category and by what told it, and what a person could settle."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from holdfast.core.figures import Cell, Column, ResultTable

if TYPE_CHECKING:
    from holdfast.categories.telling import Line, Told

#: An answer less sure than this is listed for a person, and how many are.
SURE, LISTED = 0.8, 300
UNKNOWN = "Not known"
#: How the report calls each way of telling.
WAYS = {
    "categories.csv": "By categories.csv",
    "publisher": "By the publisher",
    "rule": "By rule",
    "supplier": "By the supplier's other payments",
    "words": "By words",
}
NAMES = {"cpv": "CPV divisions", "proclass": "top level of ProClass", "own": "the place's own, in categories.csv"}


def label_of(code: str, taxonomy: str) -> str:
    """``45`` -> ``45 Construction work``; a category of a place's own as it is."""
    from holdfast.categories.lists import lists

    if taxonomy == "own" or not code:
        return code
    return f"{code} {(lists().proclass if taxonomy == 'proclass' else lists().cpv)[code]}"


def thousandths(told: Told) -> int:
    """How sure an answer is, as a whole number of thousandths."""
    return round(told.confidence * 1000)


def table_of(money: Sequence[tuple[Told, int, int]], taxonomy: str) -> ResultTable:
    """Money by category and by how it was told, the most money first and what is not known last."""
    sums: dict[str, dict[str, int]] = {}
    many: dict[str, int] = {}
    sure: dict[str, list[int]] = {}
    for told, pennies, payments in money:
        of = sums.setdefault(told.category, dict.fromkeys(WAYS, 0))
        of[told.how] = of.get(told.how, 0) + pennies
        many[told.category] = many.get(told.category, 0) + payments
        weighed = sure.setdefault(told.category, [0, 0])
        weighed[0] += abs(pennies) * thousandths(told)
        weighed[1] += abs(pennies)
    order = sorted((c for c in sums if many[c]), key=lambda c: (c == "", -sum(sums[c].values()), c))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            label_of(c, taxonomy) or UNKNOWN,
            _money(sum(sums[c].values())),
            many[c],
            *(_money(sums[c][way]) for way in WAYS),
            (Decimal(sure[c][0]) / sure[c][1] / 1000).quantize(Decimal("0.001")) if c and sure[c][1] else None,
        )
        for c in order
    )
    columns = (
        Column("category", "Category"),
        Column("amount", "Money", "money"),
        Column("payments", "Payments", "count"),
        *(Column(f"by_{way.removesuffix('.csv')}", label, "money") for way, label in WAYS.items()),
        Column("confidence", "How sure, by money", "share"),
    )
    note = f"Third-party purchases. Categories are {NAMES[taxonomy]}; what is not sure enough is {UNKNOWN.lower()}."
    return ResultTable("what_was_bought", "What was bought", columns, rows, note)


def _money(pennies: int) -> Decimal:
    return Decimal(pennies).scaleb(-2)


REVIEW = (
    Column("supplier", "Supplier"),
    Column("published", "Category as published"),
    Column("amount", "Money", "money"),
    Column("payments", "Payments", "count"),
    Column("category", "Taken as"),
    Column("guess", "It may be"),
    Column("confidence", "How sure", "share"),
    Column("why", "Why"),
)


def review_of(
    money: Sequence[tuple[Told, int, int]], lines: Sequence[Line], who: Sequence[str], taxonomy: str
) -> ResultTable:
    """What is unknown or not sure, the most money first; the surest of several reasons is given."""
    sums: dict[tuple[str, str, str], list[int]] = {}
    best: dict[tuple[str, str, str], tuple[tuple[float | str, ...], Told]] = {}
    for (told, pennies, payments), line, supplier in zip(money, lines, who, strict=True):
        if payments and told.confidence < SURE:
            key = (supplier, line.category or "", told.category or told.guess)
            of = sums.setdefault(key, [0, 0])
            of[0] += pennies
            of[1] += payments
            rank = (-told.confidence, line.department or "", line.code or "", line.description or "", line.publisher)
            if key not in best or rank < best[key][0]:
                best[key] = rank, told
    order = sorted(sums, key=lambda k: (-abs(sums[k][0]), k))[:LISTED]
    note = "Settle a line by adding it to categories.csv: match (category as published), category, supplier."
    rows = tuple(_open(key, sums[key][0], sums[key][1], best[key][1], taxonomy) for key in order)
    return ResultTable("category_review", "What was bought: to be settled", REVIEW, rows, note)


def _open(key: tuple[str, str, str], pennies: int, payments: int, told: Told, taxonomy: str) -> tuple[Cell, ...]:
    supplier, published, _ = key
    taken, guess = (label_of(c, taxonomy) or None for c in (told.category, told.guess))
    sure = Decimal(f"{told.confidence:.2f}")
    return (supplier, published or None, _money(pennies), payments, taken or UNKNOWN, guess, sure, told.why)

"""Six ways in which publishers write the same payments: columns, wording, encoding, dates, signs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from holdfast.example.large.payments import Paid
from holdfast.example.sheets import Cell, brackets, credit_mark, minus_behind, plain, pounds
from holdfast.example.spelling import cut

Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Layout:
    """``row`` writes a payment of the publisher named; ``total`` what stands in the last row, if there is one.

    ``every`` months make a file. ``above`` are lines above the headings. ``file`` is the name of a file by its first
    day.
    """

    heads: str
    row: Callable[[Paid, str], Row]
    file: str
    encoding: str = "utf-8"
    delimiter: str = ","
    newline: str = "\r\n"
    every: int = 1
    above: tuple[str, ...] = ()
    total: Callable[[int], Row] | None = None


def _city(p: Paid, body: str) -> Row:
    return [body, p.department, p.category, f"{p.day:%d.%m.%Y}", p.reference, pounds(p.pence), p.name]


def _county(p: Paid, body: str) -> Row:
    vat = abs(p.pence) // 5 * (1 if p.pence > 0 else -1)
    sums = [brackets(pence) for pence in (p.pence + vat, vat, p.pence)]
    return [f"{p.day.day} {_short(p.day)}", p.name, "", p.category, p.department, *sums, f"C{p.reference}"]


def _short(day: date) -> str:
    """``Apr 2022``, whatever language the machine speaks."""
    return f"{'JanFebMarAprMayJunJulAugSepOctNovDec'[day.month * 3 - 3 : day.month * 3]} {day.year}"


def _trust(p: Paid, body: str) -> Row:
    return ["Health", body, f"{p.day:%d/%m/%Y}", p.category, p.department, cut(p.name), p.reference, plain(p.pence)]


def _force(p: Paid, body: str) -> Row:
    return [f"{p.day:%Y%m}", p.name, p.category, p.department, minus_behind(p.pence), f"P{p.reference}"]


def _school(p: Paid, body: str) -> Row:
    return [p.day.isoformat(), p.name, p.category, p.department, credit_mark(p.pence), p.reference]


def _homes(p: Paid, body: str) -> Row:
    when = f"{p.day.day}/{p.day.month}/{p.day.year}"
    amount = pounds(p.pence) if p.pence > 0 else f"({pounds(-p.pence)})"
    return [p.name, p.postcode, when, p.category, p.department, amount, str(p.reference)]


LAYOUTS = (
    Layout(
        "Body Name|Service Area|Expenses Type|Invoice Payment Date|Transaction Number|Net Amount|Supplier Name",
        _city,
        "payments-%Y-%m.csv",
        encoding="cp1252",
    ),
    Layout(
        "Payment Date|Vendor Name||Expenditure Type|Directorate|Gross|VAT|Net|Invoice Ref",
        _county,
        "%Y-%m quarter.csv",
        encoding="utf-8-sig",
        every=3,
        above=("Payments to suppliers", ""),
    ),
    Layout(
        "Department family|Entity|Date|Expense type|Expense area|Supplier|Transaction number|Amount",
        _trust,
        "Spend over 250 - %Y%m.csv",
        newline="\n",
    ),
    Layout(
        "Period|Creditor|Subjective|Division|Amount GBP|Doc No",
        _force,
        "transparency %Y-%m.txt",
        encoding="utf-16-le",
        delimiter="\t",
        every=3,
    ),
    Layout(
        "Date|Supplier|Account description|School or service|Value|Voucher",
        _school,
        "%Y-%m.tsv",
        delimiter="\t",
        newline="\n",
    ),
    Layout(
        "Supplier|Supplier Postcode|Date|Nature of spend|Team|Amount £|Ref",
        _homes,
        "spend_%Y_%m.csv",
        total=lambda pence: ["TOTAL", "", "", "", "", pounds(pence), ""],
    ),
)

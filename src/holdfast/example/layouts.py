"""Seven publishers, seven ways of making the same facts hard to read. Each gives its files and what is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from holdfast.example.dice import Dice
from holdfast.example.firms import Firm
from holdfast.example.ledger import FIRST_YEAR, Payment, undated
from holdfast.example.sheets import (
    Cell,
    Count,
    Sheet,
    brackets,
    commas,
    credit_mark,
    delimited,
    minus_behind,
    plain,
    pounds,
    records,
    stored_zip,
    workbook,
)
from holdfast.example.spelling import carelessly, cut, spelt

Months = Sequence[Sequence[Payment]]
#: Path under ``spend/``, bytes, and the count of each table in it.
File = tuple[str, bytes, list[Count]]
Numbers = dict[str, str]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
#: The city's headings, which change every second year and grow empty columns in between.
_CITY_HEADS = (
    "Body Name|Service Area|Expenses Type|Invoice Payment Date|Transaction Number|Amount|Supplier|Supplier No|Type",
    "Body Name|Service Area|Expenses Type|Payment Date|Transaction No|Net Amount|Supplier|Supplier Number|Type||||",
    "Body|Directorate|Expense Type|Date Paid|Transaction Number|Net Amount £|Supplier Name|Supplier ID|Payment Type",
)
_TYPES = {"card": "Purchase card", "commitment": "Contract"}
_EPOCH = date(1899, 12, 30)


def first_day(month: int) -> date:
    """The first day of the ``month``-th month of the ledger."""
    year, m = divmod(FIRST_YEAR * 12 + 3 + month, 12)
    return date(year, m + 1, 1)


def years_of(months: Months) -> Iterator[tuple[int, list[tuple[int, Sequence[Payment]]]]]:
    """Fiscal years with their numbered months."""
    for start in range(0, len(months), 12):
        yield FIRST_YEAR + start // 12, [(m, months[m]) for m in range(start, start + 12)]


def city(months: Months, ids: Numbers, seed: int) -> Iterator[File]:
    """Monthly CSV in cp1252, dotted dates, quoted pounds; header wording and file names drift from year to year."""
    dice = Dice(seed, "city files")
    names = (
        lambda d: f"{_MONTHS[d.month - 1][:3].lower()}-{d.year}.csv",
        lambda d: f"{_MONTHS[d.month - 1]} {d.year}.csv",
        lambda d: f"payments_{d:%Y_%m}.csv",
        lambda d: f"{d:%Y-%m}-spend-over-250.csv",
        lambda d: f"Spend {d:%Y%m}.csv",
        lambda d: f"{_MONTHS[d.month - 1].lower()}-{d.year}-final.csv",
    )
    again = None
    for m, payments in enumerate(months):
        head, day = _CITY_HEADS[m // 12 // 2].split("|"), first_day(m)
        path = f"city/{names[m // 12](day)}"
        sheet = Sheet(Count(path))
        sheet.header(head)
        pad: list[Cell] = [""] * (len(head) - 9)
        body: list[tuple[Payment, list[Cell]]] = []
        for p in payments:
            cells: list[Cell] = [
                "Rivermouth City Council",
                p.department,
                p.category,
                f"{p.day:%d.%m.%Y}",
                str(p.reference),
            ]
            cells += [
                pounds(p.pence),
                carelessly(p.firm, dice),
                ids.get(p.firm.number, ""),
                _TYPES.get(p.kind, "Invoice"),
            ]
            body.append((p, cells + pad))
        for p, cells in body:
            sheet.paid(cells, p.pence)
        if m % 7 == 3:
            sheet.blank(2)
        if m % 5 == 0:
            sheet.aside(["Total", "", "", "", "", pounds(sheet.count.pence), "", "", "", *pad])
        yield path, delimited(sheet.rows, encoding="cp1252"), [sheet.count]
        if day == date(2021, 7, 1):
            again = body
    assert again is not None
    yield _same_month_again(again)


def _same_month_again(body: Sequence[tuple[Payment, list[Cell]]]) -> File:
    """July 2021 a second time: another name, another encoding, another order."""
    path = "city/payments_july21_resupplied.csv"
    sheet = Sheet(Count(path))
    sheet.header(
        [
            "Supplier",
            "Supplier Number",
            "Payment Date",
            "Transaction No",
            "Net Amount",
            "Expenses Type",
            "Service Area",
            "Type",
        ]
    )
    for p, c in sorted(body, key=lambda b: -b[0].reference):
        sheet.paid([c[6], c[7], c[3], c[4], c[5], c[2], c[1], c[8]], p.pence)
    return path, delimited(sheet.rows, encoding="utf-8", newline="\n"), [sheet.count]


def county(months: Months, ids: Numbers, seed: int) -> Iterator[File]:
    """Quarterly CSV with a byte order mark; a preamble, a blank column, gross, VAT and net; a total nobody labelled."""
    dice = Dice(seed, "county files")
    head: list[Cell] = [
        "Payment Date",
        "Vendor Name",
        "",
        "Expenditure Type",
        "Directorate",
        "Gross",
        "VAT",
        "Net",
        "Invoice Ref",
    ]
    for quarter in range(0, len(months), 3):
        day = first_day(quarter)
        path = f"county/{day.year}-Q{quarter // 3 % 4 + 1} supplier payments.csv"
        sheet = Sheet(Count(path))
        sheet.above(
            ["Tidelands County Council"], ["Payments to suppliers, quarter beginning", f"{day.day} {day:%B %Y}"], [""]
        )
        sheet.header(head)
        gross = vat = 0
        for p in (p for month in months[quarter : quarter + 3] for p in month):
            cells: list[Cell] = [f"{p.day.day} {p.day:%b %Y}", spelt(p.firm, dice), "", p.category, p.department]
            cells += [brackets(p.pence + p.vat), brackets(p.vat), brackets(p.pence), f"C{p.reference}"]
            sheet.paid(cells, p.pence)
            gross, vat = gross + p.pence + p.vat, vat + p.vat
        sheet.aside(["", "", "", "", "", brackets(gross), brackets(vat), brackets(sheet.count.pence), ""])
        yield path, delimited(sheet.rows, encoding="utf-8-sig"), [sheet.count]


def hospital(months: Months, ids: Numbers, seed: int) -> Iterator[File]:
    """A workbook a year, a sheet a quarter, one hidden; serial numbers for dates, names cut after thirty characters."""
    dice = Dice(seed, "hospital files")
    head: list[Cell] = [
        "Payment date",
        "Supplier No",
        "Supplier",
        "Expense type",
        "Directorate",
        "Amount (GBP)",
        "Voucher",
    ]
    for year, numbered in years_of(months):
        path = f"hospital/Expenditure {year}-{(year + 1) % 100:02d}.xlsx"
        sheets, counts = [], []
        for q in range(4):
            name = f"Q{q + 1}"
            sheet = Sheet(Count(path, name))
            if q % 2:
                sheet.above(["Rivermouth Hospitals Trust: payments"], [""])
            sheet.header(head)
            for m, payments in numbered[q * 3 : q * 3 + 3]:
                if m % 3:
                    sheet.aside(head)
                for p in payments:
                    who = cut(carelessly(p.firm, dice))
                    cells: list[Cell] = [
                        (p.day - _EPOCH).days,
                        ids.get(p.firm.number, ""),
                        who,
                        p.category,
                        p.department,
                    ]
                    sheet.paid([*cells, p.pence / 100, p.reference], p.pence)
            sheets.append((name, sheet.rows, False))
            counts.append(sheet.count)
        sheets.append(("Cost centres", [["Code", "Meaning"], ["E100", "Estates"], ["S200", "Surgery"]], True))
        yield path, workbook(sheets), counts


def university(months: Months, ids: Numbers, seed: int) -> Iterator[File]:
    """An archive a year, a file a month: ISO dates, ``CR`` behind credits, now tabs, now commas, spoilt cells."""
    dice = Dice(seed, "university files")
    head: list[Cell] = ["Date", "Supplier", "Account description", "School or service", "Value", "Voucher"]
    for year, numbered in years_of(months):
        archive = f"university/spend-{year}-{(year + 1) % 100:02d}.zip"
        members, counts = [], []
        for m, payments in numbered:
            name = f"{first_day(m):%Y-%m}.{'tsv' if year % 2 else 'csv'}"
            sheet = Sheet(Count(f"{archive}!{name}"))
            sheet.header(head)
            for p in payments:
                day = "2021-02-30" if undated(p) else p.day.isoformat()
                cells: list[Cell] = [
                    day,
                    spelt(p.firm, dice),
                    p.category,
                    p.department,
                    credit_mark(p.pence),
                    p.reference,
                ]
                sheet.paid(cells, p.pence)
            if m % 24 == 5:
                sheet.spoilt([first_day(m).isoformat(), "To be confirmed", "Catering", "Estates", "see note", ""])
                sheet.aside([first_day(m).isoformat(), "Nothing due", "Catering", "Estates", "", ""])
            tab = "\t" if year % 2 else ","
            members.append((name, delimited(sheet.rows, encoding="utf-8", newline="\n", delimiter=tab)))
            counts.append(sheet.count)
        members.append(("README.txt", b"Payments by the University of Rivermouth, which does not exist.\n"))
        yield archive, stored_zip(members), counts


def police(months: Months, ids: Numbers, seed: int) -> Iterator[File]:
    """Quarterly UTF-16, divided by tabs; a period for a date and the minus sign behind the amount."""
    dice = Dice(seed, "police files")
    head: list[Cell] = ["Period", "Creditor", "Subjective", "Division", "Amount GBP", "Doc No", "Payment Type"]
    for quarter in range(0, len(months), 3):
        day = first_day(quarter)
        path = f"police/transparency {day:%Y-%m}.txt"
        sheet = Sheet(Count(path))
        sheet.header(head)
        for p in (p for month in months[quarter : quarter + 3] for p in month):
            cells: list[Cell] = [f"{p.day:%Y%m}", spelt(p.firm, dice), p.category, p.department, minus_behind(p.pence)]
            sheet.paid([*cells, f"P{p.reference}", "Purchasing card" if p.kind == "card" else "BACS"], p.pence)
        sheet.aside(["", "", "", "Grand total", minus_behind(sheet.count.pence), "", ""])
        yield path, delimited(sheet.rows, encoding="utf-16", delimiter="\t"), [sheet.count]


def college(months: Months, ids: Numbers, seed: int) -> Iterator[File]:
    """JSON records a year, with company numbers; one year's file lies there twice."""
    dice = Dice(seed, "college files")
    for year, numbered in years_of(months):
        path = f"college/payments-{year}.json"
        count = Count(path)
        rows: list[dict[str, object]] = []
        for p in (p for _, month in numbered for p in month):
            count.typed, count.pence = count.typed + 1, count.pence + p.pence
            rows.append(
                {
                    "paid_on": f"{p.day.isoformat()}T00:00:00",
                    "supplier_name": spelt(p.firm, dice),
                    "company_number": p.firm.number if p.firm.kind in ("company", "co-operative") else None,
                    "category": p.category,
                    "department": p.department,
                    "net_amount": plain(p.pence),
                    "reference": str(p.reference),
                }
            )
        data = records(rows, under="payments" if year % 2 else None)
        yield path, data, [count]
        if year == 2022:
            copy = "college/payments-2022 (copy).json"
            yield copy, data, [Count(copy, None, count.typed, 0, 0, count.pence)]


def homes(months: Months, ids: Numbers, seed: int) -> Iterator[File]:
    """A CSV a year with bare carriage returns and the supplier's postcode, in whichever encoding the day brought."""
    dice = Dice(seed, "homes files")
    head: list[Cell] = ["", "Supplier", "Supplier Postcode", "Date", "Nature of spend", "Team", "Amount £", "", "Ref"]
    for year, numbered in years_of(months):
        path = f"homes/Harbour Homes spend {year}.csv"
        sheet = Sheet(Count(path))
        sheet.above(["", "", "", "", "", "", "", "", ""])
        sheet.header(head)
        for n, p in enumerate(p for _, month in numbered for p in month):
            if n and n % 180 == 0:
                sheet.aside(head)
            when = f"{p.day.day}/{p.day.month}/{p.day.year}"
            cells: list[Cell] = ["", spelt(p.firm, dice), _postcode(p.firm, n), when, p.category, p.department]
            amount = f"(£{commas(p.pence)})" if p.pence < 0 else f"£{commas(p.pence)}"
            sheet.paid([*cells, amount, "", str(p.reference)], p.pence)
        sheet.blank()
        sheet.aside(["", "TOTAL", "", "", "", "", pounds(sheet.count.pence), "", ""])
        encoding = {2019: "cp850", 2020: "cp1252"}.get(year, "utf-8")
        yield path, delimited(sheet.rows, encoding=encoding, newline="\r", twice=year in (2021, 2022)), [sheet.count]


def _postcode(firm: Firm, n: int) -> str:
    """The postcode as typed: spaced or not, in small letters, or left out now and then."""
    if firm.place is None or n % 29 == 0:
        return ""
    text = firm.place.postcode
    return text.replace(" ", "").lower() if n % 11 == 0 else text


LAYOUTS: dict[str, Callable[[Months, Numbers, int], Iterator[File]]] = {
    "city": city,
    "county": county,
    "hospital": hospital,
    "university": university,
    "police": police,
    "college": college,
    "homes": homes,
}

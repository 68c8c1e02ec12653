"""The letters that ask an anchor for what is missing: one content, as a page, a document and tables to fill in."""

from __future__ import annotations

from dataclasses import dataclass

from holdfast.core.figures import Cell as Value
from holdfast.core.figures import Results
from holdfast.core.money import money, ratio
from holdfast.report.asking import AskRequest, AskRow, AskSupplier, Need
from holdfast.report.blocks import Cell, Grid, without_empty
from holdfast.report.csvs import safe_name, written
from holdfast.report.documents import Document
from holdfast.report.page import environment, style
from holdfast.report.words import and_list, count, money_in_words, month, percent, period_phrase

#: Lines of a table in a letter; the whole table is in the CSV file that goes with it.
MOST = 25
ORDER: tuple[Need, ...] = ("creditor list", "missing months", "vat basis", "rows", "contract register")
SUPPLIER_HEAD = (
    "supplier_id", "name", "postcode", "company_number", "charity_number", "amount", "payments", "needed", "file",
    "row",
)  # fmt: skip
ROW_HEAD = ("file", "sheet", "row", "rows", "reason", "amount")


@dataclass(frozen=True, slots=True)
class Part:
    heading: str
    paragraphs: tuple[str, ...]
    table: Grid | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    title: str
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    closing: tuple[str, ...]
    small: str


def letter_files(results: Results, request: AskRequest) -> dict[str, bytes]:
    """File name -> bytes: the letter twice, and the tables that go with it."""
    name = safe_name(request.anchor.id)
    letter = letter_for(results, request)
    files = {f"{name}.html": letter_html(results, letter), f"{name}.docx": letter_docx(results, letter)}
    if request.suppliers:
        files[f"{name}.csv"] = written(SUPPLIER_HEAD, [_supplier_line(s) for s in request.suppliers])
    if request.rows:
        files[f"{name}-rows.csv"] = written(ROW_HEAD, [_row_line(r) for r in request.rows])
    return files


def _supplier_line(s: AskSupplier) -> tuple[Value, ...]:
    """With empty cells to fill in, under the headings that a creditor list is read by."""
    return (s.supplier_id, s.supplier, None, None, None, s.amount, s.payments, ", ".join(s.needs), s.file, s.row)


def _row_line(r: AskRow) -> tuple[Value, ...]:
    return (r.file, r.sheet, r.row, r.count, r.reason, r.amount)


def letter_for(results: Results, request: AskRequest) -> Letter:
    currency = results.currency
    spent = money_in_words(request.total, currency)
    when = period_phrase(request.period)
    opening = [
        f"We are working out where the money of the anchor institutions in {results.place} goes, and how much of it "
        "works in the place. Your published payments are part of that.",
        f"{request.anchor.name} spent {spent} with suppliers {when}".rstrip() + ".",
    ]
    share = ratio(request.unplaced, request.total)
    if request.unplaced > 0 and share is not None:
        opening.append(
            f"We could not place {money_in_words(request.unplaced, currency)} of it ({percent(share)}), because the "
            "files do not say where those suppliers are based."
        )
    asked = [need for need in ORDER if need in request.needs]
    parts = tuple(_part(results, request, need) for need in asked)
    if parts:
        opening.append(
            f"{'This' if len(parts) == 1 else 'These'} would settle it: {and_list([_short(n) for n in asked])}."
        )
    closing = [
        "Send what you have as CSV or Excel files, even if it is not complete. Reply to: [name, e-mail, telephone]."
    ]
    title = f"Request to {request.anchor.name}"
    return Letter("Where the money goes", title, tuple(opening), parts, tuple(closing), f"Run {results.run}.")


def _short(need: Need) -> str:
    return {
        "creditor list": "a creditor list",
        "contract register": "the contract register with end dates",
        "vat basis": "whether amounts include VAT",
        "missing months": "the missing months",
        "rows": "corrections to the rows we could not read",
    }[need]


def _part(results: Results, request: AskRequest, need: Need) -> Part:
    makers = {
        "creditor list": _creditors,
        "contract register": _contracts,
        "vat basis": _vat,
        "missing months": _months,
        "rows": _rows,
    }
    return makers[need](results, request)


def _creditors(results: Results, request: AskRequest) -> Part:
    said = [
        "A list with one row per supplier: the supplier number that your payments use, the name, the postcode, and the "
        "company or charity number where there is one. Leave private persons out.",
    ]
    table = None
    if request.suppliers:
        name = f"{safe_name(request.anchor.id)}.csv"
        said.append(
            f"If the whole list is too much, these {count(len(request.suppliers), 'supplier')} matter most, largest "
            f"first. {_needed(request)}The file {name} has empty columns to fill in."
        )
        table = _supplier_grid(results, request, name)
    return Part("Your creditor list", tuple(said), table)


def _needed(request: AskRequest) -> str:
    """What is needed of every supplier, where it is the same for all and so needs no column."""
    needs = {s.needs for s in request.suppliers}
    return f"Of each we need the {and_list(next(iter(needs)))}. " if len(needs) == 1 else ""


def _supplier_grid(results: Results, request: AskRequest, name: str) -> Grid:
    head = (
        Cell("Supplier"),
        Cell("Number"),
        Cell("Paid", True),
        Cell("Payments", True),
        Cell("Needed"),
        Cell("First seen"),
    )
    same = bool(_needed(request))
    rows = tuple(
        (
            Cell(s.supplier), Cell(s.supplier_id or ""), Cell(money(s.amount, results.currency, pence=False), True),
            Cell(f"{s.payments:,}", True), Cell("" if same else and_list(s.needs)), Cell(_place(s.file, s.row)),
        )
        for s in request.suppliers[:MOST]
    )  # fmt: skip
    left_out = max(0, len(request.suppliers) - MOST)
    made = Grid("suppliers", "Suppliers that could not be placed", head, rows, csv=name, left_out=left_out)
    return without_empty(made)


def _place(file: str | None, row: int | None) -> str:
    """The file by the name its publisher gave it: our folders mean nothing to them."""
    name = _published(file) if file else ""
    return f"{name}, row\u00a0{row}" if name and row else name


def _published(file: str) -> str:
    return "!".join(part.rsplit("/", 1)[-1] for part in file.split("!"))


def _contracts(results: Results, request: AskRequest) -> Part:
    said = (
        "Your register of contracts, with for each: supplier, title, value, start date, end date, and how far it can "
        "be extended. End dates show which spending could move, and when."
    )
    return Part("Your contract register with end dates", (said,))


def _vat(results: Results, request: AskRequest) -> Part:
    return Part(
        "Whether amounts include VAT",
        (
            "The files do not say. Tell us for each kind of file: are amounts without VAT, with VAT, or with the part "
            "that you cannot recover?",
        ),
    )


def _months(results: Results, request: AskRequest) -> Part:
    said = "Some months have not reached us; a year is only compared when it is whole."
    if request.months:
        said = f"No payments of these months have reached us: {and_list([month(m) for m in request.months])}."
    return Part("The missing months", (said,))


def _rows(results: Results, request: AskRequest) -> Part:
    lines = count(sum(r.count for r in request.rows), "row")
    name = f"{safe_name(request.anchor.id)}-rows.csv"
    head = (Cell("File"), Cell("Row", True), Cell("Rows", True), Cell("Why"), Cell("Worth", True))
    rows = tuple(
        (
            Cell(_published(r.file) + (f" ({r.sheet})" if r.sheet else "")),
            Cell("" if r.row is None else str(r.row), True),
            Cell(f"{r.count:,}", True), Cell(r.reason),
            Cell("not known" if r.amount is None else money(r.amount, results.currency, pence=False), True),
        )
        for r in request.rows[:MOST]
    )  # fmt: skip
    left_out = max(0, len(request.rows) - MOST)
    table = Grid("rows", "Rows that could not be read", head, rows, csv=name, left_out=left_out) if rows else None
    return Part("Rows we could not read", (f"We could not read {lines}. The table says which, and why.",), table)


def letter_html(results: Results, letter: Letter) -> bytes:
    page = environment().get_template("letter.html.j2")
    return page.render(r=results, letter=letter, css=style(results, "sheet.css")).encode("utf-8", "replace")


def letter_docx(results: Results, letter: Letter) -> bytes:
    made = Document(letter.title, letter.to)
    if results.fictional:
        made.paragraph("Fictional example: the place, its institutions, suppliers and amounts are made up.", size=9)
    made.title(letter.title)
    for said in letter.opening:
        made.paragraph(said)
    for n, part in enumerate(letter.parts, 1):
        made.heading(f"{n}. {part.heading}")
        for said in part.paragraphs:
            made.paragraph(said)
        if part.table:
            made.table(part.table)
    made.heading("How to send it")
    for said in letter.closing:
        made.paragraph(said)
    made.paragraph(letter.small, size=8.5, quiet=True)
    return made.bytes()

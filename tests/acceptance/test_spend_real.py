# ruff: noqa: E501
"""Every payment file of the catalogue is read without a mapping, and to the penny as an independent count has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from acceptance.spend_count import Count, amount, count, records
from holdfast.spend.reader import read
from holdfast.spend.reading import TableRead

SharedData = Callable[[str], Path]
MAPPINGS = Path(__file__).parent / "mappings"

DAY_FIRST = (
    "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d-%b-%Y", "%d-%b-%y", "%d/%m/%y", "%d/%m/%Y %H:%M", "%d %b %Y",
    "%d-%m-%Y", "%d.%m.%y", "%d %B %Y", "%d/%b/%y", "%d/%b/%Y", "%d-%B-%Y", "%d-%m-%y", "%A, %B %d, %Y",
)  # fmt: skip
MONTH_FIRST = ("%m/%d/%Y %H:%M", "%m/%d/%Y")
#: Files of a day-first country that were saved on a computer set to write the month first.
MONTH_FIRST_FILES = re.compile(r".*NCL_.*|.*Grants_paid_-_1_Jan_2014.*")


@dataclass(frozen=True)
class Body:
    """What a person finds when looking at a publisher's files.

    ``files`` is a pattern for the names of the payment files below ``folder``; ``amount`` and ``date`` one for the
    headers. ``rows`` counts rows with an amount in all files. ``undated`` files give no days: a month or quarter stands
    in a column or only in the file's name, and its last day must be used.
    """

    folder: str
    files: str
    tables: int
    rows: int
    amount: str
    date: str | None
    formats: tuple[str, ...] = DAY_FIRST
    pack: str = "uk"
    undated: str = "(?!)"

    @property
    def name(self) -> str:
        return self.folder.removeprefix("spend/")


BODIES = [
    # jun-2012 ends with a row that holds nothing but the sum of the rows above it
    Body("spend/manchester_cc", r".*\.csv", 109, 383_813, "Net Amount|Amount", "Invoice Payment Date"),
    Body("spend/hyndburn_bc", r"raw/.*\.csv", 107, 35_961, "Net Amount.{0,7}|Amount Paid", "Payment [Dd]ate"),
    Body("spend/hyndburn_bc", r"third_party_normalised\.csv", 1, 29_804, "amount", "date"),
    Body("spend/trafford_mbc", r"trafford-supplier-spend.*\.csv", 1, 55_859, "Amount", "PaymentDate"),
    Body("spend/trafford_mbc", r"government_procurement.*\d\.csv", 2, 22_184, "Amount", "PaymentDate"),
    Body("spend/trafford_mbc", r"grants__.*\.csv", 1, 555, "Amount Awarded", "Award Date"),
    Body("spend/devon_cc", r"DCC.*\.csv", 9, 77_948, "Amount", "Date"),
    Body("spend/devon_cc", r"grants/.*\.csv", 4, 2_796, "Amount", "Date Grant Awarded"),
    Body("spend/oxford_cc", r".*\.csv", 17, 61_528, "[Aa]mount", "[Pp]aid[ _][Dd]ate", undated="apr-jun-2014"),
    Body("spend/sheffield_cc", r"clean/.*\.csv", 3, 58_214, "Invoiced Value", "GL Date"),
    Body("spend/nhs/CHWE", r".*\.csv", 12, 1_447, "[Aa]mount", "Date Paid"),
    Body("spend/nhs/GUYS", r".*\.csv", 3, 41_123, "[Aa]mount", "Date of payment"),
    Body("spend/nhs/IMPC", r".*\.csv", 12, 2_750, "[Aa]mount", "Date Paid"),
    Body("spend/nhs/KGST", r".*\.csv", 10, 498, "[Aa]mount.*", "Date"),
    Body("spend/nhs/NCL", r".*\.csv", 12, 6_326, "[Aa]mount.*", "Date"),
    Body("spend/hmrc_25k", r".*\.csv", 1, 928, "Amount", "Date"),
    Body("spend/gm_2019_matched", r".*\.csv", 2, 33_828, "amount", "payment_date"),
    Body("spend/lancashire", r"(burnley|pendle|ribble).*\.csv", 3, 84_088, "amount", "date"),
    Body("spend/lancashire", r".*top500.*\.csv", 1, 500, "total_spend", None),
    Body("spend/us-scottsdale-az", r".*\.csv", 1, 23_612, "PaymentAmount", "PaymentDate", MONTH_FIRST, "us"),
    Body("spend/us-sanfrancisco-ca", r".*\.csv", 1, 10_000, "Vouchers Paid", None, pack="us"),
    Body("spend/odileeds/cabinetoffice", r"clean/.*\.csv", 38, 17_475, "Amount", "Date"),
    Body("spend/odileeds/calderdale", r"clean/.*\.csv", 62, 135_053, "Net Amount|Amount", "(Transaction )?Date"),
    Body(
        "spend/odileeds/darlington",
        r"clean/.*\.csv",
        37,
        55_600,
        ".*net of VAT.*",
        "(Transaction )?Date",
        undated=r"201[0-6]-|2017-02",
    ),
    Body("spend/odileeds/harrogate", r"clean/.*\.csv", 33, 46_943, "Net [Aa]mount", "Pay(ment)? [Dd]ate"),
    Body("spend/odileeds/leeds", r"clean/.*\.csv", 3, 36_804, "Net amount|Amount", "Date paid|Payment Date"),
    Body("spend/odileeds/leeds", r"raw/.*\.csv", 3, 36_804, "Net amount|Amount", "Date paid|Payment Date"),
    Body("spend/odileeds/salford", r"clean/(?!2022-07).*\.csv", 73, 138_411, "Net", "Date of Payment"),
    Body("spend/odileeds/salford", r"clean/2022-07.*\.csv", 1, 359, "Total Contract Value.*", None),
]


def _faults(body: Body, name: str, found: TableRead, counted: Count) -> list[str]:
    faults = []
    if not found.reconciles:
        faults.append("staged is not typed + quarantined + excluded")
    for what, got, want in (
        ("rows typed", found.rows_typed, counted.rows),
        ("rows set aside", found.rows_quarantined, counted.unreadable),
        ("rows left out", found.rows_excluded, counted.blank + counted.left_out),
    ):
        if got != want:
            faults.append(f"{what}: {got}, counted {want}")
    # some amounts have parts of a penny: the total is exact to the nearest penny, either way where it is half of one
    if abs(found.total - counted.total) > Decimal("0.005"):
        faults.append(f"total: {found.total}, counted {counted.total}")
    if "supplier" not in found.mapping or "amount" not in found.mapping:
        faults.append(f"mapping {found.mapping}")
    if re.search(body.undated, name):
        faults += _period_faults(name, found)
    elif body.date:
        faults += _day_faults(found, counted)
    return [f"{name}: {fault}" for fault in faults]


def _day_faults(found: TableRead, counted: Count) -> list[str]:
    if "date" not in found.mapping or not counted.days:
        return [f"date from {found.mapping.get('date')}; {len(counted.days)} days counted"]
    got, want = (found.first_date, found.last_date), (min(counted.days).isoformat(), max(counted.days).isoformat())
    return [] if got == want else [f"days {got}, counted {want}"]


def _period_faults(name: str, found: TableRead) -> list[str]:
    """The period's last day throughout: of the month ``2013-02`` in the name, or of the quarter ``apr-jun-2014``."""
    month = "2014-06" if "apr-jun-2014" in name else Path(name).name[:7]
    right = found.first_date == found.last_date and str(found.last_date).startswith(month)
    return [] if right else [f"days {found.first_date} to {found.last_date}, not the end of {month}"]


def _formats(body: Body, path: Path) -> tuple[str, ...]:
    return (*MONTH_FIRST, *DAY_FIRST) if MONTH_FIRST_FILES.fullmatch(path.name) else body.formats


@pytest.mark.parametrize("body", BODIES, ids=lambda b: f"{b.name}-{b.files}")
def test_every_file_of_a_body_equals_an_independent_count(body: Body, shared_data: SharedData) -> None:
    folder = shared_data(body.folder)
    files = [p for p in sorted(folder.rglob("*")) if re.fullmatch(body.files, p.relative_to(folder).as_posix())]
    tables = {t.path: t for t in read(files, root=folder, pack=body.pack).files}
    assert len(tables) == len(files) == body.tables
    headers = re.compile(body.amount), re.compile(body.date) if body.date else None
    counts = {p.relative_to(folder).as_posix(): count(p, *headers, _formats(body, p)) for p in files}
    faults = [f for name, t in tables.items() for f in _faults(body, name, t, counts[name])]
    assert not faults, "\n".join(faults)
    assert sum(t.rows_typed for t in tables.values()) == body.rows


def test_contract_lists_without_header_are_read_with_one_mapping(shared_data: SharedData) -> None:
    """Amounts such as ``19,80.00``, ``7,900,00`` and ``N/A`` can be read in no one way and are set aside."""
    folder = shared_data("spend/kosovo")
    files = sorted(folder.rglob("*.csv"))
    tables = read(files, root=folder, pack="xk", mappings=MAPPINGS / "kosovo.toml").files
    assert len(tables) == len(files) == 19
    faults = [f for path, t in zip(files, tables, strict=True) for f in _contract_faults(path, t)]
    assert not faults, "\n".join(faults)


def _contract_faults(path: Path, found: TableRead) -> list[str]:
    cells = [r[9].strip() for r in records(path.read_bytes()) if any(c.strip() for c in r)]
    values = [amount(c) for c in cells if c]
    sums = [v for v in values if v is not None]
    want = (len(cells), len(sums), len(values) - len(sums), len(cells) - len(values))
    got = (found.rows_staged, found.rows_typed, found.rows_quarantined, found.rows_excluded)
    faults = [f"rows {got}, counted {want}"] if got != want else []
    if abs(found.total - sum(sums, Decimal(0))) > Decimal("0.005"):
        faults.append(f"total {found.total}, counted {sum(sums)}")
    if set(found.kinds) - {"commitment", "redacted"} or found.currency != "EUR":
        faults.append(f"kinds {found.kinds} in {found.currency}")
    if missing := {"amount", "supplier", "town", "date", "description"} - set(found.mapping):
        faults.append(f"no {', '.join(sorted(missing))}")
    return [f"{found.path}: {f}" for f in faults]

"""Which column is which: header wording and what the values are, together. A column that cannot be told is not used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from holdfast.core.problem import Problem
from holdfast.spend.amounts import amount_style, parse_amount
from holdfast.spend.dates import Calendar, parse_date
from holdfast.spend.headers import FIELDS, HeaderWords
from holdfast.spend.profile import Profile

#: Fields that hold money.
MONEY = ("amount", "gross", "vat", "irrecoverable_vat", "credit")
#: The least score at which a column is used for a field.
ENOUGH = 0.30


@dataclass(frozen=True)
class Columns:
    """The column (by position) of each field, why, and what the amounts include."""

    positions: Mapping[str, int]
    reasons: Mapping[str, str]
    vat_basis: str
    problems: Sequence[Problem]
    not_used: Sequence[int] = ()


def recognise(
    headers: Sequence[str], profiles: Sequence[Profile], samples: Sequence[Sequence[str]], words: HeaderWords
) -> Columns:
    """Assign columns to fields.

    ``headers`` may hold blanks (no header: all blank); ``samples`` are the same sample rows of every column, used
    to tell gross, VAT and net apart by arithmetic.
    """
    candidates = _candidates(headers, profiles, words)
    positions: dict[str, int] = {}
    reasons: dict[str, str] = {}
    taken: set[int] = set()
    amount = _choose_amount(headers, candidates, samples, profiles)
    if wide := _side_by_side(headers, candidates, profiles, amount.positions.get("amount")):
        amount = _AmountChoice({}, {}, "as published", [wide])
        candidates = [c for c in candidates if c.name not in MONEY]
    problems = list(amount.problems)
    positions |= amount.positions
    reasons |= amount.reasons
    taken |= set(amount.positions.values())
    suppliers = [c.score for c in candidates if c.name == "supplier" and c.rank >= 75]
    if not suppliers or max(suppliers) < ENOUGH:
        # no column is surely the supplier: those that may be one are not taken for something else first
        unsure = {c.index for c in candidates if c.name == "supplier" and c.score >= ENOUGH}
        candidates = [c for c in candidates if c.index not in unsure or c.name == "supplier"]
    for score, _, name, i in sorted(_by_header(candidates), key=lambda c: (-c[0], c[1], c[3])):
        if name in positions or i in taken or score < ENOUGH or name in MONEY:
            continue
        positions[name] = i
        reasons[name] = f"header '{headers[i].strip()}'"
        taken.add(i)
    for name in ("date", "supplier", "amount", "postcode"):
        if name not in positions and not (name == "amount" and wide):
            guess = _by_values(name, headers, profiles, taken, words)
            if guess is not None:
                positions[name] = guess
                reasons[name] = _VALUE_REASONS[name]
                taken.add(guess)
                problems.append(
                    Problem(
                        "HF210",
                        f"column {guess + 1} was taken for the {name} by its values alone",
                        column=headers[guess] or str(guess + 1),
                    )
                )
    _refine(positions, reasons, headers, profiles, taken, words)
    unused = [i for i in range(len(headers)) if i not in taken]
    return Columns(positions, reasons, amount.vat_basis, problems, unused)


#: What headers of amounts say beside the period they are of.
_BESIDE_PERIOD = re.compile(
    r"(?i)\b(?:spend|amounts?|totals?|value|net|gross|paid|payments?|cost|expenditure|gbp|fy)\b|[()£$€:]"
)


def _side_by_side(
    headers: Sequence[str], candidates: Sequence[_Candidate], profiles: Sequence[Profile], amount: int | None
) -> Problem | None:
    """Why a table of suppliers with a column of amounts for each month or year is not read: no one column holds them.

    A column of totals beside them is the amount as usual.
    """
    if twice := _twice(headers, candidates, profiles):
        return twice
    columns = [i for i, h in enumerate(headers) if profiles[i].amount > 0.8 and _names_period(h)]
    suppliers = any(c.name == "supplier" and c.score >= ENOUGH for c in candidates)
    if len(columns) < 2 or not suppliers or not (amount is None or amount in columns):
        return None
    first, last = headers[columns[0]].strip(), headers[columns[-1]].strip()
    message = f"amounts stand in {len(columns)} columns side by side, one for each period ('{first}' to '{last}')"
    return Problem("HF201", f"{message}; set them below one another", column=first)


def _twice(headers: Sequence[str], candidates: Sequence[_Candidate], profiles: Sequence[Profile]) -> Problem | None:
    """Why two tables under one row of headers, which repeats supplier, date and amount, are not read as one."""
    at: dict[str, list[int]] = {}
    for name in ("supplier", "date", "amount"):
        same: dict[str, list[int]] = {}
        for c in candidates:
            if c.name == name and c.score >= ENOUGH and profiles[c.index].filled > 0.2:
                same.setdefault(headers[c.index].strip().lower(), []).append(c.index)
        repeated = [sorted(indices) for header, indices in sorted(same.items()) if header and len(indices) > 1]
        if not repeated:
            return None
        at[name] = repeated[0]
    where = " and ".join(str(i + 1) for i in at["amount"])
    message = f"tables stand side by side: '{headers[at['amount'][0]].strip()}' is in columns {where}"
    return Problem("HF201", f"{message}; set them below one another", column=headers[at["amount"][0]].strip())


def _names_period(header: str) -> bool:
    text = " ".join(_BESIDE_PERIOD.sub(" ", header).split())
    calendar = Calendar()
    return calendar.month(text) is not None or parse_date(text, "day", calendar, serials=False) is not None


_VALUE_REASONS = {
    "date": "no header says so, but its values are dates",
    "supplier": "no header says so, but its values are names of organisations",
    "amount": "no header says so, but its values are sums of money",
    "postcode": "no header says so, but its values are postcodes",
}


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    index: int
    rank: int
    fit: float

    @property
    def score(self) -> float:
        return self.rank / 100 * self.fit


def _candidates(headers: Sequence[str], profiles: Sequence[Profile], words: HeaderWords) -> list[_Candidate]:
    found: list[_Candidate] = []
    coded: list[_Candidate] = []
    for i, h in enumerate(headers):
        for name, rank in words.fields(h) if h.strip() else ():
            if name == "other":
                continue
            # a supplier's "account" that is words is its name; "organisation" may be the one paid
            if name == "supplier_id" and profiles[i].letters > 0.75 and profiles[i].digits < 0.3:
                found.append(_Candidate("supplier", i, rank - 10, fit("supplier", profiles[i])))
                continue
            # and a "code" that is words is what the code stands for
            if name == "category_code" and profiles[i].letters > 0.75 and profiles[i].digits < 0.3:
                found.append(_Candidate("category", i, rank - 10, fit("category", profiles[i])))
                coded.append(_Candidate(name, i, rank, fit(name, profiles[i])))
                continue
            found.append(_Candidate(name, i, rank, fit(name, profiles[i])))
            if name == "body" and profiles[i].distinct > 0.25 and profiles[i].text:
                found.append(_Candidate("supplier", i, 60, fit("supplier", profiles[i])))
    # ... unless another column is surely the category
    at = {c.index for c in coded}
    if any(c.name == "category" and c.index not in at and c.rank >= 75 and c.score >= ENOUGH for c in found):
        found = [*(c for c in found if not (c.name == "category" and c.index in at)), *coded]
    return found


def _by_header(candidates: Sequence[_Candidate]) -> list[tuple[float, int, str, int]]:
    return [(c.score, FIELDS.index(c.name), c.name, c.index) for c in candidates]


def fit(name: str, p: Profile) -> float:
    """How well values suit a field, 0 to 1. A column without values suits none but is no proof either."""
    if p.filled == 0:
        return 0.05
    full = 0.5 + 0.5 * min(1.0, p.filled * 2)
    match name:
        case "amount" | "gross" | "vat" | "irrecoverable_vat" | "credit":
            return full * p.amount if p.amount >= 0.5 and p.date < 0.5 else 0.05 if p.amount < 0.05 else 0.1
        case "date":
            return full * max(p.date, 0.95 * p.serial, 0.85 * p.period)
        case "supplier":
            return full * (1.0 if p.letters > 0.75 else p.letters * 0.7)
        case "postcode":
            return 0.9 if p.postcode > 0.4 else 0.4 if p.distinct < 0.9 and p.length < 12 else 0.1
        case "supplier_id" | "category_code" | "reference":
            return full if p.length < 60 else 0.5
        case "company_number" | "charity_number" | "vat_number":
            return 1.0 if p.length < 25 else 0.2
        case "category" | "department":
            return full * (1.0 if p.letters > 0.5 else 0.5 if p.letters > 0.2 else 0.2)
        case "description" | "town" | "body":
            return full * (1.0 if p.letters > 0.4 else 0.35)
        case "row_type":
            return full if p.distinct < 0.2 and p.letters > 0.5 else 0.1
        case _:
            return full


@dataclass(frozen=True)
class _AmountChoice:
    positions: dict[str, int]
    reasons: dict[str, str]
    vat_basis: str
    problems: list[Problem]


def _choose_amount(
    headers: Sequence[str],
    candidates: Sequence[_Candidate],
    samples: Sequence[Sequence[str]],
    profiles: Sequence[Profile],
) -> _AmountChoice:
    """The amount net of VAT, told apart from gross and VAT by wording and, where they are there, by arithmetic."""
    usable = [c for c in candidates if c.name in MONEY and c.score >= ENOUGH]
    named = {c.index for c in candidates}
    unnamed = [i for i in range(len(headers)) if i not in named and _could_be_money(profiles[i])]
    amounts = _paid_first([c for c in usable if c.name == "amount"], headers)
    told = {c.index: "net" if c.name == "amount" and c.rank == 100 else c.name for c in usable}
    triple = _net_vat_gross(sorted({c.index for c in usable} | set(unnamed)), samples, told)
    speaks_of_vat = any(c.name in ("gross", "vat") or c.rank == 100 for c in usable if c.index in (triple or ()))
    if triple and not (speaks_of_vat or _taxed_at_a_rate(triple, samples)):
        triple = None  # a budget, what is paid of it and the rest add up too
    if triple and not (amounts and amounts[0].rank == 100 and amounts[0].index not in triple):
        return _by_arithmetic(triple, headers, amounts)
    gross = sorted((c for c in usable if c.name == "gross"), key=lambda c: (-c.score, c.index))
    chosen = next(iter([*amounts, *gross, *_surely_named(candidates, profiles)]), None)
    if chosen is None:
        return _AmountChoice({}, {}, "as published", [])
    header = headers[chosen.index].strip()
    vat = next((c for c in usable if c.name == "vat"), None)
    if chosen.name == "gross" and vat:
        reasons = {"amount": f"header '{header}', less the VAT", "vat": f"header '{headers[vat.index].strip()}'"}
        return _AmountChoice({"amount": chosen.index, "vat": vat.index}, reasons, "gross less VAT", [])
    basis = "gross" if chosen.name == "gross" else "net" if _says_net(header) else "as published"
    problems = _rivals(chosen, amounts, headers, samples)
    positions, reasons = {"amount": chosen.index}, {"amount": f"header '{header}'"}
    credit = next((c for c in usable if c.name == "credit"), None)
    if (credit and "debit" in header.lower()) or (credit and header.lower() == "dr"):
        positions["credit"] = credit.index
        reasons["credit"] = f"header '{headers[credit.index].strip()}', taken off the debits"
    return _AmountChoice(positions, reasons, basis, problems)


_PAID = re.compile(r"(?i)\b(?:paid|pay|payments?|actuals?|cleared|zahl\w*|gezahlt)\b|zahlbetrag")
_NOT_YET = re.compile(r"(?i)\b(?:invoiced?|inv|contract|order|ordered|po|budget|commitment|committed|rechnungs\w*)\b")


def _paid_first(amounts: Sequence[_Candidate], headers: Sequence[str]) -> list[_Candidate]:
    """The candidates, the likeliest first: what was paid before what was invoiced, ordered or agreed."""

    def late(c: _Candidate) -> bool:
        return bool(_NOT_YET.search(headers[c.index])) and not _PAID.search(headers[c.index])

    paid = any(_PAID.search(headers[c.index]) and not _NOT_YET.search(headers[c.index]) for c in amounts)
    return sorted(amounts, key=lambda c: (paid and late(c), -c.score, c.index))


def _surely_named(candidates: Sequence[_Candidate], profiles: Sequence[Profile]) -> list[_Candidate]:
    """Columns whose header leaves no doubt although their values cannot be read: each will be set aside and shown."""
    named = [c for c in candidates if c.name == "amount" and c.rank >= 90 and profiles[c.index].filled > 0]
    return sorted((c for c in named if profiles[c.index].date < 0.5), key=lambda c: (-c.rank, c.index))


#: Rates of VAT and sales tax that countries charge or charged.
_RATES = tuple(Decimal(r) / 1000 for r in (40, 50, 55, 60, 80, 100, 125, 135, 150, 175, 190, 200, 210, 220, 230, 250))


def _taxed_at_a_rate(triple: tuple[int, int, int], samples: Sequence[Sequence[str]]) -> bool:
    """Whether the smaller part is one of the rates at which goods are taxed, on most rows that have it."""
    pairs = zip(_numbers(samples[triple[0]]), _numbers(samples[triple[1]]), strict=True)
    rates = [v / n for n, v in pairs if n and v]
    near = [r for r in rates if any(abs(r - known) < Decimal("0.002") for known in _RATES)]
    return len(rates) >= 2 and len(near) >= 0.6 * len(rates)


def _could_be_money(p: Profile) -> bool:
    return p.amount > 0.8 and p.decimal > 0.2 and p.date < 0.2


def _by_arithmetic(
    triple: tuple[int, int, int], headers: Sequence[str], amounts: Sequence[_Candidate]
) -> _AmountChoice:
    net, vat, gross = triple
    named = headers[net].strip() or f"column {net + 1}"
    sums = f"column {net + 1} + column {vat + 1} = column {gross + 1} on each row"
    reasons = {"amount": f"header '{headers[net].strip()}' and {sums}", "vat": sums, "gross": sums}
    plain = any(c.index == net and c.rank == 100 for c in amounts)
    message = f"'{named}' was taken for the amount net of VAT: with the VAT it adds up to the gross"
    problems = [] if plain else [Problem("HF205", message, column=named)]
    return _AmountChoice({"amount": net, "vat": vat, "gross": gross}, reasons, "net", problems)


def _says_net(header: str) -> bool:
    low = header.lower()
    return "net" in low or ("vat" in low and any(w in low for w in ("ex", "less", "net", "without")))


def _rivals(
    chosen: _Candidate, amounts: Sequence[_Candidate], headers: Sequence[str], samples: Sequence[Sequence[str]]
) -> list[Problem]:
    """A warning for each other column that is as likely the amount and holds other numbers."""
    found = []
    used = headers[chosen.index].strip()
    for c in amounts:
        if (
            c.index != chosen.index
            and c.score > chosen.score - 0.06
            and list(samples[c.index]) != list(samples[chosen.index])
        ):
            found.append(
                Problem(
                    "HF204",
                    f"'{headers[c.index].strip()}' could be the amount as well as '{used}', which was used",
                    column=headers[c.index].strip(),
                )
            )
    return found


def _net_vat_gross(
    numeric: Sequence[int], samples: Sequence[Sequence[str]], told: Mapping[int, str]
) -> tuple[int, int, int] | None:
    """Three columns of which two add up to the third on nearly every row: (net, VAT, gross), VAT the smaller part.

    ``told``: what the headers say of columns. Where there is next to no VAT several ways add up, and they decide.
    """
    if len(numeric) < 3 or len(numeric) > 8:
        return None
    parsed = {i: _numbers(samples[i]) for i in numeric}

    def said(triple: tuple[int, int, int]) -> int:
        return sum(told.get(i) == name for i, name in zip(triple, ("net", "vat", "gross"), strict=True))

    return max(_adding_up(numeric, parsed), key=said, default=None)


def _numbers(values: Sequence[str]) -> list[Decimal | None]:
    """The numbers of a column, with the mark before the pence that its own values show."""
    import pyarrow as pa

    mark = amount_style(pa.array(values, pa.string())).mark
    return [parse_amount(v, mark) for v in values]


def _adding_up(
    numeric: Sequence[int], parsed: Mapping[int, Sequence[Decimal | None]]
) -> Iterator[tuple[int, int, int]]:
    for gross in numeric:
        for a in numeric:
            for b in numeric:
                if len({gross, a, b}) == 3 and _adds_up(parsed[a], parsed[b], parsed[gross]):
                    net, vat = (a, b) if _size(parsed[a]) >= _size(parsed[b]) else (b, a)
                    yield net, vat, gross


def _adds_up(a: Sequence[Decimal | None], b: Sequence[Decimal | None], total: Sequence[Decimal | None]) -> bool:
    zero = Decimal(0)
    rows = [(x, y or zero, t) for x, y, t in zip(a, b, total, strict=True) if x is not None and t is not None]
    taxed = [r for r in rows if r[1]]
    if len(rows) < 2 or not taxed:
        return False
    right = sum(1 for x, y, t in rows if abs(x + y - t) <= Decimal("0.02"))
    return right >= 0.95 * len(rows) and sum(1 for x, y, t in taxed if abs(x + y - t) <= Decimal("0.02")) >= 0.9 * len(
        taxed
    )


def _size(values: Sequence[Decimal | None]) -> Decimal:
    return sum((abs(v) for v in values if v is not None), Decimal(0))


def _by_values(
    name: str, headers: Sequence[str], profiles: Sequence[Profile], taken: set[int], words: HeaderWords
) -> int | None:
    """The one free column whose values say what it is; ``None`` where none or several do.

    A header that is known to mean something else rules its column out; one that means nothing does not.
    """
    headerless = not any(h.strip() for h in headers)
    free = [i for i, h in enumerate(headers) if i not in taken and not _means_otherwise(h, name, words)]
    named = [i for i in free if headers[i].strip()]
    full = [i for i in free if profiles[i].filled > 0.5]
    match name:
        case "date":
            days = [i for i in full if profiles[i].date > 0.8]
            return _single(days) if days else _single([i for i in full if profiles[i].period > 0.9 and i in named])
        case "amount":
            return _single([i for i in full if profiles[i].amount > 0.9 and profiles[i].decimal > 0.35])
        case "postcode":
            # five figures may be anything; letters and figures in a postcode's order may not
            return _single([i for i in free if profiles[i].postcode > 0.8 and profiles[i].letters > 0.5])
        case _:
            texts = sorted(((profiles[i].organisation, i) for i in full if profiles[i].text), reverse=True)
            if not texts or texts[0][0] < (0.25 if headerless else 0.35):
                return None
            return texts[0][1] if len(texts) == 1 or texts[0][0] > 1.3 * texts[1][0] else None


_NEVER = ("other", "vat", "irrecoverable_vat", "credit")


def _means_otherwise(header: str, name: str, words: HeaderWords) -> bool:
    """Whether a header says for certain that its column is not this field."""
    named = words.fields(header) if header.strip() else ()
    if any(n in _NEVER for n, _ in named):
        return True
    # an amount is never taken from a column of codes or references, nor a supplier from a body or department
    apart = {"amount": ("supplier_id", "reference", "category_code", "postcode"), "supplier": ("body", "department")}
    return any(n in apart.get(name, ()) for n, _ in named)


def _single(indices: Sequence[int]) -> int | None:
    return indices[0] if len(indices) == 1 else None


def _refine(
    positions: dict[str, int],
    reasons: dict[str, str],
    headers: Sequence[str],
    profiles: Sequence[Profile],
    taken: set[int],
    words: HeaderWords,
) -> None:
    """A second column headed like the supplier that holds numbers is the supplier's id, where no other is."""
    supplier = positions.get("supplier")
    if supplier is None or "supplier_id" in positions:
        return
    for i, h in enumerate(headers):
        same = h.strip() and any(n == "supplier" and rank >= 75 for n, rank in words.fields(h))
        if i != supplier and i not in taken and same and profiles[i].integer > 0.6:
            positions["supplier_id"] = i
            reasons["supplier_id"] = f"header '{h.strip()}' over numbers, beside the supplier's name"
            taken.add(i)
            return

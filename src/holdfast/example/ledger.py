"""What was really paid: the truth from which the messy files are written and against which a run can be checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from holdfast.example.anchors import ANCHORS, AnchorPlan
from holdfast.example.dice import Dice
from holdfast.example.firms import Firm, Firms
from holdfast.example.names import SURNAMES, TRADES

FIRST_YEAR, YEARS = 2019, 6
PURCHASES = "third-party purchases"
#: The year of the one-off capital scheme: the share falls though no less is bought locally.
SCHEME_YEAR = 2023
#: One anchor has no figures for one month.
MISSING = ("police", date(2020, 10, 1))

_TRADE = {t.key: t for t in TRADES}


@dataclass(frozen=True, slots=True)
class Payment:
    """One true payment. ``pence`` is net of VAT. ``kind`` as in the payments contract; ``scope`` as in the facts."""

    anchor: str
    day: date
    firm: Firm
    category: str
    department: str
    pence: int
    vat: int
    reference: int
    kind: str = "payment"
    scope: str = PURCHASES

    @property
    def year(self) -> int:
        """The calendar year in which the fiscal year begins."""
        return self.day.year if self.day.month >= 4 else self.day.year - 1


def undated(payment: Payment) -> bool:
    """Whether the anchor's file gives a day that does not exist."""
    return payment.anchor == "university" and payment.reference % 977 == 0


def _steps() -> tuple[int, ...]:
    """Payment sizes in pence, each three and a half per cent above the one before: £260 to about £50,000."""
    sizes = [26_000]
    while len(sizes) < 152:
        sizes.append(sizes[-1] * 1035 // 1000)
    return tuple(sizes)


_SIZES = _steps()

REDACTED = Firm("", "REDACTED PERSONAL DATA", "not disclosed", 0, None, listed=False)
INDIVIDUAL = Firm("", "Individual", "person", 0, None, listed=False)
STAFF = Firm("", "Net pay control account", "internal", 0, None, listed=False)
WITHIN = Firm("", "Internal transfer", "internal", 0, None, listed=False)
PEOPLE = tuple(
    Firm("", f"{title} {initial} {name}", "person", 0, None, listed=False)
    for title, initial, name in zip(("Mr", "Mrs", "Ms", "Miss", "Mr", "Ms"), "JAEODK", SURNAMES, strict=False)
)


class Bookkeeper:
    """Writes one anchor's payments month by month. Whom a buyer turns to depends on trade, year and luck."""

    def __init__(self, seed: int, plan: AnchorPlan, firms: Firms) -> None:
        self.plan, self.firms = plan, firms
        self.dice = Dice(seed, f"ledger {plan.id}")
        self._reference = 100_000 * (1 + [a.id for a in ANCHORS].index(plan.id))

    def month(self, year: int, number: int) -> list[Payment]:
        """The payments of fiscal month ``number`` (0 is April), in the order of their day."""
        first = date(year + (number >= 9), (number + 3) % 12 + 1, 1)
        made = [p for _ in range(self.plan.monthly) for p in self._purchase(first, year - FIRST_YEAR)]
        made += self._set_apart(first)
        if year == SCHEME_YEAR and self.plan.id in ("county", "hospital"):
            pence = 64_000_000 + self.dice.below(9_000_000)
            made.append(self._entry(first, self.firms.named["scheme"], "Construction works", pence, vat=1))
        return sorted(made, key=lambda p: (p.day, p.reference))

    def _entry(
        self,
        first: date,
        firm: Firm,
        category: str,
        pence: int,
        *,
        vat: int = 0,
        kind: str = "",
        scope: str = PURCHASES,
    ) -> Payment:
        self._reference += 1 + self.dice.below(3)
        return Payment(
            self.plan.id,
            first.replace(day=1 + self.dice.below(28)),
            firm,
            category,
            self.dice.pick(self.plan.departments),
            pence,
            vat * (pence // 5),
            self._reference,
            kind or ("credit" if pence < 0 else "payment"),
            scope,
        )

    def _purchase(self, first: date, age: int) -> list[Payment]:
        """A payment; now and then a credit note, a card purchase, a commitment, or a payment taken back."""
        trade = _TRADE[self.plan.trades[self.dice.weighted(self.plan.weights)]]
        category, fate = self.dice.pick(trade.categories), self.dice.below(1000)
        size = _SIZES[self.dice.below(len(_SIZES))]
        pence = size * trade.scale * self.plan.scale // 10_000 + self.dice.below(997)
        vat = int(self.dice.chance(650))
        if fate < 12 and trade.key == "care":
            return [self._entry(first, REDACTED, category, pence, kind="redacted")]
        firm = self._supplier(trade.key, age)
        if fate < 32:
            return [self._entry(first, firm, category, -(pence // 9), vat=vat)]
        if fate < 62 and self.plan.id in ("city", "police"):
            return [self._entry(first, firm, category, 900 + pence // 60, vat=vat, kind="card")]
        if fate < 70 and self.plan.id == "city":
            return [self._entry(first, firm, category, pence * 30, kind="commitment")]
        paid = self._entry(first, firm, category, pence, vat=vat)
        if fate >= 994:
            back = Payment(
                *(paid.anchor, paid.day, paid.firm, paid.category, paid.department),
                *(-paid.pence, -paid.vat, paid.reference + 1, "credit"),
            )
            self._reference += 1
            return [paid, back]
        return [paid]

    def _supplier(self, trade: str, age: int) -> Firm:
        """Which firm gets the order in the ``age``-th year."""
        named = self._named(trade, age)
        if named:
            return named
        city, county, region, away = _TRADE[trade].bands
        moved = min(_TRADE[trade].shift * age, away * 2 // 3)
        band = self.dice.weighted(
            (city + moved * 2 // 3, county + moved // 3, region, away - moved * 2 // 3 - moved // 3)
        )
        hidden = self.firms.hidden.get((trade, band))
        if hidden and self.plan.evidence == "none" and self.dice.chance(280):
            return hidden[0]
        pool = self.firms.pools[trade, band]
        return pool[self.dice.low(len(pool))]

    def _named(self, trade: str, age: int) -> Firm | None:
        """The co-operatives grow year by year; charities win some contracts; the national firm is everywhere."""
        if trade == "laundry":
            if self.dice.chance((0, 80, 240, 420, 600, 720)[age]):
                return self.firms.named["laundry co-op"]
            return self.firms.named["old laundry"] if self.dice.chance(700) else None
        if trade == "catering" and self.dice.chance((0, 0, 90, 180, 260, 340)[age]):
            return self.firms.named["kitchen co-op"]
        if trade == "care" and self.dice.chance((10, 15, 20, 30, 45, 60)[age]):
            return self.firms.named["care co-op"]
        charity = {"care": ("trust c", 40), "training": ("trust b", 150), "advice": ("trust a", 60)}.get(trade)
        if charity and self.dice.chance(charity[1]):
            return self.firms.named[charity[0]]
        share = {"cleaning": (420, 400, 370, 330, 300, 250)[age], "security": 260, "building": 60}.get(trade, 0)
        return self.firms.named["national"] if self.dice.chance(share) else None

    def _set_apart(self, first: date) -> list[Payment]:
        """Money that no change in buying could move: pay, pensions, tax, precepts, loans, benefits, grants."""
        made, named = [], self.firms.named
        size = self.plan.scale * self.plan.monthly

        def add(firm: Firm, category: str, pence: int, scope: str, kind: str = "payment") -> None:
            jitter = self.dice.below(pence // 40 + 1)
            made.append(self._entry(first, firm, category, pence + jitter, kind=kind, scope=scope))

        if self.plan.id in ("city", "county", "hospital", "college"):
            add(STAFF, "Salaries and wages", size * 11_000, "payroll", "payroll")
            add(named["tax"], "Income tax and national insurance", size * 2_500, "tax")
        add(named["pension"], "Employer pension contributions", size * 1_900, "pensions")
        if self.plan.id == "city":
            add(named["county"], "Council tax precept", 160_000_000, "precepts")
            add(named["police"], "Council tax precept", 31_000_000, "precepts")
            add(INDIVIDUAL, "Housing benefit", 84_000_000, "benefits", "personal")
            add(WITHIN, "Internal recharge", 1_900_000, "within the body", "internal")
        if self.plan.id in ("city", "county", "homes") and first.month in (6, 9, 12, 3):
            add(named["loans"], "Loan repayment", size * 4_000, "treasury and loans")
        if self.plan.id in ("city", "county"):
            trust = named[self.dice.pick(("trust a", "trust b", "trust c"))]
            add(trust, "Grants to voluntary organisations", 2_400_000, "grants")
        if self.plan.id == "county":
            for person in (INDIVIDUAL, self.dice.pick(PEOPLE)):
                add(person, "Payments to individuals", 180_000, "payments to persons", "personal")
            add(named["skerrow"], "Contribution to joint services", 4_100_000, "transfers between public bodies")
        if self.plan.id == "hospital":
            add(named["ambulance"], "Partnership contribution", 21_000_000, "transfers between public bodies")
        return made


def ledger(seed: int, firms: Firms) -> dict[str, list[list[Payment]]]:
    """Per anchor the payments of each of the seventy-two months (an empty list for the missing month)."""
    books: dict[str, list[list[Payment]]] = {}
    for plan in ANCHORS:
        keeper = Bookkeeper(seed, plan, firms)
        months = [keeper.month(FIRST_YEAR + m // 12, m % 12) for m in range(12 * YEARS)]
        if plan.id == MISSING[0]:
            at = (MISSING[1].year - FIRST_YEAR) * 12 + MISSING[1].month - 4
            months[at] = []
        books[plan.id] = months
    return books

"""Fictional results for the tests of the report: a made-up place with every awkward thing in it, worked out by hand.

``make_results()`` gives seven anchors, six years and two rings; its options take things away to reach the empty states.
The arithmetic here is plain Python on purpose: it shares nothing with :mod:`holdfast.measures`.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from holdfast.core.figures import Anchor, Cell, Column, Definition, Figure, InputFile, Results, ResultTable, Source
from holdfast.core.money import ratio
from holdfast.core.problem import Problem
from holdfast.report import AskRequest, AskRow, AskSupplier, Need

RINGS = ("Rivermouth", "Severnshire and the Vale")
YEARS = ("2018/19", "2019/20", "2020/21", "2021/22", "2022/23", "2023/24")
ANCHORS = (
    ("council", "Rivermouth City Council", "council", 210),
    ("county", "Severnshire County Council", "council", 150),
    ("hospital", "Rivermouth and Vale Hospitals NHS Foundation Trust", "health", 180),
    ("university", "University of Rivermouth", "university", 70),
    ("college", "Harbour Further Education College", "college", 14),
    ("homes", "Tidewater Community Housing Association", "housing", 46),
    ("police", "Office of the Police and Crime Commissioner for Severnshire", "police", 38),
)
CATEGORIES = (
    "Social care", "Construction", "Agency staff", "Energy", "Information technology", "Facilities and cleaning",
    "Food and catering", "Transport", "Medicines and medical supplies", "Professional services", "Waste", "Training",
    "Highways", "Printing", "Furniture", "Legal services", "Insurance", "Telecoms", "Laboratory equipment",
    "Grounds maintenance", "Security", "Books and journals", "Postage", "Uniforms", "Vehicle hire",
    "Veterinary services", "Archives",
)  # fmt: skip
NASTY = (
    '<script>alert("paid")</script> Ltd',
    "=CMD|'/C calc'!A0",
    "\x1b[31mRED ALERT\x1b[0m Plumbing & Heating",
    "Société Générale d’Énergie Côtière",
    "The Quite Extraordinarily Long-Named Consortium of Independent Care Homes, Day Centres and Supported Living "
    "Providers of Severnshire (Trading) Limited",
    "O'Brien, {{ 7*7 }} & Sons",
    "@Home Care",
    "Łódź–Rivermouth Freight]]> GmbH",
)
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Supplier:
    name: str
    kind: str
    ownership: str
    size: str
    ring: int | None
    deprived: bool | None
    category: str


@dataclass(frozen=True)
class Line:
    anchor: str
    year: str
    supplier: Supplier
    amount: Decimal


def _suppliers(rng: random.Random, rings: int) -> list[Supplier]:
    first = ["Harbour", "Tideway", "Saltmarsh", "Heron", "Beacon", "Kelp", "Quay", "Lantern", "Orchard", "Marram"]
    second = ["Care", "Build", "Energy", "Systems", "Foods", "Transport", "Medical", "Legal", "Print", "Homes"]
    names = [*NASTY, *(f"{rng.choice(first)} {rng.choice(second)} {n}" for n in range(1, 113))]
    made = []
    for n, name in enumerate(names):
        ring = rng.choice([0] * 5 + [min(1, rings - 1)] * 4 + [rings] * 8 + [None] * 3)
        kind, own = rng.choice(
            [("company", "private")] * 12
            + [("co-operative", "co-operative"), ("charity", "social enterprise or charity")] * 2
            + [("public body", "public"), ("unknown", "unknown")]
        )
        size = rng.choice(["micro", "small", "small", "medium", "large", "large", "unknown"])
        category = CATEGORIES[n % len(CATEGORIES)] if n % 17 else "Not stated"
        made.append(Supplier(name, kind, own, size, ring, None if ring is None else rng.random() < 0.17, category))
    made.append(Supplier("Ann Example", "person", "private", "unknown", None, None, "Social care"))
    made.append(Supplier("REDACTED", "not disclosed", "unknown", "unknown", None, None, "Not stated"))
    return made


def _lines(rng: random.Random, anchors: Sequence[tuple[str, str, str, int]], years: Sequence[str], rings: int):
    suppliers = _suppliers(rng, rings)
    for anchor, _, _, size in anchors:
        mine = rng.sample(suppliers, min(len(suppliers), 70))
        for step, year in enumerate(years):
            months = 9 if len(years) > 1 and step == len(years) - 1 else 12
            for s in mine:
                growth = 100 + (step * 9 if s.ring == 0 else step)
                pence = int(size * 900_000 * rng.paretovariate(1.7) / 40) * growth * months // 1200
                sign = -1 if s.category == "Archives" else 1
                yield Line(anchor, year, s, Decimal(sign * pence) / 100)


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((x.amount for x in lines), ZERO)


def _group(lines: Iterable[Line], key: Callable[[Line], str]) -> dict[str, list[Line]]:
    out: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        out[key(line)].append(line)
    return dict(out)


@dataclass(frozen=True)
class Share:
    total: Decimal
    local: Decimal
    share: Decimal | None
    low: Decimal | None
    high: Decimal | None
    coverage: Decimal | None


def _share(lines: Sequence[Line], inside: Callable[[Supplier], bool | None]) -> Share:
    """Known shares over the known money; low and high over all of it, were the unknown all out or all in."""
    total = _sum(lines)
    yes = _sum(x for x in lines if inside(x.supplier) is True)
    unknown = _sum(x for x in lines if inside(x.supplier) is None)
    known = total - unknown
    low, high = ratio(yes, total), ratio(yes + unknown, total)
    return Share(total, yes, ratio(yes, known), low, high, ratio(known, total))


def _table(id: str, title: str, columns: str, rows: Iterable[Sequence[Cell]], note: str = "") -> ResultTable:
    made = [Column(*[*c.split(":"), "text"][:3]) for c in columns.split("|")]
    return ResultTable(id, title, tuple(made), tuple(tuple(r) for r in rows), note)


class Builder:
    """Works the tables out from the lines."""

    def __init__(self, anchors: int, years: int, rings: Sequence[str], currency: str, placed: bool) -> None:
        self.rings = tuple(rings)
        self.anchors = ANCHORS[:anchors]
        self.years = YEARS[len(YEARS) - years :] if years else ()
        self.currency = currency
        rng = random.Random(20)
        lines = list(_lines(rng, self.anchors, self.years or ("",), len(self.rings)))
        if not placed:
            lines = [
                Line(x.anchor, x.year, Supplier(**{**x.supplier.__dict__, "ring": None, "deprived": None}), x.amount)
                for x in lines
            ]
        self.lines = lines
        self.total = _sum(lines)
        self.complete = {y: not (len(self.years) > 1 and y == self.years[-1]) for y in self.years}

    def definition(self, area: str = "", **kw: str) -> Definition:
        period = f"{self.years[0]} to {self.years[-1]}" if len(self.years) > 1 else (self.years or ("",))[0]
        return Definition(
            area or (self.rings[0] if self.rings else ""), period, tuple(a[1] for a in self.anchors), **kw
        )

    def states(self) -> list[str]:
        return [*self.rings, "Elsewhere", "Not known"]

    def state(self, s: Supplier) -> str:
        return "Not known" if s.ring is None else self.states()[s.ring]

    def inside(self, ring: int) -> Callable[[Supplier], bool | None]:
        return lambda s: None if s.ring is None else s.ring <= ring

    def figures(self) -> list[Figure]:
        out = [
            Figure("total", "total", "Analysed total", "money", self.total, self.definition(), numerator=self.total),
            self._figure("coverage", "Money that could be placed", lambda s: s.ring is not None, ""),
        ]
        for n, ring in enumerate(self.rings):
            out.append(
                self._figure(f"local-share.{slug(ring)}.all.based.pooled", f"Local share, {ring}", self.inside(n), ring)
            )
            out.append(self._figure(f"leakage.{slug(ring)}", f"Leakage from {ring}", self.outside(n), ring, "fewer"))
        sme = lambda s: None if s.size == "unknown" else s.size != "large"  # noqa: E731
        own = lambda *o: lambda s: None if s.ownership == "unknown" else s.ownership in o  # noqa: E731
        out += [
            self._figure("sme-share", "Small and medium-sized firms", sme, ""),
            self._figure("coop-share", "Co-operatives", own("co-operative"), ""),
            self._figure("vcse-share", "Social enterprises and charities", own("social enterprise or charity"), ""),
            self._figure("deprived-share", "Most deprived tenth", lambda s: s.deprived, ""),
        ]
        return out + self._change_figures()

    def outside(self, ring: int) -> Callable[[Supplier], bool | None]:
        return lambda s: None if s.ring is None else s.ring > ring

    def _figure(
        self, id: str, label: str, inside: Callable[[Supplier], bool | None], ring: str, higher: str = "more stays"
    ) -> Figure:
        s = _share(self.lines, inside)
        return Figure(
            id, id.split(".")[0].replace("-", " "), label, "share", s.share, self.definition(ring), s.low, s.high,
            s.local, s.total, s.coverage, higher, where={"scope": ["third-party purchases"]},
            counted={"ring": [0, None]},
        )  # fmt: skip

    def _change_figures(self) -> list[Figure]:
        out = []
        for row in self.change().records():
            id = f"change.{slug(str(row['ring']))}.{row['from_year']}.{row['to_year']}.points"
            out.append(
                Figure(
                    id, "change", f"Change, {row['ring']}", "points", row["share_points"], self.definition(row["ring"])
                )
            )
        return out

    def by_year_shares(self, ring: int) -> dict[str, Share]:
        by = _group(self.lines, lambda x: x.year)
        return {y: _share(by[y], self.inside(ring)) for y in self.years}

    def change(self) -> ResultTable:
        rows: list[list[Cell]] = []
        whole = [y for y in self.years if self.complete[y]]
        for n, ring in enumerate(self.rings):
            by = self.by_year_shares(n)
            pairs = [*pairwise(whole), (whole[0], whole[-1])] if len(whole) > 2 else list(pairwise(whole))
            for a, b in pairs:
                p0, p1, t0, t1 = by[a].share, by[b].share, by[a].total, by[b].total
                if p0 is None or p1 is None:
                    continue
                parts = [((p1 - p0) * t0), (p0 * (t1 - t0)), ((p1 - p0) * (t1 - t0))]
                cents = [p.quantize(Decimal("0.01")) for p in parts]
                real = (p1 * t1 - p0 * t0 * Decimal("1.114")).quantize(Decimal("0.01"))
                rows.append(
                    [
                        ring,
                        a,
                        b,
                        p1 - p0,
                        sum(cents, ZERO),
                        *cents,
                        real,
                        "2023/24 prices (GDP deflator, unverified)",
                        "all",
                        "",
                    ]
                )
        return _table(
            "change", "Change between years",
            "ring:Ring|from_year:From|to_year:To|share_points:Share:points|money_change:Money:money|"
            "from_share:From the share:money|from_volume:From the volume:money|from_both:From both:money|"
            "real_money_change:Money in real terms:money|deflator:Prices|panel:Anchors|note:Note", rows,
        )  # fmt: skip

    def tables(self) -> list[ResultTable]:
        return [
            self.bridge(), self.coverage(), self.where(), self.local_share(), self.by_anchor(), self.by_category(),
            self.matrix(), self.flows(), self.flows_by_area(), self.by_year(), self.change(), self.top(), self.shared(),
            self.attribute("ownership", lambda s: s.ownership), self.attribute("size", lambda s: s.size),
            self.deprivation(), self.concentration(), self.gaps(), self.published(),
        ]  # fmt: skip

    def bridge(self) -> ResultTable:
        steps = [
            ("commitments", "Commitments, not payments", "4210000.00", 318),
            ("duplicates", "The same file or month twice", "2875110.42", 2210),
            ("payroll", "payroll", "61234567.89", 1302),
            ("tax", "tax", "18220000.11", 220),
            ("transfers", "transfers between public bodies", "44100200.00", 811),
            ("refunds", "benefits", "-812000.00", 40),
        ]
        left = sum((Decimal(a) for _, _, a, _ in steps), ZERO)
        rows: list[list[Cell]] = [["total", "All payment files", self.total + left, 41230, "total", ""]]
        rows += [[k, label, -Decimal(a), n, "left out", "Set apart by rule"] for k, label, a, n in steps]
        rows.append(["analysed", "Third-party purchases", self.total, 36329, "analysed", ""])
        return _table(
            "bridge", "From the files' total to the analysed total",
            "step:Step|label:What|amount:Amount:money|payments:Payments:count|kind:Kind|note:Note", rows,
        )  # fmt: skip

    def coverage(self) -> ResultTable:
        known = [x for x in self.lines if x.supplier.ring is not None]
        post = _sum(x for x in known if len(x.supplier.name) % 3)
        reg = _sum(known) - post
        rows = [
            ["creditor list", post, ratio(post, self.total), 61],
            ["register", reg, ratio(reg, self.total), 32],
            ["none", self.total - post - reg, ratio(self.total - post - reg, self.total), 29],
        ]
        return _table(
            "coverage", "How suppliers were placed",
            "placed_by:Placed by|amount:Amount:money|share:Share:share|suppliers:Suppliers:count", rows,
        )  # fmt: skip

    def where(self) -> ResultTable:
        rows = []
        by = _group(self.lines, lambda x: self.state(x.supplier))
        unknown = _sum(by.get("Not known", []))
        for state in self.states():
            amount = _sum(by.get(state, []))
            known = state != "Not known"
            low = ratio(amount, self.total) if known else None
            high = ratio(amount + unknown, self.total) if known else None
            rows.append([state, amount, ratio(amount, self.total), low, high])
        return _table(
            "where", "Where the money goes",
            "state:Where|amount:Amount:money|share:Share:share|low:Low:share|high:High:share", rows,
        )  # fmt: skip

    def local_share(self) -> ResultTable:
        rows: list[list[Cell]] = []
        for n, ring in enumerate(self.rings):
            s = _share(self.lines, self.inside(n))
            for suppliers in ("all", "top 300"):
                for basis in ("based", "based or branched"):
                    bump = Decimal("0.021") if basis != "based" and s.share is not None else ZERO
                    share = None if s.share is None else s.share + bump
                    rows.append([ring, basis, suppliers, "pooled", share, s.low, s.high, s.coverage, s.local, s.total])
            each = [_share(v, self.inside(n)).share for v in _group(self.lines, lambda x: x.anchor).values()]
            known = [e for e in each if e is not None]
            mean = (sum(known, ZERO) / len(known)).quantize(Decimal("0.000001")) if known else None
            rows.append([ring, "based", "all", "mean of anchors", mean, s.low, s.high, s.coverage, None, s.total])
        return _table(
            "local_share", "Local share by ring and definition",
            "ring:Ring|basis:Basis|suppliers:Suppliers|pooling:Pooling|share:Share:share|low:Low:share|high:High:share|"
            "coverage:Coverage:share|local_amount:Local:money|total:Total:money", rows,
        )  # fmt: skip

    def by_anchor(self) -> ResultTable:
        rows = []
        by = _group(self.lines, lambda x: x.anchor)
        for id, name, *_ in self.anchors:
            for n, ring in enumerate(self.rings):
                s = _share(by[id], self.inside(n))
                rows.append([id, name, ring, s.total, s.share, s.low, s.high, s.coverage, s.local])
        return _table(
            "by_anchor", "By anchor",
            "anchor:Anchor|name:Name|ring:Ring|total:Total:money|share:Share:share|low:Low:share|high:High:share|"
            "coverage:Coverage:share|local_amount:Local:money", rows,
        )  # fmt: skip

    def ranked_categories(self) -> list[tuple[str, list[Line]]]:
        by = _group(self.lines, lambda x: x.supplier.category)
        blank = by.pop("Not stated", [])
        ranked = sorted(by.items(), key=lambda kv: (-_sum(kv[1]), kv[0]))
        top, rest = ranked[:25], ranked[25:]
        if rest:
            top.append((f"Other ({len(rest)})", [x for _, v in rest for x in v]))
        return [*top, ("Not stated", blank)] if blank else top

    def by_category(self) -> ResultTable:
        rows = []
        for name, lines in self.ranked_categories():
            for n, ring in enumerate(self.rings):
                s = _share(lines, self.inside(n))
                leaving = _sum(x for x in lines if self.outside(n)(x.supplier))
                rows.append([name, ring, s.total, s.share, s.low, s.high, s.coverage, leaving])
        return _table(
            "by_category", "By category",
            "category:Category|ring:Ring|total:Total:money|share:Share:share|low:Low:share|high:High:share|"
            "coverage:Coverage:share|leaving:Leaving:money", rows,
        )  # fmt: skip

    def matrix(self) -> ResultTable:
        rows = []
        if self.rings:
            last = len(self.rings) - 1
            for id, name, *_ in self.anchors:
                by = _group((x for x in self.lines if x.anchor == id), lambda x: x.supplier.category)
                for category, _ in self.ranked_categories()[:12]:
                    if category in by:
                        s = _share(by[category], self.inside(last))
                        rows.append([name, category, s.total, s.share, s.low, s.high])
        return _table(
            "anchor_category", "Anchor by category",
            "anchor:Anchor|category:Category|total:Total:money|share:Share:share|low:Low:share|high:High:share", rows,
        )  # fmt: skip

    def flows(self) -> ResultTable:
        rows = []
        kinds = {"Elsewhere": "elsewhere", "Not known": "not known"}
        by = _group(self.lines, lambda x: x.anchor)
        for id, name, *_ in self.anchors:
            to = _group(by[id], lambda x: self.state(x.supplier))
            rows += [[name, s, kinds.get(s, "ring"), _sum(to.get(s, []))] for s in self.states()]
        return _table("flows", "Flows", "anchor:Anchor|to:To|to_kind:Kind|amount:Amount:money", rows)

    def flows_by_area(self) -> ResultTable:
        rows = [
            ["Rivermouth", s, _sum(v)] for s, v in sorted(_group(self.lines, lambda x: self.state(x.supplier)).items())
        ]
        return _table(
            "flows_by_area", "Flows between areas", "anchor_area:From|supplier_area:To|amount:Amount:money", rows
        )

    def by_year(self) -> ResultTable:
        rows = []
        for n, ring in enumerate(self.rings):
            for year, s in self.by_year_shares(n).items():
                done = self.complete[year]
                rows.append([year, ring, s.total, s.share, s.low, s.high, s.coverage, 12 if done else 9, done])
        return _table(
            "by_year", "By year",
            "year:Year|ring:Ring|total:Total:money|share:Share:share|low:Low:share|high:High:share|"
            "coverage:Coverage:share|months:Months:count|complete:Complete", rows,
        )  # fmt: skip

    def top(self) -> ResultTable:
        by = _group(
            (x for x in self.lines if x.supplier.kind not in ("person", "not disclosed")), lambda x: x.supplier.name
        )
        ranked = sorted(by.items(), key=lambda kv: (-_sum(kv[1]), kv[0]))
        rows: list[list[Cell]] = []
        running = ZERO
        for n, (name, lines) in enumerate(ranked[:40], 1):
            amount = _sum(lines)
            running += amount
            s = lines[0].supplier
            many = len({x.anchor for x in lines})
            rows.append(
                [
                    n,
                    name,
                    s.kind,
                    self.state(s),
                    amount,
                    ratio(amount, self.total),
                    ratio(running, self.total),
                    many,
                    s.ownership,
                ]
            )
        hidden = _sum(x for x in self.lines if x.supplier.kind in ("person", "not disclosed"))
        rows.append([None, "Private persons and suppliers not disclosed", "person", "Not known", hidden,
                     ratio(hidden, self.total), None, len(self.anchors), "unknown"])  # fmt: skip
        return _table(
            "top_suppliers", "Largest suppliers",
            "rank:Rank:count|supplier:Supplier|kind:Kind|state:Based in|amount:Amount:money|share:Share:share|"
            "cumulative_share:Running share:share|anchors:Anchors:count|ownership:Ownership", rows,
        )  # fmt: skip

    def shared(self) -> ResultTable:
        names = {a[0]: a[1] for a in self.anchors}
        by = _group((x for x in self.lines if x.supplier.kind == "company"), lambda x: x.supplier.name)
        rows = []
        for name, lines in by.items():
            who = sorted({names[x.anchor] for x in lines})
            if len(who) > 1:
                rows.append([name, len(who), "; ".join(who), self.state(lines[0].supplier), _sum(lines)])
        rows.sort(key=lambda r: (-r[4], r[0]))
        return _table(
            "shared_suppliers", "Suppliers that several anchors buy from",
            "supplier:Supplier|anchors:Anchors:count|names:Which|state:Based in|amount:Amount:money", rows[:30],
        )  # fmt: skip

    def attribute(self, id: str, key: Callable[[Supplier], str]) -> ResultTable:
        by = _group(self.lines, lambda x: key(x.supplier))
        unknown = _sum(by.get("unknown", []))
        rows = []
        for name in sorted(by, key=lambda k: (k == "unknown", -_sum(by[k]), k)):
            amount = _sum(by[name])
            high = None if name == "unknown" else ratio(amount + unknown, self.total)
            rows.append(
                [name, amount, ratio(amount, self.total), None if high is None else ratio(amount, self.total), high]
            )
        title = "Who owns the suppliers" if id == "ownership" else "How large the suppliers are"
        return _table(
            id, title, f"{id}:{id.title()}|amount:Amount:money|share:Share:share|low:Low:share|high:High:share", rows
        )

    def deprivation(self) -> ResultTable:
        label = {True: "most deprived tenth", False: "elsewhere", None: "not known"}
        by = _group(self.lines, lambda x: label[x.supplier.deprived])
        rows = [[v, _sum(by.get(v, [])), ratio(_sum(by.get(v, [])), self.total)] for v in label.values()]
        return _table(
            "deprivation", "Deprived neighbourhoods", "state:Neighbourhood|amount:Amount:money|share:Share:share", rows
        )

    def concentration(self) -> ResultTable:
        rows = []
        for name, lines in self.ranked_categories()[:15]:
            by = sorted((_sum(v) for v in _group(lines, lambda x: x.supplier.name).values()), reverse=True)
            total = sum(by, ZERO)
            hhi = sum(((b / total) ** 2 for b in by), ZERO) if total > 0 else None
            rows.append([name, total, len(by), ratio(sum(by[:10], ZERO), total),
                         None if hhi is None else (hhi * 10000).quantize(Decimal(1))])  # fmt: skip
        return _table(
            "concentration", "How concentrated buying is",
            "category:Category|total:Total:money|suppliers:Suppliers:count|top10_share:Ten largest:share|hhi:HHI:index",
            rows,
        )  # fmt: skip

    def gaps(self) -> ResultTable:
        unplaced = _sum(x for x in self.lines if x.supplier.ring is None)
        rows = [
            ["Suppliers that could not be placed", unplaced, ratio(unplaced, self.total), 9120,
             "Ask each anchor for its creditor list with postcodes: holdfast ask"],
            ["Names withheld by the publisher", Decimal("1210400.00"), ratio(Decimal("1210400"), self.total), 412,
             "Nothing; the money is shown as not disclosed"],
            ["Payments without a date", Decimal("88120.10"), ratio(Decimal("88120.10"), self.total), 37,
             "Ask for the payment dates of the rows listed"],
            ["Rows that could not be read", None, None, 19, "Correct the rows in problems.csv"],
        ]  # fmt: skip
        return _table(
            "gaps", "What is not known",
            "what:What|amount:Amount:money|share:Share:share|payments:Payments:count|what_to_do:What to do", rows,
        )  # fmt: skip

    def published(self) -> ResultTable:
        rows = [
            ["Rivermouth, annual statement 2021", Decimal("0.41"), Decimal("0.412345"), Decimal("0.005"), True,
             Decimal("0.002345"), "https://example.org/statement-2021.pdf"],
            ["Rivermouth, press notice", Decimal("0.62"), Decimal("0.482211"), Decimal("0.005"), False,
             Decimal("-0.137789"), "Press notice of 4 May 2022"],
        ]  # fmt: skip
        return _table(
            "published", "Published figures checked",
            "label:Figure|published:Published:share|recomputed:Worked out here:share|tolerance:Allowed:share|"
            "reconciles:Agrees|difference:Difference:share|source:Source", rows,
        )  # fmt: skip


def slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


PROBLEMS = (
    Problem(
        "HF301",
        "12 amounts are not numbers",
        "spend/council/2021-06.csv",
        row=214,
        column="Amt £",
        value="n/a",
        count=12,
    ),
    Problem(
        "HF303", "A date lies in 2099", "spend/hospital/q3.csv", row=8, value="2099-01-01", amount=Decimal("12.50")
    ),
    Problem(
        "HF321", "Rows are payments to persons", "spend/council/2021-06.csv", row=9, value="Ann Example", count=1117
    ),
    Problem("HF410", "3 months of 2023/24 are missing", None, count=3),
    Problem("HF108", "A quotation mark is never closed", "spend/county/=cmd.csv", row=31, value="\x1b[2J<b>"),
    Problem("HF705", "The deflator of 2023/24 is not verified"),
)


def make_results(
    *, anchors: int = 7, years: int = 6, rings: Sequence[str] = RINGS, placed: bool = True, currency: str = "GBP",
    fictional: bool = True, without: Sequence[str] = (),
) -> Results:  # fmt: skip
    """A whole results object; ``without`` names tables to leave out."""
    b = Builder(anchors, years, rings, currency, placed)
    tables = {t.id: t for t in b.tables() if t.id not in without}
    inputs = tuple(
        InputFile(
            a[0], f"spend/{a[0]}/{y.replace('/', '-')}.csv", f"{n:02x}" * 32, None, 1200 + n, 1180 + n, 5, 15,
            Decimal("1234567.89") + n, "2018-04-01", "2019-03-31",
        )
        for n, (a, y) in enumerate((a, y) for a in b.anchors for y in (b.years or ("undated",)))
    )  # fmt: skip
    return Results(
        "Rivermouth", "r-0123456789ab", "2024-01-31", currency, "fictional", fictional, b.rings,
        tuple(Anchor(a[0], a[1], a[2]) for a in b.anchors), b.years, tuple(b.figures()), tables, inputs, PROBLEMS,
        (
            Source("Register of companies", "2024-01-01", "Open Government Licence v3.0", "ab" * 32, "Made up"),
            Source("Postcode directory", "2023-11", "Open Government Licence v3.0"),
            Source("GDP deflator", "2024-03", "Open Government Licence v3.0", status="unverified"),
        ),
        {"top suppliers": "300", "incomplete years": "leave out", "gdp_deflator 2023/24": "1.114 (unverified)"},
    )  # fmt: skip


def make_request(results: Results) -> AskRequest:
    """What the first anchor is asked for: everything, with names that must be written with care."""
    suppliers = tuple(
        AskSupplier(
            name,
            Decimal(900_000 - n * 7_000),
            30 + n,
            ("postcode", "company number"),
            f"S{n:04d}",
            "spend/a.csv",
            n + 2,
        )
        for n, name in enumerate([*NASTY, *(f"Supplier {n}" for n in range(40))])
    )
    rows = (
        AskRow("spend/council/2021-06.csv", 214, "The amount is not a number", count=12),
        AskRow("spend/council/2021-07.xlsx", 9, "The date cannot be read", "Sheet 2", 3, Decimal("1204.50")),
    )
    needs: tuple[Need, ...] = ("creditor list", "contract register", "vat basis", "missing months", "rows")
    return AskRequest(
        results.anchors[0], needs, Decimal("48746150.92"), Decimal("4719711.00"), "2018/19 to 2023/24", suppliers, rows,
        ("2024-02", "2024-03"),
    )  # fmt: skip

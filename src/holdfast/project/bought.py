"""What was bought, where a place has chosen a taxonomy: each payment's category, how it was told, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from holdfast.core.figures import Cell, Column, ResultTable
from holdfast.core.problem import HoldfastError, Problem
from holdfast.measures.selection import LEFT_OUT_KINDS, Selection
from holdfast.project.batches import joined, read_batch
from holdfast.project.entries import Entries, Numbers, codes_of, column, distinct
from holdfast.project.facts import Scopes
from holdfast.project.inputs import Inputs
from holdfast.project.locating import at_setting, located
from holdfast.project.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.categories.own import Entry, Own
    from holdfast.categories.telling import Line, Told

#: What is read of every payment beside its entry.
READ = ("category_code", "department", "description")
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
WITHHELD = {"person": "A private person", "not disclosed": "Not disclosed"}


@dataclass(frozen=True, slots=True)
class Bought:
    """``entries`` with categories of the taxonomy; the publisher's own and how each was told stand beside them."""

    entries: Entries
    tables: tuple[ResultTable, ...]
    problems: tuple[Problem, ...]


def own_entries(settings: Settings, inputs: Inputs) -> tuple[list[Entry], Own | None]:
    """The lines of ``categories.csv``, and those that count.

    Raises :class:`HoldfastError` HF520 to HF522 for what is wrong in it, and HF525 where it is needed and not there.
    """
    from holdfast.categories.own import in_taxonomy, load_own

    taxonomy = settings.place.taxonomy
    if taxonomy == "own" and inputs.categories is None:
        problem = Problem("HF525", "taxonomy is own, but the project has no categories.csv.")
        raise HoldfastError(at_setting(problem, settings, ("place", "taxonomy")), exit_code=2)
    if inputs.categories is None or taxonomy == "published":
        return [], None
    with located(inputs.categories):
        entries = load_own(inputs.categories.path)
        return entries, in_taxonomy(entries, taxonomy, inputs.categories.name)


def what_was_bought(
    entries: Entries, payees: pa.Table, scopes: Scopes, settings: Settings, inputs: Inputs, currency: str
) -> Bought | None:
    """Tell the category of every payment; ``None`` where the publishers' own words are used."""
    import numpy as np

    from holdfast.categories.own import doubts
    from holdfast.categories.telling import tell

    taxonomy = settings.place.taxonomy
    listed, own = own_entries(settings, inputs)
    if taxonomy == "published":
        return None
    number, lines = _lines(entries, payees)
    telling = tell(lines, taxonomy, own)
    counted = _counted(entries, scopes, currency)
    pennies, payments = np.zeros(len(lines), dtype=np.int64), np.bincount(number[counted], minlength=len(lines))
    np.add.at(pennies, number[counted], entries.pennies[counted])
    money = list(zip(telling.told, pennies.tolist(), payments.tolist(), strict=True))
    kinds = column(payees, "supplier_kind").to_pylist()
    first_payee = np.zeros(len(lines), dtype=np.int64)
    first_payee[number] = entries.payee
    who = [WITHHELD.get(kinds[p], line.supplier or "") for p, line in zip(first_payee.tolist(), lines, strict=True)]
    problems = doubts(listed, telling.used, inputs.categories.name) if inputs.categories else iter(())
    return Bought(
        _recoded(entries, number, telling.told, taxonomy),
        (_table(money, taxonomy), _review(money, lines, who, taxonomy)),
        tuple(problems),
    )


def _lines(entries: Entries, payees: pa.Table) -> tuple[Numbers, list[Line]]:
    """The distinct combinations of payee and what the publisher says, and which of them each payment is."""
    import numpy as np
    import pyarrow as pa

    texts = {name: _coded(entries, name) for name in READ}
    category = (entries.codes["category"] + 1, len(entries.words["category"]) + 1)
    number, first = distinct(
        [(entries.payee, entries.payees.num_rows), category, *(codes_of(values) for values in texts.values())]
    )
    card = _is(entries, "kind", ("card",))
    other = np.bincount(number[~card], minlength=len(first))
    pennies, payments = np.zeros(len(first), dtype=np.int64), np.bincount(number, minlength=len(first))
    np.add.at(pennies, number, entries.pennies)
    rows, payee = pa.array(first), pa.array(entries.payee[first])
    of_category = entries.codes["category"][first]
    label = entries.words["category"].take(pa.array(of_category, mask=of_category < 0)).to_pylist()
    said = {name: values.take(rows).to_pylist() for name, values in texts.items()}
    about = {name: column(payees, name).take(payee).to_pylist() for name in _ABOUT}
    return number, list(_each(about, label, said, other.tolist(), pennies.tolist(), payments.tolist()))


_ABOUT = ("anchor", "supplier", "supplier_key", "supplier_kind", "sector", "sic")


def _each(
    about: dict[str, list[str | None]],
    label: Sequence[str | None],
    said: dict[str, list[str | None]],
    other: Sequence[int],
    pennies: Sequence[int],
    payments: Sequence[int],
) -> Iterator[Line]:
    from holdfast.categories.lists import lists
    from holdfast.categories.telling import Line

    for i in range(len(label)):
        industries = (about["sic"][i] or "").split()
        yield Line(
            publisher=about["anchor"][i] or "",
            supplier=about["supplier"][i],
            # undisclosed suppliers are many: what one sold tells nothing of another
            key="" if about["supplier_kind"][i] == "not disclosed" else about["supplier_key"][i] or "",
            category=label[i],
            code=said["category_code"][i],
            department=said["department"][i],
            description=said["description"][i],
            sector=(lists().sector(industries[0]) if industries else "") or about["sector"][i],
            by_card=not other[i],
            pennies=pennies[i],
            payments=payments[i],
        )


def _coded(entries: Entries, name: str) -> pa.Array:
    """A text of every payment as one dictionary; descriptions only of payments that have no category."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    found, start = [], 0
    for pieces in entries.batches:
        table = entries.table
        if table is None or name not in table.column_names:
            table = read_batch(entries.sources, pieces, (name,))
        values = column(table, name)
        if name == "description":
            blank = entries.codes["category"][start : start + len(values)] < 0
            values = pc.if_else(pa.array(np.asarray(blank)), values.cast(pa.string()), None)
        start += len(values)
        found.append(values if pa.types.is_dictionary(values.type) else values.dictionary_encode())
    return joined(found) if found else pa.array([], pa.string()).dictionary_encode()


def _is(entries: Entries, name: str, words: Sequence[str]) -> Numbers:
    """Whether each payment's word is one of these."""
    import numpy as np

    wanted = [i for i, w in enumerate(entries.words[name].to_pylist()) if w in words]
    return np.isin(entries.codes[name], wanted)  # type: ignore[return-value]


def _counted(entries: Entries, scopes: Scopes, currency: str) -> Numbers:
    """Which payments the measures count: those of :class:`Selection`."""
    analysed = Selection(currency=currency)
    inside = scopes.code == (scopes.words.index(analysed.scope) if analysed.scope in scopes.words else -1)
    return inside & _is(entries, "currency", (currency,)) & ~_is(entries, "kind", LEFT_OUT_KINDS)  # type: ignore[no-any-return]


def label_of(code: str, taxonomy: str) -> str:
    """``45`` -> ``45 Construction work``; a category of a place's own as it is."""
    from holdfast.categories.lists import lists

    if taxonomy == "own" or not code:
        return code
    return f"{code} {(lists().proclass if taxonomy == 'proclass' else lists().cpv)[code]}"


def _recoded(entries: Entries, number: Numbers, told: Sequence[Told], taxonomy: str) -> Entries:
    import numpy as np
    import pyarrow as pa

    from holdfast.categories.telling import HOW

    categories = sorted({t.category for t in told} - {""})
    at = {category: i for i, category in enumerate(categories)} | {"": -1}
    of_line = np.array([at[t.category] for t in told], dtype=np.int32)
    by_line = np.array([HOW.index(t.how) for t in told], dtype=np.int8)
    sure_line = np.array([_thousandths(t) if t.category else -1 for t in told], dtype=np.int16)
    return replace(
        entries,
        codes={
            **entries.codes,
            "category": of_line[number],
            "category_published": entries.codes["category"],
            "category_by": by_line[number],
            "category_confidence": sure_line[number],
        },
        words={
            **entries.words,
            "category": pa.array([label_of(c, taxonomy) for c in categories], pa.string()),
            "category_published": entries.words["category"],
            "category_by": pa.array(HOW, pa.string()),
            "category_confidence": pa.array([Decimal(n).scaleb(-3) for n in range(1001)], pa.decimal128(5, 4)),
        },
    )


def _thousandths(told: Told) -> int:
    return round(told.confidence * 1000)


def _table(money: Sequence[tuple[Told, int, int]], taxonomy: str) -> ResultTable:
    """Money by category and by how it was told, the most money first and what is not known last."""
    sums: dict[str, dict[str, int]] = {}
    many: dict[str, int] = {}
    sure: dict[str, list[int]] = {}
    for told, pennies, payments in money:
        of = sums.setdefault(told.category, dict.fromkeys(WAYS, 0))
        of[told.how] = of.get(told.how, 0) + pennies
        many[told.category] = many.get(told.category, 0) + payments
        weighed = sure.setdefault(told.category, [0, 0])
        weighed[0] += abs(pennies) * _thousandths(told)
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


def _review(
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

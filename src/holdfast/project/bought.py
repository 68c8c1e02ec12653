"""What was bought, where a place has chosen a taxonomy: each payment's category and how it was told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from holdfast.core.figures import ResultTable
from holdfast.core.problem import HoldfastError, Problem
from holdfast.measures.selection import LEFT_OUT_KINDS, Selection
from holdfast.project.batches import joined, read_batch
from holdfast.project.bought_tables import label_of, review_of, table_of, thousandths
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
        (table_of(money, taxonomy), review_of(money, lines, who, taxonomy)),
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


def _recoded(entries: Entries, number: Numbers, told: Sequence[Told], taxonomy: str) -> Entries:
    import numpy as np
    import pyarrow as pa

    from holdfast.categories.telling import HOW

    categories = sorted({t.category for t in told} - {""})
    at = {category: i for i, category in enumerate(categories)} | {"": -1}
    of_line = np.array([at[t.category] for t in told], dtype=np.int32)
    by_line = np.array([HOW.index(t.how) for t in told], dtype=np.int8)
    sure_line = np.array([thousandths(t) if t.category else -1 for t in told], dtype=np.int16)
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

"""Core names: the same whatever the spelling of the legal form, and the same in SQL as in Python."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.engine import primitives
from holdfast.engine.duck import Engine
from holdfast.suppliers.names import core_name, trading_name

SAME = [
    ("Bay Foods Limited", "BAY FOODS LTD.", "The Bay Foods Ltd", "BAY FOODS (IN ADMINISTRATION)", "Bay  Foods  P.L.C."),
    ("B. T. Harbour Ltd", "BT Harbour Limited", "B T HARBOUR"),
    ("Smith & Sons Ltd", "SMITH AND SONS LIMITED"),
    ("Crèche Straße GmbH", "CRECHE STRASSE"),
    ("Harbour Bus Company Limited", "HARBOUR BUS CO. LTD"),
    ("Rivermouth Council - DIRECT DEBIT ONLY - DO NOT USE", "RIVERMOUTH COUNCIL (200398)", "(DD) Rivermouth Council"),
    ("NHS0000RJ701 : Bay Hospital", "Bay Hospital:03529700", "BAY HOSPITAL A/C 123"),
    ("Homecare Ltd - Upper Bay Branch", "HOMECARE LIMITED"),
    ("BAY RECYCLING AND REFUSE UK LI", "Bay Recycling & Refuse UK Limited"),  # cut at 30 letters
    ("ABC Sh.p.k.", "A B C SHPK"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_spellings_of_one_name_share_a_core(names: tuple[str, ...]) -> None:
    assert len({core_name(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bay Foods (North) Ltd", "Bay Foods (South) Ltd"),
        ("Limited Editions Ltd", "Editions Ltd"),
        ("Plan B", "Plan C"),
    ],
)
def test_different_names_keep_different_cores(one: str, other: str) -> None:
    assert core_name(one) != core_name(other)


def test_a_name_is_never_stripped_to_nothing() -> None:
    assert [core_name(n) for n in ("Limited", "The", "The Ltd", "Plc Ltd")] == ["LIMITED", "THE", "THE", "PLC"]


def test_blank_has_no_core() -> None:
    assert [core_name(n) for n in (None, "", " ", "---")] == [""] * 4


def test_trading_name_is_told_from_the_legal_name() -> None:
    assert core_name("J Doe T/A Bay Builders Ltd") == "J DOE"
    assert trading_name("J Doe T/A Bay Builders Ltd") == "BAY BUILDERS"
    assert trading_name("Bay Builders Ltd") == ""
    assert core_name("T/A Bay Builders Ltd") == "BAY BUILDERS"


pieces = st.sampled_from(
    ["THE", "ltd", "Limited", "P.L.C.", "&", "t/a", "A", "b", "C.", "|", ":", "(", ")", "-", "1234", "é", "ß", "Ø",
     "Co", "company", "BRANCH", "(DD)", "ǆ", "ŉ", "ﬁ", "Αθήνα", "शाला", "각", "\n", "\t", "’", "do not use",
     "12345678", "x"]
)  # fmt: skip
names = st.one_of(
    st.lists(pieces, max_size=9).map(" ".join),
    st.lists(pieces, max_size=9).map("".join),
    st.text(st.characters(max_codepoint=0x24F), max_size=40),
    st.text(st.characters(exclude_categories=("Cs", "Cn", "Co")), max_size=20),
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = Engine(threads=1)
    yield engine
    engine.close()


@settings(max_examples=30)
@given(listed=st.lists(names, min_size=50, max_size=50))
def test_sql_and_python_take_a_name_apart_alike(engine: Engine, listed: list[str]) -> None:
    table = pa.table({"n": pa.array(range(len(listed))), "name": pa.array(listed, pa.string())})
    query = primitives.name_parts_sql("names", "name")
    rows = engine.rows(f"SELECT plain, core, trading, cut FROM ({query}) ORDER BY n", names=table)
    for name, row in zip(listed, rows, strict=True):
        assert primitives.NameParts(**row) == primitives.name_parts(name)


@given(names)
def test_core_of_a_core_keeps_its_words(name: str) -> None:
    """No word appears in a core that was not in the name, but for initials that only the core puts together."""
    parts = primitives.name_parts(name)
    assert set(parts.core.split(" ")) <= {*parts.plain.split(" "), "CO", "MR", "MS", "MX", "DR"}


@pytest.mark.parametrize("name", ["M R Bloggs", "M.R. Bloggs", "M. R. Bloggs", "M.R.Bloggs"])
def test_initials_do_not_become_a_title(name: str) -> None:
    parts = primitives.name_parts(name)
    assert parts.plain == "M R BLOGGS"
    assert parts.core == core_name("MR Bloggs")  # one spelling more of a firm of that name


@pytest.mark.parametrize("name", ["MR BLOGGS", "Mr. Bloggs", "MR. BLOGGS"])
def test_a_title_stays_a_title(name: str) -> None:
    assert primitives.name_parts(name).plain == "MR BLOGGS"


def test_initials_are_apart_in_sql_as_well(engine: Engine) -> None:
    listed = [
        "M R BLOGGS",
        "BLOGGS M R",
        "D.R. BLOGGS LTD",
        "M R AND D R BLOGGS",
        "M R J BLOGGS",
        "BAY T/A M S CARE",
        "M.S.C.",
        "F.M.R. LTD",
    ]
    table = pa.table({"n": pa.array(range(len(listed))), "name": pa.array(listed, pa.string())})
    query = primitives.name_parts_sql("names", "name")
    rows = engine.rows(f"SELECT plain, core, trading, cut FROM ({query}) ORDER BY n", names=table)
    assert [primitives.NameParts(**row) for row in rows] == [primitives.name_parts(name) for name in listed]
    assert rows[1]["plain"] == "BLOGGS M R"
    assert [row["plain"] for row in rows[4:]] == ["MRJ BLOGGS", "BAY", "MSC", "FMR LTD"]

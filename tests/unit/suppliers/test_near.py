"""Within a run: what is matched after the exact names, what waits for a person, who did not exist, what is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from holdfast.suppliers.decisions import Decision
from holdfast.suppliers.near import Cache
from holdfast.suppliers.register import Register
from holdfast.suppliers.resolve import resolve

from .support import UK, payees, register, resolved

LINES = """CompanyName,CompanyNumber,RegAddress.PostCode,CompanyCategory,CompanyStatus,IncorporationDate,DissolutionDate
QUILLON JOINERY LIMITED,201,ZZ1 1AA,Private Limited Company,Active,14/04/2015,
TREVANNION BRIDGES LIMITED,202,ZZ2 2BB,Private Limited Company,Dissolved,01/01/2000,31/12/2012
POLPERROW FISHING LIMITED,203,ZZ3 3CC,Private Limited Company,Active,01/01/1999,
POLPERROW FISHING LIMITED,204,ZZ4 4DD,Private Limited Company,Active,01/01/1999,
"""


@pytest.fixture
def firms(tmp_path: Path) -> Register:
    return register(tmp_path, "companies", LINES)


def paid(table: pa.Table, first: date, last: date) -> pa.Table:
    days = {"first_paid": first, "last_paid": last}
    for name, day in days.items():
        table = table.append_column(name, pa.array([day] * table.num_rows, pa.date32()))
    return table


def test_a_name_no_register_has_exactly_is_matched(firms: Register) -> None:
    (row,), _ = resolved(payees({"supplier": "Quillon Joinary Ltd", "postcode": "ZZ1 1AA"}), [firms])
    assert (row["org_id"], row["matched_by"]) == ("GB-COH-00000201", "matched name")
    assert 0.5 <= row["match_score"] <= 1
    assert row["supplier_name"] == "QUILLON JOINERY LIMITED"
    assert "same postcode" in row["evidence"]


def test_what_is_exact_is_not_matched_again(firms: Register) -> None:
    (row,), _ = resolved(payees({"supplier": "Quillon Joinery Limited"}), [firms])
    assert (row["matched_by"], row["match_score"]) == ("exact name", None)


def test_what_is_not_sure_waits_for_a_person_and_is_not_linked(firms: Register) -> None:
    (row,), _ = resolved(payees({"supplier": "Polperow Fishing Ltd"}), [firms])
    assert (row["org_id"], row["matched_by"]) == (None, "none")
    assert row["candidate_key"] in ("GB-COH-00000203", "GB-COH-00000204")
    assert row["evidence"].startswith("for a person to look at: ")


def test_a_firm_founded_after_a_payment_never_matches(firms: Register) -> None:
    asked = payees({"supplier": "Quillon Joinary Ltd", "postcode": "ZZ1 1AA"}, {"supplier": "Quillon Joinery Ltd"})
    before, _ = resolved(paid(asked, date(2011, 1, 1), date(2014, 3, 31)), [firms])
    assert [r["org_id"] for r in before] == [None, None]
    after, _ = resolved(paid(asked, date(2016, 4, 1), date(2017, 3, 31)), [firms])
    assert [r["org_id"] for r in after] == ["GB-COH-00000201"] * 2


def test_a_firm_that_had_ended_a_year_before_the_first_payment_never_matches(firms: Register) -> None:
    asked = payees({"supplier": "Trevannion Brigdes Ltd"}, {"supplier": "Trevannion Bridges Ltd"})
    late, _ = resolved(paid(asked, date(2014, 1, 2), date(2014, 3, 31)), [firms])
    assert [r["org_id"] for r in late] == [None, None]
    early, _ = resolved(paid(asked, date(2011, 1, 1), date(2014, 3, 31)), [firms])
    assert [r["org_id"] for r in early] == ["GB-COH-00000202"] * 2


def test_a_decision_outranks_the_matcher(firms: Register) -> None:
    told = [Decision("Quillon Joinary Ltd", "", "jo")]
    (row,), _ = resolved(payees({"supplier": "Quillon Joinary Ltd", "postcode": "ZZ1 1AA"}), [firms], decisions=told)
    assert (row["org_id"], row["matched_by"]) == (None, "decision")


def test_answers_are_kept_and_only_new_names_are_asked(
    firms: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "matched", "1")
    one = payees({"supplier": "Quillon Joinary Ltd", "postcode": "ZZ1 1AA"})
    first, _ = resolve(one, [firms], {}, [], UK, cache)

    def refuse(*_: object) -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr("holdfast.suppliers.near._matched", refuse)
    again, _ = resolve(one, [firms], {}, [], UK, cache)
    assert again.equals(first)
    with pytest.raises(AssertionError, match="asked again"):
        resolve(one, [firms], {}, [], UK, Cache(tmp_path / "matched", "2"))

"""Whatever a register holds: read in pieces it is what it is at once, and no bytes end in a traceback."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast import packs
from holdfast.core.problem import HoldfastError
from holdfast.suppliers import snapshots
from holdfast.suppliers.jsonfiles import records
from holdfast.suppliers.register import load_register
from holdfast.suppliers.snapshots import chunks

UK = packs.load("uk")
HEADINGS = ("CompanyName", "CompanyNumber", "CompanyCategory", "IncorporationDate", "PreviousName_1.CompanyName")
few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
text = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
row = st.tuples(
    text,
    st.one_of(st.integers(1, 40).map(str), text),
    st.sampled_from(["Private Limited Company", "Community Interest Company", ""]),
    st.sampled_from(["14/06/2016", "2016-06-14", "31/02/2016", "", "NA"]),
    text,
)


def added(path: Path, kind: str, cache: Path) -> snapshots.Snapshot | str:
    """The snapshot, or the code of the problem for which it was refused."""
    try:
        return snapshots.add(path, kind, cache, UK)
    except HoldfastError as error:
        return error.problems[0].code


@few
@given(st.lists(row, max_size=30), st.integers(200, 2000))
def test_read_in_pieces_a_register_is_what_it_is_at_once(rows: list[tuple[str, ...]], block: int) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADINGS, *rows])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.csv"
        path.write_text(out.getvalue(), encoding="utf-8")
        before, chunks.BLOCK = chunks.BLOCK, block
        try:
            found = added(path, "companies", Path(folder) / "cache")
        finally:
            chunks.BLOCK = before
        if isinstance(found, str):
            assert found == "HF501"
            return
        whole = load_register("companies", path, UK)
        for name, table in whole.tables().items():
            kept = pq.read_table(found.folder / f"{name}.parquet").select(table.column_names)
            assert sorted(map(str, kept.to_pylist())) == sorted(map(str, table.to_pylist())), name


@few
@given(st.binary(max_size=300), st.sampled_from(["r.csv", "r.json", "r.txt", "r.zip", "r.csv.gz"]),
       st.sampled_from(["companies", "owners", "own", "premises"]))  # fmt: skip
def test_any_bytes_are_a_register_or_refused_in_words(content: bytes, name: str, kind: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        found = added(path, kind, Path(folder) / "cache")
        assert isinstance(found, snapshots.Snapshot) or found.startswith(("HF1", "HF5"))
        assert list(Path(folder).rglob("*.part")) == []


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), text), lambda inner: st.dictionaries(text, inner, max_size=3)
)


@few
@given(st.lists(st.dictionaries(text, values, max_size=4), max_size=12), st.integers(1, 40), st.booleans())
def test_records_read_in_pieces_are_those_of_the_whole(
    listed: list[dict[str, object]], piece: int, lines: bool
) -> None:
    from holdfast.suppliers import jsonfiles

    said = "\n".join(json.dumps(r) for r in listed) if lines else json.dumps(listed, indent=piece % 3 or None)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.json"
        path.write_text(said, encoding="utf-8")
        before, jsonfiles._PIECE = jsonfiles._PIECE, max(piece, 1) + (1 << 12 if lines else 0)
        try:
            assert listed == [] or list(records(path)) == listed
        finally:
            jsonfiles._PIECE = before

"""A workbook must not take the machine's memory: one stray cell far from the table makes the used area enormous."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from pathlib import Path

_READ = """
import sys
from pathlib import Path
from holdfast.spend.reader import read
(table,) = read([Path(sys.argv[1])]).files
print(table.rows_typed, table.total)
"""


def _three_gigabytes() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))


def test_a_stray_cell_in_the_last_corner_of_a_sheet_does_no_harm(tmp_path: Path) -> None:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("June")
    for r, row in enumerate([("Supplier", "Payment Date", "Amount"), *[("Umber Design Ltd", "13/06/2023", 12.5)] * 4]):
        sheet.write_row(r, 0, row)
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    file = tmp_path / "june.xlsx"
    file.write_bytes(out.getvalue())
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=_three_gigabytes,
    )
    assert done.returncode == 0, done.stderr[-500:]

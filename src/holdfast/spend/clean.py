"""Text cells made safe and even: spaces folded, control characters removed, double encoding undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

#: Characters that could move a cursor, hide text or turn its direction (RE2 syntax).
_CONTROL = (
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{9f}\x{61c}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{feff}]"
)


_WORTH_CLEANING = r"[\x00-\x1f\x7f\x{80}-\x{a0}\x{61c}\x{200b}-\x{202e}\x{2066}-\x{2069}\x{feff}ÂÃâï]|\s\s|^[\s=@]|\s$"


#: What programs and people write into a cell that holds nothing.
_NOTHING = ("", "NA", "N/A", "n/a", "#N/A", "#REF!", "NULL", "null", "None", "-", "--", "nan", "NaN")


def clean_text(values: pa.Array) -> tuple[pa.Array, list[tuple[str, str, Any]]]:
    """Trimmed, spaces folded, control characters gone, double encoding undone, blank as null; with notes of it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from holdfast.spend.encoding import undo_double_encoding

    notes: list[tuple[str, str, Any]] = []
    if not pc.any(pc.match_substring_regex(values, _WORTH_CLEANING)).as_py():
        blank = pc.is_in(values, pa.array(_NOTHING))
        return (pc.if_else(blank, pa.scalar(None, pa.string()), values) if pc.any(blank).as_py() else values), notes
    twice = pc.match_substring_regex(values, "[ÂÃâï][\\x{80}-\\x{bf}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
    if pc.any(twice).as_py():
        notes.append(("HF109", "text was encoded twice and was put right", twice))
        values = pa.array(
            [undo_double_encoding(v) if t else v for v, t in zip(values.to_pylist(), twice.to_pylist(), strict=True)],
            type=pa.string(),
        )
    control = pc.match_substring_regex(values, _CONTROL)
    if pc.any(control).as_py():
        notes.append(("HF316", "control characters were removed from cells", control))
        values = pc.replace_substring_regex(values, _CONTROL, "")
    values = pc.utf8_trim_whitespace(values)
    if pc.any(pc.match_substring_regex(values, r"\s\s|[\t\n\r\x{a0}]")).as_py():
        values = pc.replace_substring_regex(values, r"[\s\x{a0}]+", " ")
    formula = pc.match_substring_regex(values, r"^[=@]")
    if pc.any(formula).as_py():
        notes.append(("HF315", "cells start like a formula and were read as text", formula))
    blank = pc.is_in(values, pa.array(_NOTHING))
    if pc.any(blank).as_py():
        values = pc.if_else(blank, pa.scalar(None, pa.string()), values)
    return values, notes

"""Postcodes in one spelling: ``bb5 1aa``, ``BB51AA`` and ``Accrington, BB5  1AA`` are ``BB5 1AA``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfast.packs import Pack

if TYPE_CHECKING:
    import pyarrow as pa


def canonical(values: pa.Array, pack: Pack) -> pa.Array:
    """The postcode of each text in its country's spelling; null where the text is blank or holds none.

    All steps run over whole columns. In countries with an inward code (the UK's last three characters) a letter O or
    I where only a digit can stand is read as 0 or 1, and a postcode at the end of an address is found.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    upper = pc.utf8_upper(values.cast(pa.string()))
    bare = pc.replace_substring_regex(upper, "[^A-Z0-9]+", "")
    whole = f"^(?:{pack.postcode_pattern})$"
    fits = pc.match_substring_regex(bare, whole)
    if not pc.all(fits).as_py():  # mending costs more than matching, so only what needs it is mended
        odd = pc.fill_null(pc.invert(fits), True)
        mended = _mended(upper.filter(odd), bare.filter(odd), pack)
        bare = pc.replace_with_mask(bare, odd, pc.if_else(pc.match_substring_regex(mended, whole), mended, _null()))
    if pack.postcode_length:
        bare = pc.utf8_slice_codeunits(bare, 0, pack.postcode_length)
    return spaced(bare, pack)


def _null() -> pa.Scalar:
    import pyarrow as pa

    return pa.scalar(None, pa.string())


def _mended(upper: pa.Array, bare: pa.Array, pack: Pack) -> pa.Array:
    """What may have been meant, without spaces: letters for digits, or the postcode at the end of an address."""
    import pyarrow.compute as pc

    if pack.postcode_inward != 3:
        return bare
    parts = pc.extract_regex(
        upper, r"(?:^|[^A-Z0-9])(?P<out>[A-Z]{1,2}[0-9][A-Z0-9]?) ?(?P<in>[0-9][A-Z]{2})[^A-Z0-9]*$"
    )
    at_the_end = pc.binary_join_element_wise(pc.struct_field(parts, "out"), pc.struct_field(parts, "in"), "")
    for letter, digit in (("O", "0"), ("I", "1")):
        bare = pc.replace_substring_regex(bare, f"^([A-Z0-9]{{2,4}}){letter}([A-Z]{{2}})$", rf"\1{digit}\2")
    return pc.coalesce(at_the_end, bare)


def spaced(bare: pa.Array, pack: Pack) -> pa.Array:
    """With the space before the inward code, where the country has one."""
    import pyarrow.compute as pc

    n = pack.postcode_inward
    return pc.replace_substring_regex(bare, f"^(.+)(.{{{n}}})$", r"\1 \2") if n else bare


def unspaced(postcodes: pa.Array) -> pa.Array:
    """The key that directories are searched by: a canonical postcode without its space."""
    import pyarrow.compute as pc

    return pc.replace_substring(postcodes, " ", "")

"""Why an answer is what it is, in words."""

from __future__ import annotations

from collections.abc import Mapping

from holdfast.suppliers.matching.evidence import CUT_OFF, FORMS, HOW, LEFT_OVER, POSTCODES, SAME
from holdfast.suppliers.matching.pieces import PART

_PART = {
    "up to its form": "by the name up to its legal form",
    "before": "by the name before trading as or via",
    "after": "by the name after trading as or via",
    "after a form": "by the name after trading as or via",
    "without brackets": "leaving out what stands in brackets",
    "before a dash": "by the name before the dash or comma",
    "aside": "by the name in brackets or after a dash",
}
_FORM = {
    "not on the payment": "the payment leaves out the legal form",
    "not in the register": "the register has no legal form",
    "another": "another legal form",
}
_HOW = {"previous": "a previous name in the register", "alias": "another name the register lists"}
_POSTCODE = {
    "same": "same postcode",
    "same district": "same postcode district",
    "same area": "same postcode area",
    "another area": "postcode in another area",
}
_SAME = {
    "the same": "same name",
    "the same but for spelling": "same name but for spelling or abbreviation",
    "the same words in another order": "same words in another order",
}
_LEFT = {"places": "a place", "words that tell little": "a common word", "words that tell": "a telling word"}


def words(found: Mapping[str, float]) -> str:
    """The measures of one pair as a sentence: ``same name but for LTD; same postcode; borne by 2 organisations``."""

    def said(measure: str, of: tuple[str, ...]) -> str:
        return of[int(found[measure])]

    same, form = said("same", SAME), said("form", FORMS)
    parts = [_SAME.get(same) or _alike(found), _PART.get(said("part", PART), "")]
    if same == "the same" and form != "same" and form != "neither has one":
        parts[0] = "same name but for legal form"
    if form == "another" or same == "no":
        parts.append(_FORM.get(form, ""))
    if same == "no":
        parts += _differences(said("left over here", LEFT_OVER), said("left over there", LEFT_OVER))
    parts.append(_HOW.get(said("known as", HOW), ""))
    parts.append(_POSTCODE.get(said("postcode", POSTCODES), ""))
    bearers = int(found["bearers"])
    if bearers > 1:
        parts.append(f"borne by {bearers if bearers < 3 else '3 or more'} organisations")
    if found["borne by another"]:
        parts.append("another organisation bears just this name")
    return "; ".join(p for p in parts if p)


def _alike(found: Mapping[str, float]) -> str:
    cut = CUT_OFF[int(found["cut off"])]
    if cut in CUT_OFF[2:]:
        return f"the register's name begins so{' and this one may be cut off' if cut == CUT_OFF[3] else ''}"
    if found["words found"] > 0.97 and found["words covered"] > 0.97:
        return "same words but for spelling"
    alike = max(found["letters"], found["any order"])
    return f"alike by {int(100 * alike)} % of the letters"


def _differences(here: str, there: str) -> list[str]:
    left = []
    if here in _LEFT:
        left.append(f"{_LEFT[here]} here is not in the register's name")
    if there in _LEFT:
        left.append(f"{_LEFT[there]} of the register's name is missing here")
    return left

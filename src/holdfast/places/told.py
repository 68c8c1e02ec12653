"""Where a person says a supplier is: a postcode, a council's area or a town."""

from __future__ import annotations

import re
from collections.abc import Iterable

from holdfast.packs import Pack
from holdfast.places.towns import TownNames


def says_where(text: str, pack: Pack, ring_towns: Iterable[str] = ()) -> bool:
    """Whether a supplier can be placed by this: a postcode by its form, a council's area by name or code, a town of a
    list or a ring. Any other town says something only where rings are made of towns: that it is in none of them."""
    towns = list(ring_towns)
    standing = TownNames(pack, ring_towns=towns).read(text).standing
    if standing in ("known", "abroad") or (towns and standing == "stated"):
        return True
    bare = re.sub(r"[^A-Z0-9]", "", text.upper())
    return re.fullmatch(pack.postcode_pattern, bare) is not None or pack.areas.meant(text) is not None

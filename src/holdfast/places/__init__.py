"""Postcodes, towns and areas -> nested rings of "local", and neighbourhood deprivation.

``Directory`` knows where postcodes and towns are; ``build_rings`` turns settings into checked, nested rings; ``place``
says for every payee which authority and which ring it is based in.
"""

from __future__ import annotations

from holdfast.places.added import AddedFile, add_file, added_files
from holdfast.places.cache import user_cache
from holdfast.places.directory import Directory, area_name, find_authority
from holdfast.places.placing import place
from holdfast.places.rings import Ring, Rings, RingSpec, build_rings
from holdfast.places.told import says_where
from holdfast.places.towns import fold_town

__all__ = [
    "AddedFile",
    "Directory",
    "Ring",
    "RingSpec",
    "Rings",
    "add_file",
    "added_files",
    "area_name",
    "build_rings",
    "find_authority",
    "fold_town",
    "place",
    "says_where",
    "user_cache",
]

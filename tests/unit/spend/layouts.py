"""Layouts that publishers use, each with what must be read from it.

Written from knowledge of real files; every row is invented.

Importing a module of layouts puts its own on the list.
"""

from __future__ import annotations

from unit.spend import (
    layouts_of_councils,
    layouts_of_headers,
    layouts_of_publishers,
    layouts_of_structure,
    layouts_of_values,
)
from unit.spend.layout_list import LAYOUTS, Layout, Row

__all__ = ["LAYOUTS", "Layout", "Row"]

PARTS = (layouts_of_councils, layouts_of_publishers, layouts_of_values, layouts_of_structure, layouts_of_headers)

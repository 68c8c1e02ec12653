"""What differs by country, as data: areas, postcodes, words, registers' rules, dated parameters, fiscal year, currency.

``packs.load("uk")`` gives the :class:`~holdfast.packs.pack.Pack` of a country. Each pack is a folder beside this file.
"""

from __future__ import annotations

from holdfast.packs.pack import Pack, Parameter, available, load

__all__ = ["Pack", "Parameter", "available", "load"]

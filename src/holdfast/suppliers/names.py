"""The core of a supplier's name: what is left when legal form, accents, punctuation and account noise are taken away.

The work is done by :mod:`holdfast.engine.primitives`, which holds the same steps for SQL. A core name is not a key: two
organisations can share one, and then neither is chosen without more evidence.
"""

from __future__ import annotations

from holdfast.engine.primitives import name_parts


def core_name(text: str | None) -> str:
    """``The Café & Bar (Leeds) Limited`` -> ``CAFE AND BAR LEEDS``; an empty string for a blank.

    Of a name with *trading as* (T/A) it is the core of the legal name before it; see :func:`trading_name`.
    """
    return name_parts(text).core


def trading_name(text: str | None) -> str:
    """``J Smith T/A Bay Builders Ltd`` -> ``BAY BUILDERS``; an empty string where there is none."""
    return name_parts(text).trading

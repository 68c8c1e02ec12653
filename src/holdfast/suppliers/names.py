"""The core of a supplier's name: what is left when legal form, accents, punctuation and account noise are taken away."""

from __future__ import annotations


def core_name(text: str | None) -> str:
    """``The Café & Bar (Leeds) Limited`` -> ``CAFE AND BAR LEEDS``; an empty string for a blank."""
    raise NotImplementedError

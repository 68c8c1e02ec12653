"""How one supplier's name comes to be written in several ways."""

from __future__ import annotations

from holdfast.example.dice import Dice
from holdfast.example.firms import Firm

_CAREFUL = ("company", "charity", "co-operative")


WAYS = 12


def spelt(firm: Firm, dice: Dice) -> str:
    """The registered name, or one of the ways of writing it that leave its core as it is."""
    return written(firm, dice.below(WAYS)) if firm.kind in _CAREFUL else firm.name


def written(firm: Firm, way: int) -> str:
    """The name in one of the :data:`WAYS`."""
    if way == 0:
        return firm.name.upper()
    if way == 1:
        return firm.name.replace("Limited", "Ltd").upper()
    if way <= 4:
        return firm.name.replace("Limited", "Ltd")
    if way == 5:
        return firm.name.replace("Limited", "Ltd.").replace("&", "and")
    if way == 6:
        return firm.name.replace(" ", "  ", 1)
    if way == 7:
        return firm.name + " "
    return firm.name


def carelessly(firm: Firm, dice: Dice) -> str:
    """The same, with slips that only the supplier's number can put right: for anchors that publish one."""
    if firm.kind not in _CAREFUL or not dice.chance(60):
        return spelt(firm, dice)
    at = 1 + dice.below(5)
    return firm.name[:at] + firm.name[at + 1] + firm.name[at] + firm.name[at + 2 :]


def cut(name: str) -> str:
    """Cut off at thirty characters, as one ledger does."""
    return name[:30]

"""Registers in the cache that all projects of a user share: added once, kept by the day they were published."""

from __future__ import annotations

from holdfast.suppliers.snapshots.nearest import nearest, out_of_time
from holdfast.suppliers.snapshots.official import Official, official, officials
from holdfast.suppliers.snapshots.store import Snapshot, add, find, remove, snapshots, unreadable

__all__ = [
    "Official",
    "Snapshot",
    "add",
    "find",
    "nearest",
    "official",
    "officials",
    "out_of_time",
    "remove",
    "snapshots",
    "unreadable",
]

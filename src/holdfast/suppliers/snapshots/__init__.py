"""Registers in the cache that all projects of a user share: added once, kept by the day they were published."""

from __future__ import annotations

from holdfast.suppliers.snapshots.nearest import nearest, out_of_time
from holdfast.suppliers.snapshots.store import Snapshot, add, find, remove, snapshots, unreadable

__all__ = ["Snapshot", "add", "find", "nearest", "out_of_time", "remove", "snapshots", "unreadable"]

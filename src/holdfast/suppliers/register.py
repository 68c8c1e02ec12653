"""Registers of organisations, read into one shape whatever their columns are called."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from holdfast.core.figures import Source
from holdfast.core.problem import Problem

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.packs import Pack

RegisterKind = Literal["companies", "charities", "mutuals", "coops", "public-bodies", "premises", "own"]
KINDS: tuple[RegisterKind, ...] = ("companies", "charities", "mutuals", "coops", "public-bodies", "premises", "own")


@dataclass(frozen=True, slots=True)
class Register:
    """A register as every later step sees it.

    ``organisations``: one row per entry (``org, org_id, name, postcode, town, status, kind, ownership, size, size_why,
    sic``) · ``names``: ``org, name, how`` (current, previous, alias) · ``same``: pairs of identifiers of one
    organisation · ``premises``: ``name, postcode`` of known local premises.
    """

    kind: RegisterKind
    path: Path
    adapter: str
    organisations: pa.Table
    names: pa.Table
    same: pa.Table
    premises: pa.Table
    source: Source
    problems: tuple[Problem, ...] = ()


def load_register(kind: str, path: Path, pack: Pack) -> Register:
    """Recognise a register by its columns and read it. Raises ``HoldfastError`` HF501."""
    raise NotImplementedError

"""An anchor's own list of its suppliers: the surest source of where they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def load_creditors(path: Path) -> pa.Table:
    """The creditor list as ``supplier_id, name, postcode, town, company_number, charity_number, vat_number``, all text.

    Raises ``HoldfastError`` HF501 where neither an id nor a name column can be found.
    """
    raise NotImplementedError

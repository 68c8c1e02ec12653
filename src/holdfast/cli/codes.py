"""``holdfast codes``."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from holdfast.cli.terminal import columns, say
from holdfast.core.codes import CODES
from holdfast.core.problem import HoldfastError, Problem


def show_codes(wanted: Sequence[str]) -> None:
    """The entries asked for, or a line for each code."""
    if not wanted:
        for line in columns([(c.code, c.severity, c.title) for c in CODES.values()]):
            say(line)
        return
    for name in wanted:
        code = CODES.get(name.upper())
        if code is None:
            near = get_close_matches(name.upper(), CODES, n=1)
            help = f"Did you mean {near[0]}?" if near else "List them with: holdfast codes"
            raise HoldfastError(Problem("HF904", f"There is no code {name}.", help=help), exit_code=2)
        say(f"{code.code}: {code.title} ({code.severity})", style="bold")
        say(code.meaning)
        say(f"What to do: {code.what_to_do}")

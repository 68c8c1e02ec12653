"""CPU seconds and peak memory of a child process, its own children included."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """``cpu`` is user plus system seconds; ``peak_mb`` the largest resident size of any one process, in 10⁶ bytes."""

    cpu: float
    wall: float
    peak_mb: float
    output: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def measure(command: Sequence[str | Path], env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Measured:
    """Run a command to its end. Raises ``RuntimeError`` with what it said where its exit code is not 0."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(
            [str(c) for c in command],
            env={**os.environ, **(env or {})},
            cwd=cwd,
            stdout=said,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        said.seek(0)
        output = said.read().decode("utf-8", "replace")
    if child.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {child.returncode}:\n{output[-2000:]}")
    unit = 1 if sys.platform == "darwin" else 1024  # the one place where systems differ on the unit
    return Measured(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * unit / 1e6, output)


def best_of(times: int, command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> Measured:
    """The run with the fewest CPU seconds: for things so short that the machine's noise is larger than they are."""
    return min((measure(command, env) for _ in range(times)), key=lambda m: m.cpu)

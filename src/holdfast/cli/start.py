"""Where the ``holdfast`` program begins: Ctrl-C is answered before anything else is loaded.

Only what Python itself has loaded by then may be imported at the top.
"""

from __future__ import annotations

import os
import signal
from typing import Any

_STOPPED = (
    "\nerror[HF902]: Stopped before the work was done; the last good result stands.\n   = help: Run again.\n\n1 error\n"
)


def run() -> None:
    """The ``holdfast`` program."""
    # somebody may have had the signal ignored
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)
    from holdfast.cli.main import run as run_commands

    run_commands()


def started() -> None:
    """From here on Ctrl-C is an exception: there may be something to tidy up."""
    if signal.getsignal(signal.SIGINT) is _stop:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _stop(_number: int, _frame: Any) -> None:
    """While modules are loaded there is nothing to tidy up, and an exception could be lost or told as another."""
    os.write(2, _STOPPED.encode())
    os._exit(1)

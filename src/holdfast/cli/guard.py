"""Nothing ends in a traceback: every way a command can fail becomes a message with a code, and an exit code."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from holdfast.cli.start import started

F = TypeVar("F", bound=Callable[..., Any])


def guarded(command: F) -> F:
    """Run a command so that it ends in exit code 0, 1 or 2 whatever happens."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            started()
            command(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            _quietly()
        except KeyboardInterrupt:
            stopped()
        except Exception as error:
            _fail(error)

    return run  # type: ignore[return-value]


def stopped() -> NoReturn:
    """Ctrl-C."""
    from holdfast.cli.problems import show
    from holdfast.core.problem import Problem

    sys.stderr.write("\n")
    show([Problem("HF902", "Stopped before the work was done; the last good result stands.")])
    raise SystemExit(1) from None


def _fail(error: Exception) -> NoReturn:
    from holdfast.core.problem import HoldfastError

    if type(error).__module__.startswith(("typer", "click")):
        raise error  # wrong use and exit codes are the command line's own affair
    if isinstance(error, HoldfastError):
        from holdfast.cli.problems import show

        show(error.problems)
        raise SystemExit(error.exit_code) from None
    from holdfast.cli.problems import show

    show([_problem(error)])
    _drop_what_is_unsaid()
    raise SystemExit(1) from None


def _problem(error: Exception) -> Any:
    from holdfast.core.problem import Problem

    if isinstance(error, MemoryError):
        return Problem("HF999", "There is not enough memory for this.", help="Close other programs and run again.")
    from holdfast.core.disk import disk_problem, is_full

    if is_full(error) or isinstance(error, PermissionError):
        return disk_problem(error, "a file")
    reference, log = _log(error)
    help = f"Report it with the reference {reference}. What failed stands in {log}." if log else None
    return Problem("HF999", f"Something failed that Holdfast did not foresee (reference {reference}).", help=help)


def _log(error: Exception) -> tuple[str, Path | None]:
    """A reference that is the same for the same failure, and the file that holds its details."""
    import hashlib
    import tempfile
    import traceback

    text = "".join(traceback.format_exception(error))
    reference = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    path = Path(tempfile.gettempdir()) / f"holdfast-{reference}.log"
    try:
        path.write_text(text, encoding="utf-8", errors="replace")
    except OSError:
        return reference, None
    return reference, path


def _quietly() -> NoReturn:
    """Whoever read our output has read enough (``| head``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(0)


def _drop_what_is_unsaid() -> None:
    """Output that found no room is not tried again at the end, where Python would say so in its own way."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

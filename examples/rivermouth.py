"""Write the made-up place Rivermouth into a folder: ``python examples/rivermouth.py [FOLDER]``."""

from __future__ import annotations

import sys
from pathlib import Path

from holdfast.core.problem import HoldfastError
from holdfast.example import generate


def main(arguments: list[str]) -> int:
    """Generate into the folder named, by default ``rivermouth`` here. Returns the exit code."""
    try:
        folder = generate(Path(arguments[0] if arguments else "rivermouth"))
    except HoldfastError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""``python -m bench``: everything there is to measure, in one go. See :mod:`bench.run`."""

from bench.run import main

raise SystemExit(main())

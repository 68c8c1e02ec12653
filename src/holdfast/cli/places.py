"""``holdfast places``: directories that serve every project of a user."""

from __future__ import annotations

from pathlib import Path

from holdfast.cli.terminal import columns, say, tell


def add_places(file: Path, country: str) -> None:
    """Convert a directory into the shared cache."""
    from holdfast.packs import load
    from holdfast.places import add_file, user_cache

    added = add_file(file, user_cache(), load(country))
    say(f"{added.source.name}: {added.kind}, {added.rows:,} rows")
    if added.skipped:
        tell(f"{added.skipped:,} rows without a usable key, or there twice, were left out.")


def list_places(country: str) -> None:
    """What was added, the newest first."""
    from holdfast.packs import load
    from holdfast.places import added_files, user_cache

    found = added_files(user_cache(), load(country))
    if not found:
        tell("Nothing was added. Add a directory with: holdfast places add FILE")
        return
    for line in columns([(a.kind, a.source.name, a.source.date, f"{a.rows:,}") for a in found], right=[3]):
        say(line)

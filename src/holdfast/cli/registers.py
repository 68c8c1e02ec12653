"""``holdfast registers``: snapshots of registers that serve every project of a user."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.cli.problems import show
from holdfast.cli.progress import Tell, progress
from holdfast.cli.terminal import columns, say, tell
from holdfast.core.problem import HoldfastError, Problem

if TYPE_CHECKING:
    from holdfast.packs import Pack
    from holdfast.suppliers.snapshots import Official, Snapshot


def add_register(
    kind: str,
    what: str | None,
    *,
    country: str,
    day: str = "",
    licence: str = "",
    sha256: str = "",
    register: str = "",
    private: bool = False,
) -> None:
    """Add a file, what is at an address, or the official register of a kind; say what came of it."""
    from holdfast.packs import load
    from holdfast.suppliers.register import known_kind
    from holdfast.suppliers.snapshots.download import is_address

    known_kind(kind)
    _date(day)
    pack = load(country)
    with progress() as tell_progress:
        if what is None:
            added = _official(kind, register, day, pack, sha256, private, tell_progress)
        elif is_address(what):
            added = _fetched(kind, [what], pack, day, licence, sha256, private, tell_progress)
        else:
            added = _file(kind, Path(what), pack, day, licence, sha256, tell_progress)
    say(added.id)
    tell(f"{added.title}{f' of {added.date}' if added.date else ''}: {_counted(added)}.")
    tell(f"Licence: {added.licence}. Say so where you publish what is made of it.")
    show(added.problems)


def _date(day: str) -> None:
    from holdfast.suppliers.published import day_of

    if day and day_of(day) is None:
        said = f"--date {day} is not a date."
        raise HoldfastError(Problem("HF904", said, help="Write it like 2024-05-01, 2024-05 or 2024."), exit_code=2)


def _file(kind: str, path: Path, pack: Pack, day: str, licence: str, sha256: str, told: Tell | None) -> Snapshot:
    from holdfast.core.disk import sha256 as hash_of
    from holdfast.core.usercache import user_cache
    from holdfast.suppliers.snapshots import add

    if sha256 and path.is_file() and (found := hash_of(path)) != sha256.lower():
        said = f"{path.name} has the SHA-256 {found}, not {sha256.lower()}."
        raise HoldfastError(Problem("HF511", said, file=str(path), help="Download it again."))
    return add(path, kind, user_cache(), pack, date=day, licence=licence, tell=told)


def _official(
    kind: str, register: str, day: str, pack: Pack, sha256: str, private: bool, told: Tell | None
) -> Snapshot:
    from holdfast.suppliers.published import day_of
    from holdfast.suppliers.snapshots import official

    found = official(pack, kind, register)
    _introduce(found)
    wanted = (day_of(day) if day else None) or date.today()
    addresses = found.addresses(wanted)
    # of a file that is asked for by its day another day's is none
    return _fetched(kind, addresses[:1] if day else addresses, pack, day, found.licence, sha256, private, told)


def _introduce(found: Official) -> None:
    tell(f"{found.title}. Licence: {found.licence}. See {found.page}")
    if found.note:
        tell(found.note)


def _fetched(
    kind: str,
    addresses: list[str],
    pack: Pack,
    day: str,
    licence: str,
    sha256: str,
    private: bool,
    told: Tell | None,
) -> Snapshot:
    """What is at the first of the addresses that has something."""
    from holdfast.core.usercache import user_cache
    from holdfast.suppliers.snapshots import add
    from holdfast.suppliers.snapshots.download import Limits, downloaded, shown

    cache, limits = user_cache(), Limits(private=private)
    for i, address in enumerate(addresses):
        try:
            with downloaded(address, cache / "downloads", sha256=sha256, limits=limits, tell=told) as path:
                return add(path, kind, cache, pack, date=day, licence=licence, source=shown(address), tell=told)
        except HoldfastError as error:
            if error.problems[0].code != "HF511" or i + 1 == len(addresses):
                raise
    raise AssertionError("there is always an address")  # pragma: no cover


def _counted(added: Snapshot) -> str:
    """``4,537 organisations``, or whatever it holds."""
    words = {"organisations": "organisations", "premises": "premises", "owners": "statements about owners"}
    held = [f"{added.counts[name]:,} {word}" for name, word in words.items() if added.counts[name]]
    return ", ".join(held) or f"{added.counts['same']:,} pairs of numbers"


def list_registers(country: str) -> None:
    """What was added: id, what it is, when it was published."""
    from holdfast.core.usercache import user_cache
    from holdfast.packs import load
    from holdfast.suppliers.snapshots import snapshots, unreadable

    cache, pack = user_cache(), load(country)
    found = snapshots(cache, pack)
    if not found and not unreadable(cache, pack):
        tell("No register was added. Add one with: holdfast registers add KIND FILE")
    if found:
        head = ("id", "kind", "register", "date", "rows")
        rows = [(s.id, s.kind, s.series, s.date or "not known", f"{s.rows:,}") for s in found]
        for line in columns([head, *rows], right=[4]):
            say(line)
    for id in unreadable(cache, pack):
        tell(f"{id} was made by another version of Holdfast or is damaged: add its file again, or remove it.")


def list_officials(country: str) -> None:
    """The official registers that the country's pack knows an address of."""
    from holdfast.packs import load
    from holdfast.suppliers.snapshots import officials

    found = officials(load(country))
    if not found:
        tell(f"The pack {country} lists no official registers.")
        return
    head = ("kind", "id", "register", "how", "licence")
    how = ("add it without a file", "download it by hand")
    for line in columns([head, *((o.kind, o.id, o.title, how[not o.address], o.licence) for o in found)]):
        say(line)


def show_register(id: str, country: str) -> None:
    """Everything that is known of a snapshot."""
    from holdfast.core.usercache import user_cache
    from holdfast.packs import load
    from holdfast.suppliers.snapshots import find

    found = find(user_cache(), load(country), id)
    say(found.id, style="bold")
    told = {
        "register": found.title,
        "kind": found.kind,
        "date": found.date or "not known",
        "file": found.name,
        "source": found.source or "a file",
        "licence": found.licence,
        "SHA-256": found.sha256,
        "rows": f"{found.rows:,}",
        **{name: f"{count:,}" for name, count in found.counts.items() if count},
        "columns": ", ".join(found.columns),
    }
    for line in columns(list(told.items())):
        say(line)
    show(found.problems)


def remove_register(id: str, country: str) -> None:
    """Take a snapshot away; runs that used it keep their results."""
    from holdfast.core.usercache import user_cache
    from holdfast.packs import load
    from holdfast.suppliers.snapshots import remove

    say(f"{remove(user_cache(), load(country), id)} was removed.")

"""The registers of a project: files in its folder, and snapshots in the cache of its user."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from holdfast.core.problem import HoldfastError, Problem
from holdfast.packs import Pack
from holdfast.project.locating import at_setting, located
from holdfast.project.paths import Found
from holdfast.project.settings import RegisterSettings, Settings
from holdfast.suppliers import Register, load_register


def load_registers(
    settings: Settings, files: Sequence[Found], pack: Pack, period: tuple[str, str]
) -> tuple[Register, ...]:
    """The registers in the order of the settings, each with what its date says about the payments.

    ``files`` of those with a path, in their order. Raises HF501 and its like, and HF507 where none was added.
    """
    given = iter(files)
    found: list[Register] = []
    for i, said in enumerate(settings.registers):
        if said.path:
            file = next(given)
            found.append(_file(said, file.path, file.name, pack))
        else:
            had = {f.path for f in found}
            found += [r for r in _cached(settings, i, said, pack, period) if r.path not in had]
    return tuple(_dated(register, period) for register in found)


def check_cached(settings: Settings, pack: Pack) -> None:
    """Raises HF507 for a register that was not added, before any payment is read."""
    problems: list[Problem] = []
    for i, said in enumerate(settings.registers):
        if not said.path:
            try:
                next(_cached(settings, i, said, pack, ("", "")))
            except HoldfastError as error:
                problems += error.problems
    if problems:
        raise HoldfastError(*problems, exit_code=2)


def _file(said: RegisterSettings, path: Path, name: str, pack: Pack) -> Register:
    """A register, dated and licensed as the settings say and known by its name in the project."""
    with located(Found(name, path)):
        loaded = load_register(said.kind, path, pack)
    source = replace(loaded.source, date=said.date or loaded.source.date, licence=said.licence or loaded.source.licence)
    problems = tuple(replace(p, file=name) for p in loaded.problems)
    return replace(loaded, source=source, problems=problems)


def _cached(
    settings: Settings, i: int, said: RegisterSettings, pack: Pack, period: tuple[str, str]
) -> Iterator[Register]:
    from holdfast.core.usercache import user_cache
    from holdfast.suppliers.snapshots import find, nearest, snapshots

    try:
        if said.snapshot:
            found = [find(user_cache(), pack, said.snapshot)]
        else:
            found = nearest(snapshots(user_cache(), pack), said.kind, *period)
    except HoldfastError as error:
        problems = (at_setting(p, settings, ("register", i, "snapshot")) for p in error.problems)
        raise HoldfastError(*problems, exit_code=2) from error
    wrong = [s.kind for s in found if s.kind != said.kind]
    if wrong or not found:
        raise HoldfastError(at_setting(_none(said, wrong), settings, ("register", i, "kind")), exit_code=2)
    yield from (s.register() for s in found)


def _none(said: RegisterSettings, other: Sequence[str]) -> Problem:
    if other:
        message = f"{said.snapshot} is a register of {other[0]}, not of {said.kind}."
        return Problem("HF507", message, value=said.snapshot, help=f'Set kind = "{other[0]}".')
    message = f"No register of {said.kind} is in the cache, and no path is given."
    help = f"Add one with: holdfast registers add {said.kind} FILE; or give the path of a file in the project."
    return Problem("HF507", message, value=said.kind, help=help)


def _dated(register: Register, period: tuple[str, str]) -> Register:
    from holdfast.suppliers.snapshots import out_of_time

    if register.kind in ("premises", "owners", "own"):
        return register
    return replace(register, problems=(*register.problems, *out_of_time(register.source, *period)))

"""Every anchor's files read, held to their own counts, and known by their names in the project."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.core.disk import whole_or_nothing
from holdfast.core.figures import InputFile
from holdfast.core.problem import HoldfastError, Problem
from holdfast.packs import Pack
from holdfast.project.batches import Source
from holdfast.project.inputs import Inputs
from holdfast.project.paths import Found
from holdfast.project.settings import AnchorSettings, Settings

if TYPE_CHECKING:
    from holdfast.spend.mapping import SavedLayout, SavedMapping
    from holdfast.spend.reading import TableRead

#: Called with a stage, how much of it is done and how much there is.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class AnchorReading:
    """What was read for one anchor. ``corrected`` says whether a saved mapping changed how any file was read."""

    anchor: AnchorSettings
    tables: tuple[TableRead, ...]
    corrected: bool = False

    @property
    def sources(self) -> list[Source]:
        """The tables that hold payments."""
        return [
            Source(self.anchor.id, t.path, t.sheet, t.rows_typed, t.checksum, t.payments, frozenset(t.mapping))
            for t in self.tables
            if t.rows_typed and t.payments is not None
        ]

    @property
    def inputs(self) -> list[InputFile]:
        return [
            InputFile(
                self.anchor.id, t.path, t.sha256, t.sheet, t.rows_staged, t.rows_typed, t.rows_quarantined,
                t.rows_excluded, t.total, t.first_date, t.last_date,
            )
            for t in self.tables
        ]  # fmt: skip


def read_anchors(
    settings: Settings, inputs: Inputs, pack: Pack, cache: Path | None, progress: Progress | None = None
) -> list[AnchorReading]:
    """Read every anchor's files.

    Raises :class:`HoldfastError` HF320 where a table does not reconcile, HF409 where a file names another body,
    HF413 where no payment could be read at all, HF415 where none of an anchor could.
    """
    count = sum(map(len, inputs.spend.values()))
    readings: list[AnchorReading] = []
    for anchor in settings.anchors:
        before = sum(len(inputs.spend[r.anchor.id]) for r in readings)

        def tell(done: int, _all: int, _name: str, before: int = before) -> None:
            if progress:
                progress("Reading", before + done, count)

        readings.append(read_anchor(anchor, settings, inputs, pack, cache, tell))
    wrong = [p for r in readings for p in (*_unreconciled(r), *_others(r))]
    if wrong:
        raise HoldfastError(*wrong)
    if not any(r.sources for r in readings):
        listed = [p for r in readings for t in r.tables for p in t.problems]
        raise HoldfastError(*listed, Problem("HF413", "No payment could be read from any file of the project."))
    silent = [p for r in readings if not r.sources and not r.anchor.may_be_empty for p in _nothing_read(r)]
    if silent:
        raise HoldfastError(*silent)
    return readings


def read_anchor(
    anchor: AnchorSettings,
    settings: Settings,
    inputs: Inputs,
    pack: Pack,
    cache: Path | None,
    progress: Callable[[int, int, str], None] | None = None,
) -> AnchorReading:
    """Read the files of one anchor. A saved mapping decides where it differs from what the reader would do itself."""
    from holdfast.spend.mapping import SavedMapping
    from holdfast.spend.reader import read

    files = inputs.spend[anchor.id]
    currency = anchor.currency or settings.place.currency or pack.currency
    saved = SavedMapping.load(inputs.mappings[anchor.id].path) if anchor.id in inputs.mappings else None

    def tables(mapping: SavedMapping | None) -> tuple[TableRead, ...]:
        paths = [f.path for f in files]
        found = read(
            paths, pack=pack, mappings=mapping, cache=cache, root=inputs.project, currency=currency, progress=progress
        )
        return tuple(_renamed(found.files, files, inputs.project))

    # read without it first: a mapping that only says what the reader finds anyway leaves what is cached in force
    plain = tables(None)
    if saved is None or agrees(saved, plain):
        return AnchorReading(anchor, plain)
    return AnchorReading(anchor, tables(saved), corrected=True)


def agrees(saved: SavedMapping, tables: Iterable[TableRead]) -> bool:
    """Whether a mapping says of every table just what was found without it."""
    for table in tables:
        layout = saved.for_headers(table.headers) or saved.for_width(len(table.headers))
        if layout is None:
            continue
        told = any(
            v is not None for v in (layout.day_first, layout.decimal, layout.encoding, layout.kind, layout.currency)
        )
        if told or layout.vat not in (None, table.vat_basis) or not _same_columns(layout, table):
            return False
    return True


def _same_columns(layout: SavedLayout, table: TableRead) -> bool:
    """Whether a layout takes the columns that were taken, however their headers are spelt (``Amount £``)."""
    from holdfast.spend.headers import normalise

    told = {name: f"column {c}" if isinstance(c, int) else c for name, c in layout.columns.items()}
    return {n: normalise(c) for n, c in told.items()} == {n: normalise(c) for n, c in table.mapping.items()}


def save_mappings(readings: Sequence[AnchorReading], inputs: Inputs, folder: Path) -> list[Path]:
    """Write ``<anchor>.toml`` for each anchor that has none: how its files were read, to be corrected by hand."""
    from holdfast.spend.mapping import render

    written = []
    for reading in readings:
        target = folder / f"{reading.anchor.id}.toml"
        layouts = {
            t.headers: (t.headers, t.mapping, t.reasons, t.vat_basis)
            for t in reading.tables
            if t.rows_typed and any(t.headers)
        }
        if reading.anchor.id in inputs.mappings or not layouts or target.exists():
            continue
        with whole_or_nothing(target) as beside:
            beside.write_text(render(list(layouts.values()), reading.anchor.name), encoding="utf-8")
        written.append(target)
    return written


def _renamed(tables: Iterable[TableRead], files: Sequence[Found], project: Path) -> list[TableRead]:
    """The tables under their names in the project; the reader knows files outside it by their place on this machine."""
    names = {_label(f.path, project): f.name for f in files}

    def name(label: str) -> str:
        file, mark, member = label.partition("!")
        return names.get(file, file) + mark + member

    renamed = []
    for table in tables:
        problems = tuple(replace(p, file=name(p.file) if p.file else None) for p in table.problems)
        renamed.append(replace(table, path=name(table.path), problems=problems))
    return renamed


def _label(path: Path, project: Path) -> str:
    real = path.resolve()
    return real.relative_to(project).as_posix() if real.is_relative_to(project) else path.as_posix()


def _nothing_read(reading: AnchorReading) -> list[Problem]:
    """What is wrong with the files of an anchor, and that there is nothing else of it."""
    names = list(dict.fromkeys(t.path for t in reading.tables))
    more = f" and {len(names) - 5:,} more" if len(names) > 5 else ""
    message = f"Nothing could be read from {reading.anchor.name}: {', '.join(names[:5])}{more}."
    return [*(p for t in reading.tables for p in t.problems), Problem("HF415", message, value=reading.anchor.id)]


def guessed_currencies(settings: Settings, pack: Pack, readings: Iterable[AnchorReading]) -> list[Problem]:
    """Anchors whose files name no currency, where the place's is set to another than the country's."""
    chosen = settings.place.currency
    if chosen is None or chosen == pack.currency:
        return []
    problems = []
    for reading in readings:
        silent = [t for t in reading.tables if t.rows_typed and not t.currency_told]
        if silent and reading.anchor.currency is None:
            message = (
                f"The amounts of {reading.anchor.name} name no currency and were taken for {chosen}, as place.toml "
                f"says, though {pack.name} pays in {pack.currency}."
            )
            problems.append(Problem("HF343", message, file=silent[0].path, sheet=silent[0].sheet, count=len(silent)))
    return problems


def _unreconciled(reading: AnchorReading) -> list[Problem]:
    return [
        Problem(
            "HF320",
            f"{t.rows_staged:,} rows were staged, but {t.rows_typed:,} typed, {t.rows_quarantined:,} set aside and "
            f"{t.rows_excluded:,} left out.",
            file=t.path,
            sheet=t.sheet,
        )
        for t in reading.tables
        if t.rows_staged != t.rows_typed + t.rows_quarantined + t.rows_excluded
    ]


#: Words that say what kind of body it is, not which.
_COMMON = frozenset(
    (
        *("the", "of", "and", "for", "mbc", "bc", "cc", "dc", "nhs", "ccg", "icb", "limited", "ltd", "plc"),
        *("council", "city", "county", "borough", "district", "metropolitan", "authority", "group", "police", "fire"),
        *("trust", "foundation", "hospital", "hospitals", "university", "college", "service", "services"),
    )
)


def _others(reading: AnchorReading) -> list[Problem]:
    """Files most of whose rows name a body that shares no telling word with the anchor."""
    own = (reading.anchor.name, reading.anchor.id, *reading.anchor.body)
    problems = []
    for table in reading.tables:
        foreign = {body: n for body, n in table.bodies.items() if not same_body(body, own)}
        if sum(foreign.values()) * 2 > max(table.rows_typed, 1):
            body = max(sorted(foreign), key=lambda b: foreign[b])
            message = f"{foreign[body]:,} of {table.rows_typed:,} rows name {body}, not {reading.anchor.name}."
            help = (
                f'Move the file to the right anchor, or write body = "{body}" under {reading.anchor.id} in place.toml.'
            )
            problems.append(Problem("HF409", message, file=table.path, sheet=table.sheet, value=body, help=help))
    return problems


def same_body(said: str, own: Sequence[str]) -> bool:
    """Whether a body's name may mean one of ``own``: a telling word in common, or one the initials of the other."""
    return any(_words(said) & _words(name) or _initials(said) & _initials(name) for name in own)


def _words(name: str) -> set[str]:
    words = re.findall(r"[^\W_]+", name.casefold())
    return set(words) - _COMMON or set(words)


def _initials(name: str) -> set[str]:
    words = re.findall(r"[^\W_]+", name.casefold())
    return {"".join(w[0] for w in words), "".join(words)} if words else set()

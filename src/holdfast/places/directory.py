"""Where postcodes and towns are: added files first, then the postcodes that come with Holdfast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from holdfast.core.figures import Source
from holdfast.packs import Pack, available, load
from holdfast.packs.areas import AreaTree
from holdfast.places.added import AddedFile, add_file, added_files
from holdfast.places.bundled import BundledPostcodes
from holdfast.places.cache import user_cache
from holdfast.places.points import Box, with_points, within
from holdfast.places.postcodes import canonical, unspaced

if TYPE_CHECKING:
    import pyarrow as pa


class PostcodeSource(Protocol):
    """Postcodes by first character: ``key`` and some of ``area, lat, lon, east, north, lsoa, lsoa11, decile``."""

    @property
    def source(self) -> Source: ...

    def letters(self) -> list[str]: ...

    def letter(self, letter: str) -> pa.Table | None: ...


#: What a lookup answers beside the postcode as given and as it is rightly written.
FIELDS = ("area", "lat", "lon", "lsoa", "decile")


@dataclass(frozen=True)
class Directory:
    """Every source of places of a project, in the order in which they are asked."""

    pack: Pack
    postcodes: tuple[PostcodeSource, ...] = ()
    deprivation: tuple[AddedFile, ...] = ()
    areas: AreaTree = field(default_factory=AreaTree)
    towns: dict[str, str] = field(default_factory=dict)
    added: tuple[AddedFile, ...] = ()

    @classmethod
    def for_project(cls, pack: Pack, extra: Sequence[Path] = (), cache: Path | None = None) -> Directory:
        """The pack's places, with the project's own files (``extra``, first asked) and what was added to the caches.

        ``cache`` is where ``extra`` is converted and what the project added is kept; by default the shared cache.
        Raises :class:`HoldfastError` HF104 or HF608 for a file that is not one of places.
        """
        own = cache or user_cache()
        files = [add_file(path, own, pack) for path in extra]
        for home in dict.fromkeys((own, user_cache())):
            files += [a for a in added_files(home, pack) if a.sha256 not in {f.sha256 for f in files}]
        kept: list[PostcodeSource] = [f for f in files if f.kind == "postcodes"]
        if pack.code == "uk":
            kept.append(BundledPostcodes())
        areas = pack.areas
        for file in files:
            areas = areas.with_areas(file.listed()) if file.kind == "areas" else areas
        towns = {r["town"]: r["area"] for f in files if f.kind == "towns" for r in f.listed()}
        deprivation = tuple(f for f in files if f.kind == "deprivation")
        return cls(pack, tuple(kept), deprivation, areas, towns, tuple(files))

    def sources(self) -> tuple[Source, ...]:
        """What was asked, for the manifest and the report."""
        return tuple(s.source for s in (*self.postcodes, *(a for a in self.added if a.kind != "postcodes")))

    def area_name(self, code: str) -> str:
        return self.areas.name(code)

    def find_authority(self, name: str) -> str | None:
        """Code of today's authority of a council's name, for an anchor's own area; ``None`` where none is meant."""
        found = self.areas.find(name) or next((a.code for a in self.areas.areas.values() if a.name == name), None)
        return self.areas.today.get(found, found) if found else None

    @cached_property
    def has_points(self) -> bool:
        """Whether some source says where a postcode is, not only in which area."""
        return any(
            (first := s.letters()) and (table := s.letter(first[0])) and {"lat", "east"} & set(table.column_names)
            for s in self.postcodes
        )

    def lookup(self, postcodes: Sequence[str | None]) -> pa.Table:
        """``postcode, canonical, area, lat, lon, lsoa, decile`` of each postcode, in the order given.

        ``canonical`` is null for what is no postcode, ``area`` for one that no source knows. Only the first letters
        that occur are loaded.
        """
        import pyarrow as pa

        given = pa.array(postcodes, pa.string())
        coded = given.dictionary_encode()
        distinct = self.find(canonical(coded.dictionary, self.pack))
        answers = distinct.take(coded.indices)
        return answers.add_column(0, "postcode", given)

    def find(self, postcodes: pa.Array) -> pa.Table:
        """``canonical`` and :data:`FIELDS` for canonical postcodes (null for null), in their order."""
        import pyarrow as pa
        import pyarrow.compute as pc

        coded = unspaced(postcodes).dictionary_encode()
        keys = coded.dictionary
        found = _empty(len(keys))
        for letter in sorted(set(pc.utf8_slice_codeunits(keys, 0, 1).to_pylist())):
            self._find_letter(letter, keys, found)
        found["area"] = self._today(pc.coalesce(found["area"], self._by_prefix(keys)))
        found["decile"] = self._deciles(found)
        table = pa.table({name: found[name] for name in FIELDS})
        return table.take(coded.indices).add_column(0, "canonical", postcodes)

    def _find_letter(self, letter: str, keys: pa.Array, found: dict[str, pa.Array]) -> None:
        """Fill in what the sources know of that letter's postcodes; the first one that says something is believed."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        wanted = pc.starts_with(keys, letter)
        mine, place = keys.filter(wanted), pc.indices_nonzero(wanted).to_numpy()
        for source in self.postcodes:
            if isinstance(source, BundledPostcodes) and _settled(found, wanted):
                return
            table = source.letter(letter)
            if table is None:
                continue
            at = pc.index_in(table["key"].combine_chunks(), value_set=mine)
            rows = with_points(table.filter(pc.is_valid(at)))
            position = np.full(len(keys), -1)
            position[place[at.drop_null().to_numpy()]] = np.arange(len(rows))
            take = pa.array(position, mask=position < 0)
            for name in sorted(set(found) & set(rows.column_names)):
                column = rows[name].combine_chunks().cast(found[name].type)
                found[name] = pc.coalesce(found[name], column.take(take))

    def _by_prefix(self, keys: pa.Array) -> pa.Array:
        """The area that the first figures of a postcode mean, in countries where they do."""
        import pyarrow as pa
        import pyarrow.compute as pc

        prefixes = self.pack.postcode_prefixes
        if not prefixes:
            return pa.nulls(len(keys), pa.string())
        length = len(next(iter(prefixes)))
        at = pc.index_in(pc.utf8_slice_codeunits(keys, 0, length), value_set=pa.array(prefixes, pa.string()))
        return pa.array(prefixes.values(), pa.string()).take(at)

    def _today(self, areas: pa.Array) -> pa.Array:
        """Area codes of today for those of older directories."""
        import pyarrow as pa

        coded = areas.dictionary_encode()
        now = [self.areas.today.get(a, a) for a in coded.dictionary.to_pylist()]
        return pa.array(now, pa.string()).take(coded.indices)

    def _deciles(self, found: dict[str, pa.Array]) -> pa.Array:
        """From a deprivation file where one knows the neighbourhood's nation, else as the directory has it.

        A nation is told by the first letter of the neighbourhood's code. Deciles of two indices are never mixed within
        one nation: they rank different neighbourhoods.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        decile, settled = found["decile"], pa.array([False] * len(found["decile"]))
        for file in self.deprivation:
            rows = file.deciles()
            key = rows.column_names[0]
            nations = pc.utf8_slice_codeunits(rows[key], 0, 1).unique()
            nation = pc.utf8_slice_codeunits(found["lsoa"], 0, 1)
            mine = pc.and_(pc.is_in(nation, value_set=nations), pc.invert(settled))
            code = found["lsoa"] if key == "lsoa" else pc.coalesce(found["lsoa11"], found["lsoa"])
            at = pc.index_in(code, value_set=rows[key].combine_chunks())
            decile = pc.if_else(mine, rows["decile"].combine_chunks().take(at), decile)
            settled = pc.or_(settled, mine)
        return decile

    def points(self, *, areas: frozenset[str] | None = None, box: Box | None = None) -> pa.Table:
        """``area, lat, lon`` of every postcode with a known place, in those areas or that box: to test rings."""
        import pyarrow as pa
        import pyarrow.compute as pc

        tables: list[pa.Table] = [pa.schema(_point_types()).empty_table()]
        for letter in sorted({x for s in self.postcodes for x in s.letters()}):
            seen = pa.array([], pa.string())
            for source in self.postcodes:
                rows = source.letter(letter)
                if rows is None or "area" not in rows.column_names or not {"lat", "east"} & set(rows.column_names):
                    continue
                rows = rows.filter(pc.invert(pc.is_in(rows["key"], value_set=seen)))
                seen = pa.concat_arrays([seen, rows["key"].combine_chunks()])
                rows = rows.set_column(
                    rows.column_names.index("area"),
                    "area",
                    self._today(rows["area"].combine_chunks().cast(pa.string())),
                )
                if areas is not None:
                    rows = rows.filter(pc.is_in(rows["area"], value_set=pa.array(sorted(areas), pa.string())))
                rows = with_points(within(rows, box) if box else rows)
                tables.append(pa.table({n: rows[n].cast(t) for n, t in _point_types().items()}))
        every = pa.concat_tables(tables)
        return every.filter(pc.is_valid(every["lat"]))


def _point_types() -> dict[str, pa.DataType]:
    import pyarrow as pa

    return {"area": pa.string(), "lat": pa.float64(), "lon": pa.float64()}


def _empty(n: int) -> dict[str, pa.Array]:
    import pyarrow as pa

    types = {"area": pa.string(), "lat": pa.float64(), "lon": pa.float64(), "lsoa": pa.string(), "lsoa11": pa.string()}
    return {name: pa.nulls(n, t) for name, t in types.items()} | {"decile": pa.nulls(n, pa.int8())}


def _settled(found: dict[str, pa.Array], wanted: pa.Array) -> bool:
    """Whether authority and place are known of all ``wanted``: there is nothing more to ask the bundled source."""
    import pyarrow.compute as pc

    known = pc.and_(pc.is_valid(found["area"]), pc.is_valid(found["lat"]))
    return bool(pc.all(known.filter(wanted)).as_py())


def area_name(code: str) -> str:
    """The name of an area code of any pack; the code itself where none knows it."""
    trees = (load(pack).areas for pack in available())
    return next((tree.name(code) for tree in trees if tree.known(code)), code)


def find_authority(name: str, pack: Pack | None = None) -> str | None:
    """Code of today's authority that a council's name means: ``Hyndburn Borough Council`` -> ``E07000120``."""
    return (pack or load("uk")).areas.meant(name)

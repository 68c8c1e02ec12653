"""Where the postcodes of a table are: grid references become latitude and longitude, for the rows that are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfast.places.grid import BRITISH, IRISH, to_lat_lon

if TYPE_CHECKING:
    import pyarrow as pa

#: South, west, north, east, in degrees.
Box = tuple[float, float, float, float]


def with_points(rows: pa.Table) -> pa.Table:
    """``lat`` and ``lon`` beside grid references. Postcodes that begin BT are on the Irish grid."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if "lat" in rows.column_names or "east" not in rows.column_names:
        return rows
    east, north = (pc.fill_null(rows[n], 0).to_numpy().astype(np.float64) for n in ("east", "north"))
    irish = pc.starts_with(rows["key"], "BT").to_numpy()
    missing = pc.is_null(rows["east"]).to_numpy()
    lat, lon = to_lat_lon(east, north, BRITISH)
    if irish.any():
        lat[irish], lon[irish] = to_lat_lon(east[irish], north[irish], IRISH)
    return rows.append_column("lat", pa.array(lat, mask=missing)).append_column("lon", pa.array(lon, mask=missing))


def within(rows: pa.Table, box: Box) -> pa.Table:
    """Rows that may lie in the box: grid references become degrees roughly, and half a degree is allowed for."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if "lat" in rows.column_names:
        lat, lon = (rows[n].to_numpy() for n in ("lat", "lon"))
    else:
        east, north = (pc.fill_null(rows[n], 0).to_numpy().astype(np.float64) for n in ("east", "north"))
        irish = pc.starts_with(rows["key"], "BT").to_numpy()
        lat = np.where(irish, 53.5 + (north - 250_000) / 111_250, 49 + (north + 100_000) / 111_250)
        lon = np.where(
            irish, -8 + (east - 200_000) / 65_500, -2 + (east - 400_000) / (111_320 * np.cos(np.radians(lat)))
        )
    south, west, top, right = box
    near = (lat >= south - 0.5) & (lat <= top + 0.5) & (lon >= west - 0.5) & (lon <= right + 0.5)
    return rows.filter(pa.array(near))

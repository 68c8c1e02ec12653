"""Every test of a measure runs on every engine, but for those that say on which."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from spec import spend_rows


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    mark = metafunc.definition.get_closest_marker("engines")
    metafunc.parametrize("on_engine", mark.args if mark else ("duckdb", "spark"), indirect=True, scope="module")


@pytest.fixture(autouse=True, scope="module")
def on_engine(request: pytest.FixtureRequest) -> Iterator[None]:
    """``spend_rows.engine()`` is this engine."""
    if request.param == "duckdb":
        yield
        return
    with spend_rows.instead(request.getfixturevalue("spark")):
        yield

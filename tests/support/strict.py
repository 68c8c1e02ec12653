"""A skip says why, and with ``HOLDFAST_REQUIRE=all`` it is a failure: what was not tested is not reported as fine."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest


def required() -> bool:
    """Whether everything that can be tested must be tested in this run."""
    return os.environ.get("HOLDFAST_REQUIRE", "") == "all"


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that carries the skip's own reason. An expected failure is no skip."""
    if report.outcome != "skipped" or hasattr(report, "wasxfail") or not required():
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"HOLDFAST_REQUIRE=all allows no skip. {reason}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests marked nightly, unless a marker expression was given."""
    if config.option.markexpr:
        return
    nightly = [item for item in items if item.get_closest_marker("nightly")]
    if nightly:
        config.hook.pytest_deselected(items=nightly)
        items[:] = [item for item in items if item not in nightly]


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    refuse_skip(report)
    return report

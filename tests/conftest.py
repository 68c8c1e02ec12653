"""What every test can ask for: real data where it is present, a browser where there is one, and no silent skips."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from support import data, node, strict

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from xdist.scheduler import LoadScopeScheduling

    from holdfast.engine.spark import Engine as SparkEngine

ROOT = Path(__file__).resolve().parents[1]

# The person's own cache may hold directories of places they added: no test reads or fills it.
os.environ.setdefault("HOLDFAST_CACHE", str(ROOT / ".cache" / "holdfast"))

SPARK_IN_TESTS = (
    "--conf spark.sql.codegen.wholeStage=false --conf spark.sql.codegen.factoryMode=NO_CODEGEN pyspark-shell"
)

# One set of examples, the same everywhere, for `make test`; new ones every night.
settings.register_profile(
    "ci", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "nightly", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile(os.environ.get("HOLDFAST_HYPOTHESIS", "ci"))

pytest_collection_modifyitems = strict.pytest_collection_modifyitems
pytest_make_collect_report = strict.pytest_make_collect_report
pytest_runtest_makereport = strict.pytest_runtest_makereport


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """``shared_data("spend/manchester_cc")``: that part of the real data, laid out as its catalogue says.

    Read only: files may be links into the shared folder. Where the data is absent the test is skipped with the reason.
    """

    def lay_out(name: str) -> Path:
        try:
            return data.laid_out(name)
        except data.Absent as absent:
            pytest.skip(str(absent))

    return lay_out


@pytest.fixture(scope="session")
def acceptance_figures() -> dict[str, Any]:
    """The published figures to reproduce: ``reference/acceptance.json`` of the shared folder."""
    try:
        return data.acceptance_figures()
    except data.Absent as absent:
        pytest.skip(str(absent))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """A worker takes a file at a time, and one of them every test on Spark, which takes long to start."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "spark" if "spark" in nodeid else nodeid.partition("::")[0]

    return ByFile(config, log)


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkEngine]:
    """Spark on this machine, started once; skipped with the reason where it or Java is missing."""
    from holdfast.core.problem import HoldfastError
    from holdfast.engine.choice import require

    try:
        require("spark")
    except HoldfastError as missing:
        pytest.skip(f"{missing} (make spark; Debian: apt-get install default-jre-headless)")
    from holdfast.engine.spark import Engine

    # many small queries: what Spark would compile for each takes longer than the query
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", SPARK_IN_TESTS)
    engine = Engine()
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, driven by Playwright, started once per worker."""
    import shutil

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The script of axe-core, the accessibility checker, installed from ``frontend/package-lock.json``."""
    try:
        return node.axe_source(ROOT)
    except node.Absent as absent:
        pytest.skip(str(absent))


@pytest.fixture(scope="session")
def axe(axe_source: str) -> Callable[[Page], list[str]]:
    """``axe(page)``: the faults found on an open page, one line each; an empty list is what a test demands."""

    def check(page: Page) -> list[str]:
        # evaluate, not a script tag: a page whose own policy forbids scripts must still be checked
        page.evaluate(axe_source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{violation['id']}: {violation['help']} at {', '.join(str(n['target']) for n in violation['nodes'][:3])}"
            for violation in found["violations"]
        ]

    return check

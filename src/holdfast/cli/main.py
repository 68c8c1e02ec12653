"""The commands of ``holdfast``. Each hands over to a module of its own, loaded when the command is run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from holdfast.cli.guard import guarded, stopped

app = typer.Typer(
    name="holdfast",
    help="Where a place's money goes, and what would keep more of it working there.",
    epilog="Exit codes: 0 a result was written, 1 refused or (check, --strict) with problems, 2 wrong use.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich would triple the time to show the help
)
places_app = typer.Typer(help="Directories of postcodes and deprivation.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(places_app, name="places")
registers_app = typer.Typer(
    help="Registers of organisations, kept for all projects.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(registers_app, name="registers")


def _version(wanted: bool) -> None:
    if wanted:
        from holdfast import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def holdfast(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Where a place's money goes, and what would keep more of it working there."""


Project = Annotated[Path, typer.Argument(metavar="DIR", help="The project folder, which holds place.toml.")]
Data = Annotated[
    list[Path] | None,
    typer.Option("--data", metavar="DIR", help="A folder outside the project that its paths may lead into."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 if there is any error or warning.")]
RunName = Annotated[str, typer.Option("--run", metavar="RUN", help="An earlier run, by the beginning of its id.")]
LATEST = "latest"


@app.command()
@guarded
def read(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write the result as JSON.")] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE.parquet", help="Keep the payments.")] = None,
    strict: Strict = False,
    mappings: Annotated[
        Path | None, typer.Option("--mappings", metavar="DIR", help="Folder of saved column mappings.")
    ] = None,
    country: Annotated[str, typer.Option("--country", help="Country pack: uk, us, xk.")] = "uk",
) -> None:
    """Read payment files without any set-up and say what is in them."""
    from holdfast.cli.read_files import read_files

    read_files(paths, as_json=as_json, out=out, strict=strict, mappings=mappings, country=country)


@app.command()
@guarded
def match(
    names: Annotated[
        Path, typer.Argument(metavar="NAMES.csv", help="A column name; postcode, id and amount if there are.")
    ],
    register: Annotated[
        Path,
        typer.Option("--register", metavar="R.csv", help="Columns id, name; postcode, previous_names, status if any."),
    ],
    out: Annotated[Path | None, typer.Option("--out", metavar="M.csv", help="Where to write the answers.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the answers as JSON.")] = False,
    country: Annotated[str, typer.Option("--country", help="Country pack: uk, us, xk.")] = "uk",
) -> None:
    """Match a list of names against a register: linked, for review or none, each with its evidence."""
    from holdfast.cli.match_names import match_names

    match_names(names, register, out=out, as_json=as_json, country=country)


@app.command()
@guarded
def new(folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")]) -> None:
    """Make a project folder with settings to fill in."""
    from holdfast.cli.projects import new_project

    new_project(folder)


@app.command()
@guarded
def check(folder: Project, data: Data = None) -> None:
    """Say what a run would read, with control totals and problems, and write nothing. Exit code 1 with problems."""
    from holdfast.cli.projects import check_project

    check_project(folder, data or [])


@app.command("run")
@guarded
def run_command(
    folder: Project,
    engine: Annotated[str, typer.Option("--engine", help="What computes: duckdb or spark.")] = "duckdb",
    force: Annotated[bool, typer.Option("--force", help="Work it out again even if nothing changed.")] = False,
    strict: Strict = False,
    data: Data = None,
) -> None:
    """Analyse a project and write its report. The last line printed is the report's path."""
    from holdfast.cli.projects import run_project

    run_project(folder, engine=engine, force=force, strict=strict, data=data or [])


@app.command()
@guarded
def review(
    folder: Project,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers, as decisions.csv is to say.")] = "",
    order: Annotated[str, typer.Option("--order", help="money: most first; minutes: what pays off first.")] = "money",
    limit: Annotated[int, typer.Option("--limit", min=0, help="How many names; 0 for all.")] = 0,
    as_list: Annotated[bool, typer.Option("--list", help="Only list the names.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="List the names as JSON.")] = False,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE.csv", help="Write the answers for other places to trust.")
    ] = None,
    name: Annotated[str, typer.Option("--as", metavar="NAME", help="With --export: who they are said by.")] = "",
    run: RunName = LATEST,
    data: Data = None,
) -> None:
    """Say who was paid and where they are, the names that carry most money first. Answers go to decisions.csv."""
    from holdfast.cli.review import review_project

    review_project(
        folder, run=run, by=by, order=order, limit=limit, as_list=as_list, as_json=as_json, export=export, name=name,
        data=data or [],
    )  # fmt: skip


@app.command()
@guarded
def explain(
    folder: Project,
    figure: Annotated[str | None, typer.Argument(metavar="[FIGURE-ID]", help="Without it, the ids are listed.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write all payments to a .csv or .parquet file.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Payments to show.")] = 50,
    run: RunName = LATEST,
) -> None:
    """Show the payments behind a figure, with file and row."""
    from holdfast.cli.figures import explain_figure, list_figures

    if figure is None:
        list_figures(folder, run)
    else:
        explain_figure(folder, figure, run=run, limit=limit, out=out)


@app.command()
@guarded
def diff(
    runs: Annotated[
        list[str], typer.Argument(metavar="[DIR] RUN RUN", help="Two runs: folders, or ids of the project DIR.")
    ],
) -> None:
    """Say which figures changed between two runs, and why."""
    from holdfast.cli.figures import diff_runs

    diff_runs(runs)


@app.command()
@guarded
def compare(folders: Annotated[list[Path], typer.Argument(metavar="DIR DIR...", help="Project folders.")]) -> None:
    """Put places side by side on one definition, or say why that cannot be."""
    from holdfast.cli.figures import compare_places

    compare_places(folders)


@app.command()
@guarded
def brief(
    folder: Project,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to write (default: DIR/brief).")
    ] = None,
    run: RunName = LATEST,
) -> None:
    """Write one page for a leader, as HTML and DOCX."""
    from holdfast.cli.papers import write_brief_of

    write_brief_of(folder, out, run)


@app.command()
@guarded
def ask(
    folder: Project,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where to write (default: DIR/ask).")] = None,
    run: RunName = LATEST,
) -> None:
    """Write the letters that ask each institution for what is missing."""
    from holdfast.cli.papers import write_letters

    write_letters(folder, out, run)


@app.command()
@guarded
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to make it.")] = Path("rivermouth"),
) -> None:
    """Make Rivermouth, a made-up place, and analyse it."""
    from holdfast.cli.projects import demo_project

    demo_project(folder)


@app.command("bench-data")
@guarded
def bench_data(
    rows: Annotated[int, typer.Option("--rows", metavar="N", min=1, help="How many payments.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to make it.")] = Path("bench-data"),
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="The same seed gives the same bytes.")] = 2008,
) -> None:
    """Make a project of many made-up payments, to see how Holdfast does with much data."""
    from holdfast.cli.projects import make_bench_data

    make_bench_data(out, rows, seed)


@app.command()
@guarded
def codes(
    wanted: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE...]", help="Such as HF301; without it, all.")
    ] = None,
) -> None:
    """Explain a problem code."""
    from holdfast.cli.codes import show_codes

    show_codes(wanted or [])


@places_app.command("add")
@guarded
def places_add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, or a ZIP of one.")],
    country: Annotated[str, typer.Option("--country", help="Country pack: uk, us, xk.")] = "uk",
) -> None:
    """Add a directory of postcodes or deprivation for every project of this user."""
    from holdfast.cli.places import add_places

    add_places(file, country)


@places_app.command("list")
@guarded
def places_list(country: Annotated[str, typer.Option("--country", help="Country pack: uk, us, xk.")] = "uk") -> None:
    """List what was added."""
    from holdfast.cli.places import list_places

    list_places(country)


Country = Annotated[str, typer.Option("--country", help="Country pack: uk, us, xk.")]
RegisterId = Annotated[str, typer.Argument(metavar="ID", help="Its id, or the beginning of it.")]


@registers_app.command("add")
@guarded
def registers_add(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="companies, charities, mutuals, coops, public-bodies, nhs, schools, housing, premises, living-wage, "
            "owners or own.",
        ),
    ],
    what: Annotated[
        str | None,
        typer.Argument(metavar="[FILE|URL]", help="CSV or JSON, also packed; without it, the official register."),
    ] = None,
    date: Annotated[
        str, typer.Option("--date", help="When it was published, where its name does not say: 2024-05-01.")
    ] = "",
    licence: Annotated[str, typer.Option("--licence", help="The licence it was published under.")] = "",
    sha256: Annotated[str, typer.Option("--sha256", help="The hash that the file must have.")] = "",
    register: Annotated[
        str, typer.Option("--register", metavar="ID", help="Which official register, where a kind has several.")
    ] = "",
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also fetch from a machine inside your own network.")
    ] = False,
    country: Country = "uk",
) -> None:
    """Add a register for every project of this user. The last line printed to stdout is its id."""
    from holdfast.cli.registers import add_register

    add_register(
        kind,
        what,
        country=country,
        day=date,
        licence=licence,
        sha256=sha256,
        register=register,
        private=allow_private,
    )


@registers_app.command("list")
@guarded
def registers_list(
    official: Annotated[bool, typer.Option("--official", help="List where official registers are instead.")] = False,
    country: Country = "uk",
) -> None:
    """List what was added: id, kind, register, date, rows."""
    from holdfast.cli.registers import list_officials, list_registers

    list_officials(country) if official else list_registers(country)


@registers_app.command("show")
@guarded
def registers_show(id: RegisterId, country: Country = "uk") -> None:
    """Say what a register is: source, licence, date, hash, rows, columns, problems."""
    from holdfast.cli.registers import show_register

    show_register(id, country)


@registers_app.command("remove")
@guarded
def registers_remove(id: RegisterId, country: Country = "uk") -> None:
    """Take a register out of the cache. Runs that used it keep their results."""
    from holdfast.cli.registers import remove_register

    remove_register(id, country)


def run() -> None:
    """The ``holdfast`` program."""
    # the computer's own allocator gives memory back: a fifth less memory and CPU than the one Arrow brings
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    # numpy would start threads for linear algebra that nothing here does
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from holdfast.cli.terminal import use_utf8

    use_utf8()
    try:
        app()
    except KeyboardInterrupt:
        stopped()

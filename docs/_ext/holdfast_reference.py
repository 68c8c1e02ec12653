"""Directives that write the reference from the code itself, so that it cannot drift from what the program does.

``holdfast-contract`` a table's columns, ``holdfast-codes`` every problem code, ``holdfast-settings`` the keys of
place.toml, ``holdfast-commands`` the command line, ``holdfast-rooms`` the packages and their first line,
``holdfast-areas`` and ``holdfast-parameters`` what the country packs hold.
"""

from __future__ import annotations

import csv
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

CODE_GROUPS = {
    "1": "The file",
    "2": "Its columns",
    "3": "Its values",
    "4": "Settings and projects",
    "5": "Registers and suppliers",
    "6": "Places",
    "7": "Figures and comparisons",
    "9": "The machine",
}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell(text) for text in line) + " |" for line in lines)


def cell(text: str) -> str:
    """Text that may stand in a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def contract(name: str) -> str:
    """The columns of one table. Personal data is said in words, not by colour."""
    from holdfast.tables.contract import contract as columns_of

    def notes(required: bool, personal: bool) -> str:
        return ", ".join(
            word for word, holds in (("always there", required), ("may be personal data", personal)) if holds
        )

    return table(
        ("Column", "Type", "Unit", "What it is", "Notes"),
        (
            (f"`{c.column}`", c.type, c.unit, c.description, notes(c.required, c.personal))
            for c in columns_of(name)  # type: ignore[arg-type]
        ),
    )


def codes() -> str:
    """Every problem code with its meaning and what to do, in the groups of the code list."""
    from holdfast.core.codes import CODES

    parts: list[str] = []
    group = ""
    for code, entry in sorted(CODES.items()):
        if code[2] != group:
            group = code[2]
            parts.append(f"## {CODE_GROUPS[group]}")
        parts.append(f"({code.lower()})=\n### {code}: {entry.title}")
        parts.append(f"{entry.meaning}\n\nSeverity: {entry.severity}. **What to do:** {entry.what_to_do}")
    return "\n\n".join(parts)


def settings() -> str:
    """The keys of place.toml, table by table."""
    text = files("holdfast.project").joinpath("settings.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    parts: list[str] = []
    for section in dict.fromkeys(row["section"] for row in rows):
        listed = (
            (f"`{r['key']}`", r["type"], "**needed**" if r["required"] == "yes" else r["default"], r["description"])
            for r in rows
            if r["section"] == section
        )
        parts += [f"## {section}", table(("Key", "Type", "Without it", "What it says"), listed)]
    return "\n\n".join(parts)


def commands() -> str:
    """Every command with its arguments and options, as ``--help`` gives them."""
    import typer

    from holdfast.cli.main import app

    group: Any = typer.main.get_command(app)
    context = group.context_class(group, info_name="holdfast")
    parts: list[str] = []
    for name in sorted(group.list_commands(context)):
        parts.append(command(group.get_command(context, name), f"holdfast {name}", group.context_class))
    return "\n\n".join(parts)


def command(found: Any, name: str, context_class: Any) -> str:
    """One command; one with commands of its own lists those."""
    context = context_class(found, info_name=name)
    usage = " ".join([name, *found.collect_usage_pieces(context)])
    parts = [f"## {name}", found.help or "", f"```text\n{usage}\n```"]
    if hasattr(found, "list_commands"):
        parts += [
            command(found.get_command(context, inner), f"{name} {inner}", context_class)
            for inner in sorted(found.list_commands(context))
        ]
        return "\n\n".join(parts)
    records = [record for p in found.params if (record := described(p, context))]
    if records:
        parts.append(table(("Argument or option", "What it does"), ((f"`{left}`", right) for left, right in records)))
    return "\n\n".join(parts)


def described(parameter: Any, context: Any) -> tuple[str, str] | None:
    """Name and help of an argument or option; ``None`` for a hidden one."""
    if getattr(parameter, "hidden", False):
        return None
    record = parameter.get_help_record(context)
    if record:
        return str(record[0]), str(record[1])
    return parameter.make_metavar(context), str(getattr(parameter, "help", "") or "")


def rooms() -> str:
    """The packages of the library and the first paragraph of what each says of itself."""
    import holdfast

    rows = []
    for module in sorted(pkgutil.iter_modules(holdfast.__path__), key=lambda m: m.name):
        if module.ispkg:
            text = importlib.import_module(f"holdfast.{module.name}").__doc__ or ""
            rows.append((f"`holdfast.{module.name}`", text.strip().split("\n\n")[0]))
    return table(("Room", "What it is for"), rows)


def areas(country: str) -> str:
    """Every area of a country pack under the areas it lies in, in the order of their names."""
    from holdfast.packs import load

    pack = load(country)
    known = pack.areas.areas
    listed = (
        (area.name, f"`{area.code}`", ", ".join(known[code].name if code in known else code for code in area.parents))
        for area in sorted(known.values(), key=lambda area: (area.name, area.code))
    )
    return f"## {pack.name}\n\n" + table(("Area", "Code", "Lies in"), listed)


def parameters() -> str:
    """Every dated parameter of every real country's pack. One that was not checked at its source says so."""
    from holdfast.packs import available, load

    found = (
        (pack.name, name, entry)
        for pack in map(load, available())
        if pack.code != "fictional"
        for name, entries in sorted(pack.parameters.items())
        for entry in entries
    )
    head = ("Country", "Parameter", "Value", "Unit", "From", "To", "Status", "Source")
    return table(
        head,
        (
            (country, f"`{name}`", f"{p.value}", p.unit, f"{p.valid_from}", f"{p.valid_to or ''}", p.status, p.source)
            for country, name, p in found
        ),
    )


class Generated(SphinxDirective):
    """Parse the Markdown that a function of this module returns."""

    optional_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """The nodes of the generated part, with its headings as sections of the page."""
        return self.parse_text_to_nodes(self.markdown(), allow_section_headings=True)

    def markdown(self) -> str:
        return WRITERS[self.name](*self.arguments)


WRITERS: dict[str, Callable[..., str]] = {
    f"holdfast-{writer.__name__}": writer for writer in (contract, codes, settings, commands, rooms, areas, parameters)
}


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the directives known."""
    for name in WRITERS:
        app.add_directive(name, Generated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

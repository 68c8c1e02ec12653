"""``holdfast review``: a person says who was paid and where they are, the names that carry most money first."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.cli.terminal import clean, columns, counted, room, say, tell
from holdfast.core.money import money
from holdfast.core.problem import HoldfastError, Problem

if TYPE_CHECKING:
    from holdfast.project.deciding import Desk, Found
    from holdfast.project.queue import Queue, Range, Unknown

#: Where the second column begins.
UNDER = 14
KEYS = "1-9 it is that one · n none · i number · f find · w where · s skip · u undo · q quit · ? help"
HELP = """\
1 to 9   It is the organisation with that number in the list.
n        It is none of those. The name stays a supplier of its own.
i        It is the organisation with a number you know, such as 01234567 or GB-CHC-1234567.
f        Find an organisation in the project's registers by words of its name.
w        You know where it is: a postcode, a council district (Hyndburn) or a town. Who it is stays as it was.
s        Leave it for later.
u        Take back your last answer, by another line.
q        Stop. Everything answered so far is kept.
After an answer you are asked why. The reason stands beside the answer, for whoever reads it next year."""


def review_project(
    folder: Path,
    *,
    run: str,
    by: str,
    order: str,
    limit: int,
    as_list: bool,
    as_json: bool,
    export: Path | None,
    name: str,
    data: Sequence[Path],
) -> None:
    """The queue as a list, or question by question; or the answers given, for others."""
    from holdfast.project.deciding import Desk
    from holdfast.project.queue import queue_of

    if order not in ("money", "minutes"):
        raise HoldfastError(Problem("HF904", f"--order is money or minutes, not {order}."), exit_code=2)
    desk = Desk(folder, data)
    if export is not None:
        if not export.parent.is_dir():
            raise HoldfastError(
                Problem("HF903", f"There is no folder {export.parent}.", value=str(export)), exit_code=2
            )
        many = desk.export(export, name or desk.settings.place.name)
        say(f"{counted(many, 'decision')} written to {export}.")
        tell('Another place counts them once its place.toml says: trusted_decisions = ["…"]')
        return
    queue = queue_of(folder, run, desk.decided())
    listed = queue.by_minute() if order == "minutes" else list(queue.unknowns)
    if as_json:
        say(json.dumps(_as_json(queue, listed[: limit or None]), ensure_ascii=False, indent=2))
        return
    _print_state(queue)
    if as_list or not listed:
        _print_list(queue, listed[: limit or 20])
        return
    if not sys.stdin.isatty() and not by:
        help = "Or list the names with --list."
        raise HoldfastError(Problem("HF904", "Say who answers: --by NAME.", help=help), exit_code=2)
    _Session(desk, queue, listed[: limit or None], by).go()


def _who() -> str:
    default = getpass.getuser()
    return _ask(f"Your name, as it is to stand in decisions.csv [{default}]: ") or default


def _ask(question: str) -> str:
    """One line from the person; the end of input is the end of the review."""
    sys.stdout.write(question)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        sys.stdout.write("\n")
        raise EOFError
    if not sys.stdin.isatty():
        sys.stdout.write("\n")
    return clean(line.rstrip("\n")).strip()


def _percent(value: Decimal) -> str:
    return f"{value * 100:.0f} %"


def _said(r: Range) -> str:
    return f"{_percent(r.low)} to {_percent(r.high)}"


def _points(width: Decimal) -> str:
    return f"{width * 100:.1f} points"


def _print_state(queue: Queue) -> None:
    currency = queue.results.currency
    say(f"{queue.results.place}, run {queue.results.run}")
    say(f"{queue.figure.label}: {_said(queue.range)}, {_points(queue.range.width)} wide.", under=UNDER)
    amount = sum((abs(u.amount) for u in queue.unknowns), Decimal(0))
    say(f"{counted(len(queue.unknowns), 'name')} with {money(amount, currency)} could not be placed.")
    if queue.answered:
        worth = money(sum((abs(u.amount) for u in queue.answered), Decimal(0)), currency)
        many = counted(len(queue.answered), "name")
        say(f"{many} with {worth} are answered already: by the next run placed, or left without a place.")
    if queue.withheld:
        say(f"{money(queue.withheld, currency)} more went to persons and withheld names: nobody can settle it.")
    if not queue.unknowns:
        return
    say()
    say("What an hour buys")
    rows = [("names", "minutes", "money", "the range is then", "if they are like those placed")]
    rows += [
        (f"{s.names:,}", f"{s.minutes:,}", money(s.amount, currency), f"{_points(s.width)} wide", _said(s.likely))
        for s in queue.plan()
    ]
    for line in columns(rows, right=[0, 1, 2, 3], indent="  "):
        say(line)
    from holdfast.project.queue import WITH_CANDIDATE, WITHOUT

    said = f"{WITH_CANDIDATE} seconds for a name with a candidate and {WITHOUT} without are assumed, not measured."
    say(said, style="dim")
    _print_enough(queue)
    say()


def _print_enough(queue: Queue) -> None:
    enough = queue.enough()
    if enough is None:
        say("Even with every name settled, what is withheld keeps the range wider than a point.")
    elif enough == 0:
        say("The range is narrower than a point already: more answers no longer change what it says.")
    else:
        say(f"After the best {counted(enough, 'name')} the rest together move it by less than a point: stop there.")


def _print_list(queue: Queue, listed: Sequence[Unknown]) -> None:
    if not listed:
        say("Nothing is left to look at.")
        return
    rows = [(u.names[0], money(u.amount, queue.results.currency), f"{u.payments:,}", _may_be(u)) for u in listed]
    for line in columns([("supplier", "money", "payments", "it may be"), *rows], right=[1, 2]):
        say(line)
    if len(listed) < len(queue.unknowns):
        tell(f"{len(queue.unknowns) - len(listed):,} more: --limit N")


def _may_be(u: Unknown) -> str:
    if u.candidates:
        best = u.candidates[0]
        return f"{best.name} ({best.key}, {_percent(best.score)})"
    return f"{u.org_id}, place not known" if u.org_id else ""


def _as_json(queue: Queue, listed: Sequence[Unknown]) -> dict[str, object]:
    plan = [
        {
            "names": s.names,
            "minutes": s.minutes,
            "amount": str(s.amount),
            "width": str(s.width),
            "likely_low": str(s.likely.low),
            "likely_high": str(s.likely.high),
        }
        for s in queue.plan()
    ]
    return {
        "schema": "holdfast.review/1",
        "place": queue.results.place,
        "run": queue.results.run,
        "figure": queue.figure.id,
        "low": str(queue.range.low),
        "high": str(queue.range.high),
        "withheld": str(queue.withheld),
        "names": len(queue.unknowns),
        "enough": queue.enough(),
        "plan": plan,
        "queue": [
            {
                "supplier": u.names[0],
                "spellings": list(u.names),
                "amount": str(u.amount),
                "payments": u.payments,
                "anchors": list(u.anchors),
                "org_id": u.org_id,
                "candidates": [
                    {"id": c.key, "name": c.name, "score": str(c.score), "evidence": c.evidence} for c in u.candidates
                ],
            }
            for u in listed
        ],
    }


@dataclass
class _Session:
    """One sitting: the names in turn, and the answers so far."""

    desk: Desk
    queue: Queue
    listed: Sequence[Unknown]
    by: str
    answered: list[Unknown] = field(default_factory=list)
    at: int = 0

    def go(self) -> None:
        try:
            self.by = self.by or _who()
            while self.at < len(self.listed) and self._one(self.listed[self.at]):
                self.at += 1
        except (EOFError, KeyboardInterrupt):
            say()
        self._end()

    def _end(self) -> None:
        if not self.answered:
            say("No answer was given; decisions.csv is as it was.")
            return
        say(f"{counted(len(self.answered), 'answer')} stand in {self.desk.path}.")
        say(f"They count from the next run on: holdfast run {self.desk.project}")

    def _one(self, unknown: Unknown) -> bool:
        """Ask about one name until there is an answer; whether to go on."""
        offered = [(c.key, c.name) for c in unknown.candidates[:9]]
        self._show(unknown)
        while True:
            word, _, rest = _ask(f"{KEYS}\n> ").partition(" ")
            rest = rest.strip()
            key = word.lower()
            if key == "q":
                return False
            if key in ("s", ""):
                return True
            if key == "?":
                say(HELP)
            elif key == "u":
                self._undo()
            elif key == "f":
                offered = self._find(rest or _ask("Words of its name: ")) or offered
            else:
                try:
                    if self._answer(unknown, key, rest, offered):
                        return True
                except HoldfastError as error:
                    for problem in error.problems:
                        say(f"{problem.message} {problem.what_to_do}", style="warning")

    def _answer(self, unknown: Unknown, key: str, rest: str, offered: Sequence[tuple[str, str]]) -> bool:
        """Write one answer; false where what was typed is none."""
        org_id = place = ""
        if key.isdigit() and 1 <= int(key) <= len(offered):
            org_id = offered[int(key) - 1][0]
        elif key == "i":
            org_id = self.desk.identifier(rest or _ask("Its number: "))
        elif key == "w":
            place = rest or _ask("Postcode, council district or town: ")
            if not place:
                return False
            place = self.desk.place(place)
        elif key != "n":
            say(f"{key} is no answer here. Type ? for help.", style="warning")
            return False
        why = _ask("Why? (Enter leaves it blank) ")
        self.desk.write(unknown.names[0], org_id=org_id, place=place, by=self.by, why=why)
        self.answered.append(unknown)
        if org_id or place:
            width, _ = self.queue.after(self.answered)
            say(f"Noted. Once placed, the range is about {_points(width)} wide.", style="good")
        else:
            say("Noted.", style="good")
        say()
        return True

    def _undo(self) -> None:
        if not self.answered:
            say("There is no answer of this sitting to take back.", style="warning")
            return
        last = self.answered.pop()
        self.desk.undo(last.names[0], self.by)
        say(f"Taken back: {last.names[0]}. It is asked again in the next sitting.", style="good")

    def _find(self, words: str) -> list[tuple[str, str]]:
        found = self.desk.find(words)
        if not found:
            say("No register of this project has that. Add one: holdfast registers add", style="warning")
        for number, one in enumerate(found, 1):
            say(f"  {number}  {_organisation(one)}", under=5)
        return [(one.key, one.name) for one in found]

    def _show(self, u: Unknown) -> None:
        from holdfast.project.queue import SHOWN

        currency = self.queue.results.currency
        say(f"{self.at + 1} of {len(self.listed):,}".ljust(UNDER) + u.names[0], style="bold", under=UNDER)
        told = [
            ("", f"{money(u.amount, currency)} in {counted(u.payments, 'payment')}, {', '.join(u.anchors)}"),
            (
                "also written",
                "; ".join(u.names[1:SHOWN]) + (f" and {len(u.names) - SHOWN} more" if len(u.names) > SHOWN else ""),
            ),
            ("for", "; ".join(u.categories)),
            ("years", f"{u.years[0]} to {u.years[-1]}" if len(u.years) > 1 else "".join(u.years)),
            ("known as", f"{u.org_id}, but nothing says where that is" if u.org_id else ""),
        ]
        for label, text in told:
            if text:
                say(label.ljust(UNDER) + text, under=UNDER)
        for number, c in enumerate(u.candidates[:9], 1):
            head = "it may be" if number == 1 else ""
            say(head.ljust(UNDER) + f"{number}  {c.name} ({c.key}), {_percent(c.score)}", under=UNDER + 3)
            say(" " * (UNDER + 3) + c.evidence, under=UNDER + 3, style="dim")
        if not u.candidates and not u.org_id:
            say(" " * UNDER + "No register of this project has the name, nor one that is like it.", under=UNDER)
        if room(sys.stdout):
            say()


def _organisation(found: Found) -> str:
    about = "; ".join(filter(None, (found.where, found.status if found.status == "dissolved" else "")))
    return f"{found.name} ({found.key})" + (f", {about}" if about else "")

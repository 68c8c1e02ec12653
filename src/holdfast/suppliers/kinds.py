"""What kind of supplier a name tells of, by the pack's rules; and how that is weighed against what registers say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from holdfast import packs
from holdfast.core.problem import HoldfastError, Problem
from holdfast.engine.primitives import matches, matches_sql, name_parts
from holdfast.packs import Pack
from holdfast.suppliers.forms import FORMS

KINDS = ("company", "charity", "co-operative", "public body", "school", "person", "not disclosed", "unknown")
OWNERSHIPS = ("co-operative", "social enterprise or charity", "public", "private", "unknown")


@dataclass(frozen=True, slots=True)
class Rule:
    """One ``[[rule]]`` of ``kinds.toml``: patterns over a plain name (see ``engine.primitives.NameParts``)."""

    kind: str
    ownership: str | None
    why: str
    words: str
    unless: str = ""
    only_if: str = ""
    form: str | None = None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Rule:
        """Raises HF404-like ``HoldfastError`` where a rule names a kind or an owner that does not exist."""
        if (
            raw.get("kind") not in KINDS
            or raw.get("ownership", "unknown") not in OWNERSHIPS
            or not raw.get("words")
            or raw.get("form") not in (None, *FORMS)
        ):
            raise HoldfastError(Problem("HF999", f"A rule of kinds.toml cannot be used: {dict(raw)!r}."))
        return cls(
            kind=raw["kind"],
            ownership=raw.get("ownership"),
            why=raw.get("why", ""),
            words=any_of(raw["words"]),
            unless=any_of(raw.get("unless", ())),
            only_if=any_of(raw.get("only_if", ())),
            form=raw.get("form"),
        )

    def fits(self, plain: str) -> bool:
        """The Python twin of :meth:`sql`."""
        return (
            matches(plain, self.words)
            and not (self.unless and matches(plain, self.unless))
            and not (self.only_if and not matches(plain, self.only_if))
        )

    def sql(self, column: str) -> str:
        """Whether the rule fits a plain name."""
        tests = [matches_sql(column, self.words)]
        tests += [f"NOT {matches_sql(column, self.unless)}"] if self.unless else []
        tests += [matches_sql(column, self.only_if)] if self.only_if else []
        return " AND ".join(tests)


def any_of(words: Sequence[str]) -> str:
    """One pattern for any of several, each between word boundaries; blank for none."""
    return rf"\b(?:{'|'.join(words)})\b" if words else ""


def extended(raw: Mapping[str, Any], which: str) -> Mapping[str, Any]:
    """A pack's rules with those of the pack it ``extends`` after its own. ``which``: ``kinds`` or ``scope``."""
    if "extends" not in raw:
        return raw
    below = extended(getattr(packs.load(raw["extends"]), which), which)
    return {**below, **raw, "rule": [*raw.get("rule", ()), *below.get("rule", ())]}


def rules_of(pack: Pack) -> tuple[Rule, ...]:
    """The pack's rules, in the order in which they are tried."""
    return tuple(Rule.of(raw) for raw in extended(pack.kinds, "kinds").get("rule", ()))


def first_rule_sql(column: str, rules: Sequence[Rule]) -> str:
    """Index of the first rule that fits a plain name; null where none does."""
    cases = " ".join(f"WHEN {rule.sql(column)} THEN {i}" for i, rule in enumerate(rules))
    return f"CASE {cases} END" if rules else "CAST(NULL AS INTEGER)"


def first_rule(plain: str, rules: Sequence[Rule]) -> int | None:
    """The Python twin of :func:`first_rule_sql`."""
    return next((i for i, rule in enumerate(rules) if rule.fits(plain)), None)


def authority_names(pack: Pack) -> list[str]:
    """Names that councils go by, in capitals: the pack's own, and every authority's name with a council word.

    ``HYNDBURN BC`` is one; a bare name is none: it may be a football club's.
    """
    words = tuple(extended(pack.kinds, "kinds").get("authorities", {}).get("council_words", ()))
    known = {name.upper() for name in pack.areas.names} | {name_parts(a.name).plain for a in pack.areas.areas.values()}
    told = {name for name in known if set(words) & set(name.split())}
    return sorted(told | {f"{name} {word}" for name in known - told for word in words})

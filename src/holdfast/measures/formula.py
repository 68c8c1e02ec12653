"""Formulas that say how a published figure follows from its parts: + - * / ( ), numbers, ``sum(...)``, ``mean(...)``.

A name stands for a part. A part may be a list; arithmetic on two lists of one length goes member by member.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from fractions import Fraction

from holdfast.measures.intervals import Interval

Value = Interval | list[Interval]
SIGNS = {"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-"}


def parse(formula: str) -> ast.expr:
    """The formula as a tree. Raises ``ValueError`` for anything but arithmetic on names."""
    text = "".join(SIGNS.get(c, c) for c in formula)
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(f"the formula {formula!r} is not understood") from None
    for node in ast.walk(tree):
        if not isinstance(
            node, ast.BinOp | ast.UnaryOp | ast.Name | ast.Constant | ast.Call | ast.operator | ast.unaryop | ast.Load
        ):
            raise ValueError(f"the formula {formula!r} has more in it than arithmetic")
    return tree


def names(tree: ast.expr) -> list[str]:
    """The parts that a formula names, in the order in which they occur first."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called]
    return list(dict.fromkeys(n.id for n in sorted(found, key=lambda n: (n.lineno, n.col_offset))))


def evaluate(tree: ast.expr, parts: Mapping[str, Value]) -> Interval:
    """The interval in which the formula's value lies. Raises ``ValueError`` where it makes no sense."""
    value = _value(tree, parts)
    if isinstance(value, list):
        raise ValueError("the formula gives a list; say sum(...) or mean(...)")
    return value


def _value(node: ast.expr, parts: Mapping[str, Value]) -> Value:
    match node:
        case ast.Name(id=name):
            if name not in parts:
                raise ValueError(f"the formula names {name}, which is not among the parts")
            return parts[name]
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return Interval.exactly(Fraction(str(number)))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _each(Interval.exactly(Fraction(0)), _value(operand, parts), ast.Sub())
        case ast.BinOp(left=left, op=op, right=right):
            return _each(_value(left, parts), _value(right, parts), op)
        case ast.Call(func=ast.Name(id="sum" | "mean" as name), args=args, keywords=[]) if args:
            return _together(name, [_value(argument, parts) for argument in args])
    raise ValueError("a formula is made of parts, numbers, + - * / ( ), sum(...) and mean(...)")


def _together(name: str, values: list[Value]) -> Interval:
    members = [member for value in values for member in (value if isinstance(value, list) else [value])]
    if not members:
        raise ValueError(f"{name}() of nothing")
    whole = members[0]
    for member in members[1:]:
        whole = whole + member
    return whole / Interval.exactly(Fraction(len(members))) if name == "mean" else whole


def _each(left: Value, right: Value, op: ast.operator) -> Value:
    if isinstance(left, list) and isinstance(right, list):
        if len(left) != len(right):
            raise ValueError(f"lists of {len(left)} and {len(right)} members do not go together")
        return [_two(a, b, op) for a, b in zip(left, right, strict=True)]
    if isinstance(left, list):
        return [_two(a, b, op) for a in left for b in [right] if isinstance(b, Interval)]
    if isinstance(right, list):
        return [_two(left, b, op) for b in right]
    return _two(left, right, op)


def _two(left: Interval, right: Interval, op: ast.operator) -> Interval:
    match op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            try:
                return left / right
            except ZeroDivisionError as error:
                raise ValueError(str(error)) from None
    raise ValueError("a formula knows only + - * /")

"""The language of ``holds``: one comparison of expressions over concepts, compiled from a whitelisted syntax tree.

Nothing is ever executed: Python's parser gives a tree, every node of it must be one of a handful that are known here,
and what comes out is our own small tree. An expression can neither run code nor loop.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from keyword import iskeyword
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import force_setattr

Relation = Literal["==", "<=", ">="]
#: Where a concept is looked up: in the period of the context, at one of its ends, or in an earlier period.
At = Literal["", "opening", "closing", "prior", "year_ago"]

LONGEST, DEEPEST, LARGEST_POWER = 4000, 60, 60
_SHIFTS: tuple[At, ...] = ("opening", "closing", "prior", "year_ago")
_RELATIONS: dict[type[ast.cmpop], Relation] = {ast.Eq: "==", ast.LtE: "<=", ast.GtE: ">="}


class FormulaError(ValueError):
    """An expression that is not in the language; ``column`` counts from 1."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


class Constant(Struct, frozen=True):
    value: Decimal


class Reference(Struct, frozen=True):
    """A concept by local name (or prefixed name), and where its period lies."""

    concept: str
    at: At = ""


class Plus(Struct, frozen=True):
    left: Node
    right: Node


class Minus(Struct, frozen=True):
    left: Node
    right: Node


class Times(Struct, frozen=True):
    left: Node
    right: Node


class Negative(Struct, frozen=True):
    of: Node


class Absolute(Struct, frozen=True):
    of: Node


class Optional(Struct, frozen=True):
    """Absent counts as nothing."""

    of: Node


class Sum(Struct, frozen=True):
    terms: tuple[Node, ...]


class First(Struct, frozen=True):
    """The first alternative that stands."""

    alternatives: tuple[Node, ...]


Node = Constant | Reference | Plus | Minus | Times | Negative | Absolute | Optional | Sum | First


class Formula(Struct, frozen=True):
    """A compiled ``holds``: two expressions, how they compare, every concept they name (each once, in order), and what
    it needs: of each of these sets of references one must stand, or there is nothing to compare."""

    left: Node
    relation: Relation
    right: Node
    references: tuple[Reference, ...] = field(default=())
    needs: tuple[frozenset[Reference], ...] = field(default=())

    def __post_init__(self) -> None:
        named = dict.fromkeys((*references(self.left), *references(self.right)))
        force_setattr(self, "references", tuple(named))
        force_setattr(self, "needs", tuple(dict.fromkeys((*_needs(self.left), *_needs(self.right)))))

    def __str__(self) -> str:
        return f"{write(self.left)} {self.relation} {write(self.right)}"


def compile_formula(text: str) -> Formula:
    """The formula that ``text`` says; raises FormulaError with the column of what is not in the language (columns of
    the expression on one line, each run of white space as one blank)."""
    text = " ".join(text.split())
    tree = _parse(text).body
    if not isinstance(tree, ast.Compare):
        raise FormulaError("a rule holds where two expressions compare: use ==, <= or >=", 1)
    if len(tree.ops) != 1:
        raise FormulaError("one comparison only", _column(tree.comparators[1]))
    relation = _RELATIONS.get(type(tree.ops[0]))
    if relation is None:
        raise FormulaError("compare with ==, <= or >=", _column(tree.comparators[0]))
    return Formula(_node(tree.left, text, 0), relation, _node(tree.comparators[0], text, 0))


def _parse(text: str) -> ast.Expression:
    if len(text) > LONGEST:
        raise FormulaError(f"longer than {LONGEST} characters", LONGEST)
    try:
        return ast.parse(text, mode="eval")
    except SyntaxError as error:
        raise FormulaError(error.msg, error.offset or len(text) + 1) from None
    except (ValueError, RecursionError, MemoryError):
        raise FormulaError("not an expression, or nested too deeply", 1) from None


def _column(tree: ast.expr) -> int:
    return tree.col_offset + 1


def _node(tree: ast.expr, text: str, depth: int) -> Node:
    if depth > DEEPEST:
        raise FormulaError(f"nested deeper than {DEEPEST}", _column(tree))
    if isinstance(tree, ast.Name):
        return Reference(tree.id)
    if isinstance(tree, ast.Constant):
        return _constant(tree, text)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        return Negative(_node(tree.operand, text, depth + 1))
    if isinstance(tree, ast.BinOp):
        return _operation(tree, text, depth)
    if isinstance(tree, ast.Call):
        return _call(tree, text, depth)
    raise FormulaError(f"{type(tree).__name__} is not in the language of holds", _column(tree))


def _constant(tree: ast.Constant, text: str) -> Constant:
    written = ast.get_source_segment(text, tree) or ""
    if isinstance(tree.value, bool) or not isinstance(tree.value, (int, float)):
        raise FormulaError(f"{written} is not a number", _column(tree))
    try:
        value = Decimal(written)
    except InvalidOperation:
        raise FormulaError(f"{written} is not a decimal number", _column(tree)) from None
    if abs(value.adjusted()) > LARGEST_POWER:
        raise FormulaError(f"{written} is out of range", _column(tree))
    return Constant(value)


_OPERATIONS: dict[type[ast.operator], Callable[[Node, Node], Node]] = {ast.Add: Plus, ast.Sub: Minus, ast.Mult: Times}


def _operation(tree: ast.BinOp, text: str, depth: int) -> Node:
    make = _OPERATIONS.get(type(tree.op))
    if make is None:
        raise FormulaError("only + - * are in the language (a quotient is written as a product)", _column(tree))
    return make(_node(tree.left, text, depth + 1), _node(tree.right, text, depth + 1))


def _call(tree: ast.Call, text: str, depth: int) -> Node:
    name = tree.func.id if isinstance(tree.func, ast.Name) else ""
    if name not in _CALLS:
        raise FormulaError(f"unknown function {name!r}: use {', '.join(sorted(_CALLS))}", _column(tree))
    if tree.keywords or not tree.args:
        raise FormulaError(f"{name} takes expressions, without names", _column(tree))
    if name == "concept":
        return _named(tree)
    arguments = tuple(_node(argument, text, depth + 1) for argument in tree.args)
    return _CALLS[name](name, arguments, _column(tree))


def _named(tree: ast.Call) -> Node:
    argument = tree.args[0]
    if len(tree.args) != 1 or not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
        raise FormulaError("concept takes one name in quotes", _column(tree))
    return Reference(argument.value)


def _single(name: str, arguments: tuple[Node, ...], column: int) -> Node:
    if len(arguments) != 1:
        raise FormulaError(f"{name} takes one expression", column)
    return Absolute(arguments[0]) if name == "abs" else Optional(arguments[0])


def _several(name: str, arguments: tuple[Node, ...], column: int) -> Node:
    return Sum(arguments) if name == "sum" else First(arguments)


def _shifted(name: str, arguments: tuple[Node, ...], column: int) -> Node:
    inner = arguments[0]
    shift = next(shift for shift in _SHIFTS if shift == name)
    if len(arguments) != 1 or not isinstance(inner, (Reference, First)):
        raise FormulaError(f"{name} takes one concept, or first of several", column)
    if isinstance(inner, First):
        return First(tuple(_shifted(name, (alternative,), column) for alternative in inner.alternatives))
    if inner.at:
        raise FormulaError(f"{name} of {inner.at} is not in the language", column)
    return Reference(inner.concept, shift)


_CALLS: dict[str, Callable[[str, tuple[Node, ...], int], Node]] = {
    "abs": _single,
    "optional": _single,
    "sum": _several,
    "first": _several,
    "concept": _several,
    **dict.fromkeys(_SHIFTS, _shifted),
}


def references(node: Node) -> tuple[Reference, ...]:
    """The concepts that ``node`` names, in the order of the text."""
    if isinstance(node, Reference):
        return (node,)
    return tuple(found for part in parts(node) for found in references(part))


def _needs(node: Node) -> tuple[frozenset[Reference], ...]:
    """Sets of references of each of which ``node`` needs one."""
    if isinstance(node, Reference):
        return (frozenset((node,)),)
    if isinstance(node, Optional):
        return ()
    if isinstance(node, First):
        ways = [_needs(alternative) for alternative in node.alternatives]
        return (frozenset().union(*(one for way in ways for one in way)),) if all(ways) else ()
    return tuple(need for part in parts(node) for need in _needs(part))


def parts(node: Node) -> tuple[Node, ...]:
    """The expressions that ``node`` is made of."""
    if isinstance(node, (Plus, Minus, Times)):
        return (node.left, node.right)
    if isinstance(node, (Negative, Absolute, Optional)):
        return (node.of,)
    if isinstance(node, Sum):
        return node.terms
    return node.alternatives if isinstance(node, First) else ()


def write(node: Node) -> str:
    """``node`` as text that compiles to the same tree."""
    if isinstance(node, Constant):
        return format(node.value, "f")
    if isinstance(node, Reference):
        plain = node.concept.isidentifier() and not iskeyword(node.concept)
        name = node.concept if plain else f"concept({node.concept!r})"
        return f"{node.at}({name})" if node.at else name
    if isinstance(node, Negative):
        return f"-{_bracketed(node.of)}"
    if isinstance(node, (Plus, Minus, Times)):
        sign = {Plus: "+", Minus: "-", Times: "*"}[type(node)]
        return f"{_left(node)} {sign} {_bracketed(node.right)}"
    names = {Absolute: "abs", Optional: "optional", Sum: "sum", First: "first"}
    return f"{names[type(node)]}({', '.join(write(part) for part in parts(node))})"


def _left(node: Plus | Minus | Times) -> str:
    chain = (isinstance(node, (Plus, Minus)) and isinstance(node.left, (Plus, Minus))) or isinstance(node.left, Times)
    return write(node.left) if chain else _bracketed(node.left)


def _bracketed(node: Node) -> str:
    compound = isinstance(node, (Plus, Minus, Times, Negative))
    return f"({write(node)})" if compound else write(node)

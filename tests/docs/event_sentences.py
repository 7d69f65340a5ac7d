"""The sentences of events, appointments and steps, read off the code: what the house gives to whoever tells them.

A name inside a sentence stands for what its function puts into it, an argument for what callers give, a call for
what it returns; the rest are fields.
"""

import ast
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ("domain", "activities", "workflows", "worker")
TOLD_SECOND = {"record", "flag", "_said"}
TOLD_BY_NAME = {"Appointment": "words", "Reckoning": "said"} | dict.fromkeys(
    ("Paused", "Resumed", "Extended", "Retimed", "Corrected", "Received"), "reason"
)
FEW = 4  # functions of one name: of more of them it says nothing which is meant
ATTRIBUTES = {"words", "because"}
IDS = {"queue", "queues", "number"}
Function = ast.FunctionDef | None


class Told:
    """What the domain tells, sentence by sentence."""

    def __init__(self) -> None:
        pages = (page for floor in FLOORS for page in (ROOT / floor).rglob("*.py"))
        self.trees = [ast.parse(page.read_text(encoding="utf-8")) for page in pages]
        self.within: dict[ast.AST, ast.FunctionDef] = {}
        self.named: dict[str, list[ast.FunctionDef]] = defaultdict(list)
        self.calls: dict[str, list[ast.Call]] = defaultdict(list)
        self.keywords: dict[str, list[ast.expr]] = defaultdict(list)
        self.constants: dict[str, list[ast.expr]] = defaultdict(list)
        self.put: dict[tuple[ast.FunctionDef, str], list[ast.expr]] = defaultdict(list)
        for tree in self.trees:
            self.take_in(tree)
        self.followed: set[tuple[str, int]] = set()
        self.sentences: set[str] = set()
        for name in TOLD_SECOND:
            for call in self.calls[name]:
                if len(call.args) > 1:
                    self.tell(call.args[1])
        for name, keyword in TOLD_BY_NAME.items():
            for call in self.calls[name]:
                for given in (one.value for one in call.keywords if one.arg == keyword):
                    self.tell(given)

    def take_in(self, tree: ast.Module) -> None:
        for name, value in _defined(tree):
            if isinstance(value, ast.Constant | ast.JoinedStr):
                self.constants[ast.unparse(name)].append(value)
        inside: list[tuple[ast.AST, Function]] = [(tree, None)]
        while inside:
            node, function = inside.pop()
            if function:
                self.within[node] = function
            match node:
                case ast.FunctionDef(name=name):
                    self.named[name].append(node)
                    function = node
                case ast.Assign(targets=[ast.Name(id=put)], value=value) if function:
                    self.put[function, put].append(value)
                case ast.Call():
                    self.calls[_name(node.func)].append(node)
                    for keyword in node.keywords:
                        self.keywords[keyword.arg or ""].append(keyword.value)
            inside += [(child, function) for child in ast.iter_child_nodes(node)]

    def tell(self, node: ast.expr) -> None:
        """The sentences that an expression can come to, and those that stand in its fields."""
        if ("tell", id(node)) in self.followed:
            return
        self.followed.add(("tell", id(node)))
        self.sentences |= {said for said in self.texts(node, self.within.get(node)) if _has_words(said)}

    def texts(self, node: ast.expr, function: Function) -> list[str]:
        match node:
            case ast.Constant(value=str(said)):
                return [said]
            case ast.IfExp(body=one, orelse=other):
                return [*self.texts(one, function), *self.texts(other, function)]
            case ast.BoolOp(values=values):
                return [said for value in values for said in self.texts(value, function)]
            case ast.JoinedStr(values=values):
                parts = [
                    self.texts(part.value if isinstance(part, ast.FormattedValue) else part, function)
                    for part in values
                ]
                return ["".join(said) for said in itertools.product(*parts)]
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return [a + b for a in self.texts(left, function) for b in self.texts(right, function)]
        found = [*self.put_in(node.id, function)] if isinstance(node, ast.Name) else []
        for field in self.behind(node, function):
            if field not in found:
                self.tell(field)
        if found:
            return [said for one in found for said in self.texts(one, function)]
        return [f"{{{_name(node)}}}"]

    def put_in(self, name: str, function: Function) -> Iterator[ast.expr]:
        """What a name of a function, or of a page, holds as text."""
        if function is not None and name in map(_argument, ast.walk(function.args)):
            return
        for value in self.put.get((function, name), ()) if function else ():
            if isinstance(value, ast.Constant | ast.JoinedStr | ast.IfExp | ast.BinOp):
                yield value
        yield from self.constants.get(name, ())

    def behind(self, node: ast.expr, function: Function) -> Iterator[ast.expr]:
        """Expressions that a field may come from, elsewhere."""
        match node:
            case ast.Name(id=name) if function and name not in IDS:
                yield from self.put.get((function, name), ())
                yield from self.given(name, function)
            case ast.Attribute(attr=name) if name in ATTRIBUTES:
                yield from self.keywords[name]
                yield from self.returned(name)
            case ast.Call(func=called):
                yield from self.returned(_name(called))
            case ast.Subscript(value=ast.Dict(values=values)):
                yield from values

    def given(self, name: str, function: ast.FunctionDef) -> Iterator[ast.expr]:
        """What callers give for an argument."""
        arguments = [one.arg for one in function.args.args if one.arg not in {"self", "cls"}]
        keywords = [one.arg for one in function.args.kwonlyargs]
        if name in [*arguments, *keywords] and len(self.named[function.name]) <= FEW:
            for call in self.calls[function.name]:
                yield from (one.value for one in call.keywords if one.arg == name)
                if name in arguments and len(call.args) > (at := arguments.index(name)):
                    yield call.args[at]

    def returned(self, name: str) -> Iterator[ast.expr]:
        functions = self.named[name]
        for function in functions if len(functions) <= FEW or name in ATTRIBUTES else ():
            if function.returns and "str" in ast.unparse(function.returns):
                for node in ast.walk(function):
                    match node:
                        case ast.Return(value=ast.expr() as value) | ast.Yield(value=ast.expr() as value):
                            yield value


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return _name(inner)
        case _:
            return "said"


def _defined(page: ast.Module) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Names of a page, each with what it stands for."""
    for node in page.body:
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                yield from zip(names, values, strict=True)
            case ast.Assign(targets=[name], value=value):
                yield name, value


def _argument(node: ast.AST) -> str | None:
    return node.arg if isinstance(node, ast.arg) else None


def _has_words(said: str) -> bool:
    """Has it words of its own, and is it more than the end of another?"""
    return re.search("[a-z]{2}", re.sub(r"\{\w+\}", "", said)) is not None and said[0] not in " ,;:."

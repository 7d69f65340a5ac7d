"""Small mistakes that could be made in a function of the domain, and how it is made, in the text or in place."""

import ast
import gc
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType

FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True)
class Mistake:
    """What stands at a place, and what is written there instead."""

    file: str
    first: int  # line, as the last one is
    last: int
    start: int
    end: int
    was: str
    becomes: str

    def __str__(self) -> str:
        return f"{self.file}:{self.first}: {self.change}"

    @property
    def change(self) -> str:
        return f"{' '.join(self.was.split())}  ->  {self.becomes}"

    def written(self, right: bytes) -> bytes:
        return right[: self.start] + self.becomes.encode() + right[self.end :]

    def put_in_place(self, house: Path) -> None:
        """In every function that is loaded from the file and stands around the place.

        What was worked out when the page was loaded stays right: such a mistake shows only in a house of its own.
        """
        page = house / self.file
        wrong = {
            (code.co_qualname, code.co_firstlineno): code
            for code in _inside(compile(self.written(page.read_bytes()), page, "exec", dont_inherit=True))
        }
        gc.unfreeze()  # else what was there when the collector was told to leave it alone is not among them
        for function in gc.get_objects():
            if type(function) is FunctionType and function.__code__.co_filename == str(page):
                code = function.__code__
                if code.co_firstlineno <= self.first:
                    with suppress(
                        KeyError, ValueError
                    ):  # not to be found again, or it closes over other names
                        function.__code__ = wrong[code.co_qualname, code.co_firstlineno]


def _inside(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _inside(one)


def mistakes(house: Path) -> Iterator[Mistake]:
    """Every small mistake that could be made inside a function of the domain."""
    for path in sorted((house / "domain").rglob("*.py")):
        text = path.read_bytes()
        begins = [0]
        for line in text.splitlines(keepends=True):
            begins.append(begins[-1] + len(line))
        bodies = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        inside = dict.fromkeys(node for body in bodies for one in body.body for node in ast.walk(one))
        for node in inside:
            for wrong in instead_of(node):
                start = begins[node.lineno - 1] + node.col_offset
                end = begins[node.end_lineno - 1] + node.end_col_offset
                yield Mistake(
                    str(path.relative_to(house)),
                    node.lineno,
                    node.end_lineno or node.lineno,
                    start,
                    end,
                    text[start:end].decode(),
                    wrong,
                )


def instead_of(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[first, *rest]):
            yield ast.unparse(ast.Compare(node.left, [FLIPPED[type(first)](), *rest], node.comparators))
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield f"({ast.unparse(ast.BoolOp(other, node.values))})"
        case ast.UnaryOp(op=ast.Not()):
            yield f"({ast.unparse(node.operand)})"
        case ast.Expr(value=ast.Call()):
            yield "pass"

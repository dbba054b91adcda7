"""Comments as nodes: astor's generator with ``Comment`` lines and ``Trailing`` comments, and text that always re-parses.

Comment("# Grad of: y = x * x"), Assign(...), Trailing("# metres")     ==>     # Grad of: y = x * x
                                                                              x_bar = y_bar * x  # metres
"""

from __future__ import annotations

import ast
import warnings
from typing import Any

with warnings.catch_warnings():  # astor looks at ast.Num while it is imported
    warnings.simplefilter("ignore", DeprecationWarning)
    from astor.code_gen import SourceGenerator, set_precedence
    from astor.op_util import Precedence
    from astor.string_repr import pretty_string

__all__ = ["COMPOUND", "Comment", "Trailing", "print_module", "without_comments"]


COMPOUND = (ast.If, ast.For, ast.While, ast.Try, ast.With)


class Comment(ast.stmt):
    """A comment line of its own."""

    _fields = ()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Trailing(Comment):
    """A comment behind the statement before it (first in a body: behind the header)."""


class _Generator(SourceGenerator):
    """astor's generator plus comments; f-strings as ``ast`` writes them (astor's way ends with Python 3.14), tuples of slices without parentheses."""

    def visit_Comment(self, node: Comment) -> None:
        self.newline()
        self.write(node.text)

    def visit_Trailing(self, node: Trailing) -> None:
        self.result.append(f"  {node.text}")

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.write(ast.unparse(ast.fix_missing_locations(node)))

    def visit_Slice(self, node: ast.Slice) -> None:
        set_precedence(Precedence.Comma, node.lower, node.upper, node.step)
        for before, part in (("", node.lower), (":", node.upper), (":" if node.step else "", node.step)):
            self.write(before, *([part] if part is not None else []))

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.write(node.value, "[")
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) and node.slice.elts else [node.slice]
        set_precedence(Precedence.Comma, *parts)
        for i, part in enumerate(parts):
            self.write(", " if i else "", part)
        self.write("," if len(parts) == 1 and parts[0] is not node.slice else "", "]")


class _Careful(_Generator):
    """Prints each simple statement both ways and takes ``ast.unparse``'s where astor's does not re-parse to the same."""

    def visit(self, node: ast.AST, *args: Any, **kwargs: Any) -> Any:
        if isinstance(node, ast.stmt) and not isinstance(node, (Comment, ast.FunctionDef, *COMPOUND)):
            self.newline()
            self.write("\n".join(_statement(node).splitlines()))
            return None
        return super().visit(node, *args, **kwargs)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        """In the header of a compound statement: ``if (a,):``."""
        self.write(ast.unparse(ast.fix_missing_locations(node)))


def _generate(tree: ast.Module, kind: type[SourceGenerator]) -> str:
    generator = kind(" " * 4, False, pretty_string)
    generator.visit(tree)
    return "".join(generator.result).lstrip("\n") + "\n"


def _statement(node: ast.stmt) -> str:
    module = ast.Module(body=[node], type_ignores=[])
    try:
        text = _generate(module, _Generator)
        if ast.dump(ast.parse(text)) == ast.dump(module):
            return text.strip("\n")
    except (SyntaxError, AttributeError, AssertionError, TypeError):
        pass
    return ast.unparse(ast.fix_missing_locations(node))


def without_comments(node: Any) -> Any:
    """The tree with its comment nodes left out, for comparing and for walking statement by statement."""
    if isinstance(node, (ast.Module, ast.FunctionDef, ast.ExceptHandler, *COMPOUND)):
        fields = dict(ast.iter_fields(node))
        for name in ("body", "handlers", "orelse"):
            if name in fields:
                fields[name] = [without_comments(s) for s in fields[name] if not isinstance(s, Comment)]
        new = type(node)(**fields)
        if hasattr(node, "place"):
            new.place = node.place  # type: ignore[union-attr]
        return new
    return node


def print_module(tree: ast.Module) -> str:
    """The text of a module with its comments."""
    clean = ast.dump(without_comments(tree))
    try:
        text = _generate(tree, _Generator)
        if ast.dump(ast.parse(text)) == clean:
            return text
    except (SyntaxError, AttributeError, AssertionError, TypeError):
        pass
    return _generate(tree, _Careful)

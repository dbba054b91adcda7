"""Makes a failing program small: drops statements, opens blocks, puts a part of an expression in its place.

def f(x):                          def f(x):
    if x > 0.3:              -->       y = x * x
        y = x * x                      return y
    return y + math.sin(x)
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

__all__ = ["shrink"]


def shrink(text: str, fails: Callable[[str], bool], tries: int = 500) -> str:
    """The smallest text found that still ``fails``.

    Behind a cut that fails the next is tried at the same place, not from the start again: a cut that did not fail before seldom does
    after another one, and each try derives and runs a program.
    """
    found = True
    while found and tries > 0:
        found = False
        for cut in (_without_statements, _opened, _simpler):
            k = 0
            while tries > 0 and (tree := cut(ast.parse(text), k)) is not None:
                smaller = ast.unparse(ast.fix_missing_locations(tree))
                tries -= 1
                if smaller != text and len(smaller) <= len(text) and fails(smaller):
                    text, found = smaller, True
                else:
                    k += 1
    return text


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse"):
        block = getattr(node, name, None)
        if isinstance(block, list):
            yield block


def _without_statements(tree: ast.AST, k: int) -> ast.AST | None:
    """The tree without its k-th statement."""
    seen = -1
    for node in ast.walk(tree):
        for block in _blocks(node):
            for position in range(len(block)):
                seen += 1
                if seen == k:
                    del block[position]
                    if not block and block is getattr(node, "body", None):
                        block.append(ast.Pass())
                    return tree
    return None


def _opened(tree: ast.AST, k: int) -> ast.AST | None:
    """The tree with its k-th compound statement replaced by what it holds."""
    seen = -1
    for node in ast.walk(tree):
        for block in _blocks(node):
            for position, stmt in enumerate(block):
                if isinstance(stmt, ast.If | ast.For | ast.While):
                    for arm in _blocks(stmt):
                        seen += 1
                        if seen == k and arm:
                            block[position : position + 1] = arm
                            return tree
    return None


def _simpler(tree: ast.AST, k: int) -> ast.AST | None:
    """The tree with its k-th expression replaced by one of its parts."""
    seen = -1
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            for position, item in enumerate(value if isinstance(value, list) else [value]):
                for part in _parts(item):
                    seen += 1
                    if seen == k:
                        if isinstance(value, list):
                            value[position] = part
                        else:
                            setattr(node, name, part)
                        return tree
    return None


def _parts(node: object) -> list[ast.expr]:
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.UnaryOp):
        return [node.operand]
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse, node.test]
    if isinstance(node, ast.BoolOp):
        return list(node.values)
    if isinstance(node, ast.Call):
        return list(node.args)
    return []

"""Makes a failing program small: drops statements, opens blocks, puts a part of an expression in its place.

def f(x):                          def f(x):
    if x > 0.3:              -->       y = x * x
        y = x * x                      return y
    return y + math.sin(x)
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

__all__ = ["shrink"]


def shrink(text: str, fails: Callable[[str], bool], tries: int = 500) -> str:
    """The smallest text found that still ``fails``."""
    found = True
    while found and tries > 0:
        found = False
        for candidate in _smaller(text):
            tries -= 1
            if tries <= 0:
                break
            if candidate != text and len(candidate) <= len(text) and fails(candidate):
                text, found = candidate, True
                break
    return text


def _smaller(text: str) -> Iterator[str]:
    tree = ast.parse(text)
    for maker in (_without_statements, _opened, _simpler):
        count = sum(1 for _ in ast.walk(tree))
        for k in range(count):
            changed = maker(copy.deepcopy(tree), k)
            if changed is not None:
                yield ast.unparse(ast.fix_missing_locations(changed))


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

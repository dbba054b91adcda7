"""The helpers of generated code: checks, containers, and each adjoint against the operation that it belongs to.

For a linear ``A`` and its adjoint, ``<A x, g> = <x, A* g>`` for every x and g.
"""

from __future__ import annotations

import ast
import functools
import inspect
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

import tangentx.runtime as rt
from tangentx.errors import AliasError

RANDOM = np.random.default_rng(0)


def array(*shape: int) -> np.ndarray:
    return RANDOM.normal(size=shape)


def assert_adjoint(forward: Callable[[Any], Any], backward: Callable[[Any], Any], x: Any) -> None:
    y = forward(x)
    g = array(*np.shape(y))
    back = backward(g)
    assert np.shape(back) == np.shape(x)
    assert np.sum(y * g) == pytest.approx(np.sum(x * back), rel=1e-9, abs=1e-12)


# ----------------------------------------------------------------------------------------------------------- checks


class Point(NamedTuple):
    x: float
    y: np.ndarray


@dataclass(frozen=True)
class Model:
    weights: list[Any]
    name: str


@pytest.mark.parametrize(
    "value",
    [1.0, np.float64(1.0), np.float32(1.0), np.ones(3), np.ones(3, np.float32), [1.0, 2], {"a": np.ones(2), "b": None}, Model([1.0], "m"), ()],
)
def test_what_can_be_differentiated(value: Any) -> None:
    rt.check_reals(x=value)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (2, "argument x is an integer and has no derivative: pass 2.0"),
        (True, "argument x is a boolean and has no derivative: pass 1.0"),
        (np.arange(3), "argument x is an array of dtype int64 and has no derivative: pass x.astype(float)"),
        (1j, "argument x is complex, and then the value may be complex, too: grad needs a real one"),
        (np.ones(2, complex), "argument x is complex"),
        ("a", "argument x is of type str and has no derivative"),
        (None, "argument x is of type NoneType"),
    ],
)
def test_what_cannot(value: Any, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        rt.check_reals(x=value)
    assert str(caught.value).startswith(message)


def test_complex_numbers_can_be_differentiated() -> None:
    rt.check_inputs(x=1j, y=np.ones(2, np.complex64), z=[1.0, (2.0, 1j)])
    with pytest.raises(TypeError, match="argument x is an integer"):
        rt.check_inputs(x=1)


def test_the_adjoint_of_a_real_number_is_real() -> None:
    assert rt.unbroadcast(1 + 2j, 3.0) == 1.0 and rt.unbroadcast(np.array([1j, 2.0]), 3.0) == 2.0
    assert rt.unbroadcast(np.array([1j, 2.0]), np.ones(2)).tolist() == [0.0, 2.0]
    assert rt.cast_like(np.ones(2), np.ones(2, np.complex64)).dtype == np.complex64 and type(rt.cast_like(1.0, 1j)) is complex
    assert rt.cast_like(np.array([1j, 2.0]), np.ones(2, np.float32)).dtype == np.float32
    assert rt.zeros_like(1j) == 0.0 and rt.zeros_like(np.ones(2, complex)).dtype == complex


def test_grad_needs_a_scalar() -> None:
    for y in (1.0, 2, np.float32(1.0), np.array(1.0)):
        rt.check_scalar(y, 1.0)
    for y, what in ((np.ones(3), "shape (3,)"), ((1.0, 2.0), "type tuple"), (1j, "type complex"), (None, "type NoneType")):
        with pytest.raises(TypeError) as caught:
            rt.check_scalar(y, 1.0)
        assert str(caught.value) == f"grad needs a real scalar output, got {what}: use vjp or jacobian"
    with pytest.raises(ValueError, match=r"init_grad must be a scalar, as the output is, got shape \(2,\)"):
        rt.check_scalar(1.0, np.ones(2))


def test_a_cotangent_has_the_structure_of_its_value() -> None:
    value = {"a": [np.ones(2), 1.0], "b": None}
    rt.check_cotangent(value, {"a": [np.zeros(2), np.float64(0)], "b": None})
    with pytest.raises(ValueError, match=r"init_grad\['a'\]\[0\] must have the shape of its value, \(2,\), got \(3,\)"):
        rt.check_cotangent(value, {"a": [np.zeros(3), 0.0], "b": None})
    with pytest.raises(ValueError, match="must have the structure of its value, a list of 2"):
        rt.check_cotangent(value, {"a": (np.zeros(2), 0.0), "b": None})
    with pytest.raises(ValueError, match=r"x_dot must have the shape of its value, \(\), got \(2,\)"):
        rt.check_tangent(1.0, np.ones(2), "x_dot")


# ------------------------------------------------------------------------------------------------------- containers


def test_zeros_of_every_structure() -> None:
    zero = rt.zeros_like(Model([1.0, 2, np.arange(3), Point(1.0, np.ones(2, np.float32))], "m"))
    assert isinstance(zero, Model) and zero.name == "m"
    assert zero.weights[:2] == [0.0, 0.0] and zero.weights[2].dtype == float
    assert isinstance(zero.weights[3], Point) and zero.weights[3].y.dtype == np.float32
    assert type(rt.zeros_like(np.float32(2))) is np.float32
    assert rt.zeros_like({"a": True, "b": "text", "c": None}) == {"a": 0.0, "b": "text", "c": None}


def test_adding_containers() -> None:
    assert rt.add([1.0, (2.0, None)], [3.0, (4.0, None)]) == [4.0, (6.0, None)]
    assert rt.add(0.0, (1.0, 2.0)) == (1.0, 2.0) and rt.add((1.0, 2.0), 0.0) == (1.0, 2.0)
    assert isinstance(rt.add(Point(1.0, np.ones(1)), Point(1.0, np.ones(1))), Point)


@pytest.mark.parametrize(
    "index", [1, -1, slice(1, 3), (slice(None), 0), [0, 0, 2], (np.array([1, 1]), slice(1)), np.array([True, False, True]), Ellipsis]
)
def test_add_at_counts_repeated_indices(index: Any) -> None:
    x = array(3, 4)
    assert_adjoint(lambda v: v[index], lambda g: rt.add_at(np.zeros((3, 4)), index, g), x)
    assert_adjoint(lambda v: v[index], lambda g: rt.put_at(x, index, g), x)


def test_add_at_in_containers() -> None:
    nested = ([1.0, 2.0], {"w": np.ones(2)})
    grown = rt.add_at(rt.add_at(rt.zeros_like(nested), 0, [0.5, 0.0]), 1, {"w": np.ones(2)})
    assert grown[0] == [0.5, 0.0] and grown[1]["w"].tolist() == [1.0, 1.0]
    assert rt.put_at(Point(1.0, np.ones(2)), 0, 3.0).x == 3.0


# --------------------------------------------------------------------------------------------------- shapes and sums


@pytest.mark.parametrize(("wide", "narrow"), [((2, 3), (3,)), ((2, 3), (2, 1)), ((2, 3), ()), ((4, 2, 3), (1, 3)), ((3,), (3,)), ((1,), (1, 1))])
def test_unbroadcast_is_the_adjoint_of_broadcasting(wide: tuple[int, ...], narrow: tuple[int, ...]) -> None:
    x = array(*narrow)
    assert_adjoint(lambda v: v + np.zeros(wide), lambda g: rt.unbroadcast(g, x), x)
    assert_adjoint(lambda v: v + np.zeros(wide), lambda g: rt.unbroadcast_shape(g, narrow), x)


def test_unbroadcast_keeps_kind_and_dtype() -> None:
    assert rt.unbroadcast(1.5, 2.0) == 1.5 and isinstance(rt.unbroadcast(np.ones((2, 2)), 2.0), float)
    assert rt.unbroadcast(np.ones((2, 3)), np.ones(3, np.float32)).dtype == np.float32
    assert rt.unbroadcast(2.0, np.ones(3, np.float32)).tolist() == [2.0, 2.0, 2.0]
    rows = [[1.0, 2.0], (3.0, 4.0)]  # of lists an array, as NumPy takes them; a list again where one is wanted
    assert rt.cast_like(rt.unbroadcast(np.ones((2, 2)), rows), rows) == [[1.0, 1.0], (1.0, 1.0)]
    g = np.ones(3)
    assert rt.unbroadcast(g, np.zeros(3)) is g


@pytest.mark.parametrize(("axis", "keepdims"), [(None, False), (1, False), (-1, True), ((0, -1), False), ((1, 2), True), (None, True), ((), False)])
def test_unreduce_is_the_adjoint_of_a_sum(axis: Any, keepdims: bool) -> None:
    x = array(2, 3, 4)
    assert_adjoint(lambda v: np.sum(v, axis=axis, keepdims=keepdims), lambda g: rt.unreduce(g, x.shape, axis=axis, keepdims=keepdims), x)


def test_ties_share_evenly() -> None:
    a = np.array([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]])
    assert rt.share(a, a.max(axis=1, keepdims=True), axis=1) == pytest.approx(np.array([[0, 0.5, 0.5], [1 / 3, 1 / 3, 1 / 3]]))
    assert rt.share(a.astype(np.float32), np.float32(3.0)).dtype == np.float32
    assert rt.quantile_share(np.array([3.0, 1.0, 2.0, 5.0]), 0.5).tolist() == [0.5, 0.0, 0.5, 0.0]
    assert rt.quantile_share(np.array([2.0, 1.0, 2.0, 2.0]), 0.5) == pytest.approx([1 / 3, 0.0, 1 / 3, 1 / 3])


T, M = array(2, 3, 4), array(3, 3)
ADJOINTS: list[tuple[Callable[[Any], Any], Callable[[Any], Any], Any]] = [
    (lambda v: np.cumsum(v, 1), lambda g: rt.uncumsum(g, (2, 3, 4), 1), T),
    (lambda v: np.cumsum(v), lambda g: rt.uncumsum(g, (2, 3, 4)), T),
    (lambda v: np.diagonal(v, 1, 2, 0), lambda g: rt.undiagonal(g, (2, 3, 4), 1, 2, 0), T),
    (lambda v: np.diagonal(v, -5), lambda g: rt.undiagonal(g, (3, 3), -5), M),
    (lambda v: np.transpose(v, (2, 0, -2)), lambda g: np.transpose(g, rt.inverse_axes((2, 0, -2))), T),
    (lambda v: np.tile(v, (2, 1, 3)), lambda g: rt.untile(g, (3, 3), (2, 1, 3)), M),
    (lambda v: np.repeat(v, [2, 0, 1], axis=-1), lambda g: rt.untake(g, (3, 3), rt.repeated((3, 3), [2, 0, 1], -1), -1), M),
    (lambda v: np.take(v, [[2, 2], [0, 1]], axis=1), lambda g: rt.untake(g, (2, 3, 4), [[2, 2], [0, 1]], 1), T),
    (lambda v: np.pad(v, ((1, 0), (2, 3))), lambda g: rt.unpad(g, (3, 3), ((1, 0), (2, 3))), M),
    (lambda v: np.diff(v, 2, 1), lambda g: rt.undiff(g, (2, 3, 4), 2, 1), T),
    (lambda v: np.concatenate([v, np.zeros((3, 2))], 1), lambda g: rt.unjoin(g, [M, np.ones((3, 2))], 1)[0], M),
    (lambda v: np.stack([v, v], -1), lambda g: np.sum(rt.unjoin(g, (M, M), -1), axis=0), M),
    (lambda v: np.split(v, [1], 1)[1], lambda g: rt.rejoin([0.0, g], np.split(M, [1], 1), (3, 3), 1), M),
]


@pytest.mark.parametrize("case", range(len(ADJOINTS)))
def test_adjoints_of_moving_elements(case: int) -> None:
    assert_adjoint(*ADJOINTS[case])


# ---------------------------------------------------------------------------------------------------- linear algebra

SHAPES = [
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((3,), (3, 4)),
    ((2, 3), (3, 4)),
    ((5, 2, 3), (3,)),
    ((3,), (5, 3, 4)),
    ((5, 1, 2, 3), (6, 3, 4)),
    ((1, 2, 3), (5, 3, 4)),
]


@pytest.mark.parametrize(("a", "b"), SHAPES)
def test_matmul_for_every_rank(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    x, y = array(*a), array(*b)
    assert_adjoint(lambda v: v @ y, lambda g: rt.matmul_left(g, y, a), x)
    assert_adjoint(lambda v: x @ v, lambda g: rt.matmul_right(x, g, b), y)


@pytest.mark.parametrize(("a", "b"), [*SHAPES[:4], ((), (2, 3)), ((2, 3), ()), ((2, 5, 3), (4, 3, 6)), ((2, 3), (4, 3, 6)), ((2, 5, 3), (3,))])
def test_dot_for_every_rank(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    x, y = array(*a), array(*b)
    assert_adjoint(lambda v: np.dot(v, y), lambda g: rt.dot_left(g, y, a), x)
    assert_adjoint(lambda v: np.dot(x, v), lambda g: rt.dot_right(x, g, b), y)


@pytest.mark.parametrize(
    ("a", "b", "axes"),
    [((2, 3, 4), (3, 4, 5), 2), ((2, 3, 4), (4, 5, 2), ([0, -1], [2, 0])), ((2, 3), (4,), 0), ((3, 4), (3, 4), 2), ((2, 3), (5, 3), (1, 1))],
)
def test_tensordot(a: tuple[int, ...], b: tuple[int, ...], axes: Any) -> None:
    x, y = array(*a), array(*b)
    assert_adjoint(lambda v: np.tensordot(v, y, axes), lambda g: rt.tensordot_left(g, y, a, axes), x)
    assert_adjoint(lambda v: np.tensordot(x, v, axes), lambda g: rt.tensordot_right(x, g, b, axes), y)


EINSUMS = ["ij,jk->ik", "ijk,kl,j", "ii", "ii->i", "ijk->k", "i,i->", "iij->j", "i,j->ij", "iii->i", " ij , jk ", "ij,kj->", "ba", ",ij->ji"]


@pytest.mark.parametrize("subscripts", EINSUMS)
def test_einsum(subscripts: str) -> None:
    size = {"i": 3, "j": 4, "k": 2, "l": 5, "a": 2, "b": 3}
    operands = [array(*(size[c] for c in term.strip())) for term in subscripts.partition("->")[0].split(",")]
    for k, x in enumerate(operands):

        def forward(v: Any, k: int = k) -> Any:
            return np.einsum(subscripts, *operands[:k], v, *operands[k + 1 :])

        def backward(g: Any, k: int = k) -> Any:
            return rt.einsum_to(rt.swap_subscripts(subscripts, k), operands[k].shape, *operands[:k], g, *operands[k + 1 :], None)

        assert_adjoint(forward, backward, x)


def test_einsum_broadcasts_and_refuses() -> None:
    a, b = array(3), array(1)
    assert_adjoint(lambda v: np.einsum("i,i", a, v), lambda g: rt.einsum_to(rt.swap_subscripts("i,i", 1), (1,), a, g), b)
    with pytest.raises(NotImplementedError, match="subscripts in lists"):
        rt.swap_subscripts([0], 0)


@pytest.mark.parametrize(("a", "b"), [((3, 3), (3,)), ((3, 3), (3, 2)), ((4, 3, 3), (3, 2)), ((3, 3), (4, 3, 2))])
def test_solve(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    matrix, rhs = array(*a) + 3 * np.eye(3), array(*b)
    assert_adjoint(lambda v: np.linalg.solve(matrix, v), lambda g: rt.unbroadcast_shape(rt.solve_transposed(matrix, g, b), b), rhs)


@pytest.mark.parametrize(("a", "b"), [((2, 3), (4, 5)), ((3,), (2,)), ((2, 3), (4,)), ((3,), (2, 4))])
def test_kron(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    x, y = array(*a), array(*b)
    assert_adjoint(lambda v: np.kron(v, y), lambda g: rt.unkron_left(g, y, a), x)
    assert_adjoint(lambda v: np.kron(x, v), lambda g: rt.unkron_right(x, g, b), y)


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize(("n", "m"), [(5, 3), (3, 5), (4, 4), (6, 4), (4, 1)])
def test_convolution_is_a_part_of_the_full_one(n: int, m: int, mode: Any) -> None:
    a, v = array(n), array(m)
    assert np.convolve(a, v, mode) == pytest.approx(np.convolve(a, v)[rt.convolved(n, m, mode)])


def test_scan_and_shift() -> None:
    c, u = array(4), array(4)
    s = rt.scan(c, u)
    assert s[0] == u[0] and all(s[i] == pytest.approx(c[i] * s[i - 1] + u[i]) for i in range(1, 4))
    assert rt.shifted(np.array([[1.0, 2.0], [3.0, 4.0]]), 0, 1.0).tolist() == [[1.0, 1.0], [1.0, 2.0]]


# ------------------------------------------------------------------------------------------------------------- house


def test_functions_only() -> None:
    rooms = [room for room in Path(rt.__file__).parent.glob("*.py") if room.stem != "__init__"]
    kinds = {type(node).__name__ for room in rooms for node in ast.parse(room.read_text(encoding="utf-8")).body}
    assert kinds == {"Expr", "Import", "ImportFrom", "FunctionDef", "Assign"}  # __all__ is assigned


def test_rooms_do_not_share_a_name() -> None:
    named = [
        name
        for room in ("contents", "checks", "shapes", "structures", "algebra", "gaps", "decompositions", "special", "transforms", "reductions")
        for name in vars(sys.modules[f"tangentx.runtime.{room}"])["__all__"]
    ]
    assert sorted(named) == sorted(set(named))
    assert {getattr(rt, name).__module__ for name in named} == {"tangentx.runtime"}


def test_every_helper_has_a_rule() -> None:
    from tangentx.rules.declare import registered
    from tangentx.rules.table import load_templates

    load_templates()
    known = {primitive for _, primitive in registered()}
    internal = [
        "add_at",
        "add_field",
        "attributes",
        "check_input",
        "completed",
        "cond_partial",
        "contracted",
        "diagonal_blocks",
        "inside",
        "is_orthogonal",
        "is_own",
        "kron_matrix",
        "leaves",
        "eigh_change",
        "lstsq_adjoint",
        "lstsq_tangent",
        "multi_dot_tangent",
        "norm_partial",
        "out_of_phase",
        "parts",
        "qr_adjoint",
        "qr_tangent",
        "reached",
        "rebuilt",
        "spelled",
        "summed",
        "svd_adjoint",
        "svd_tangent",
        "svdvals_adjoint",
        "svdvals_tangent",
        "uncontract",
        "unslope",
        "unit_lower",
        "unmulti_dot",
        "vector_norm_partial",
        "vectors_last",
        "shown_items",
        "taken_early",
        "yielded",
    ]
    missing = [name for name, f in vars(rt).items() if inspect.isfunction(f) and id(f) not in known and name not in internal]
    assert missing == []


@pytest.mark.parametrize(("value", "what"), [(3, "of type int"), (ast, "the module ast"), (None, "of type NoneType")])
def test_what_is_no_array_module(value: Any, what: str) -> None:
    assert rt.array_module(np) is np
    with pytest.raises(NotImplementedError, match=f"functions of an array module are asked of a value that is {what}"):
        rt.array_module(value)


TABLE = np.ones(3)


class Looks:
    """Hands out a global array in several ways."""

    kept = TABLE[:1]

    def get(self) -> np.ndarray:
        return TABLE

    @property
    def part(self) -> np.ndarray:
        return (lambda: TABLE[1:])()


@pytest.mark.parametrize("lender", [Looks(), [Looks().get], Looks.get, functools.partial(lambda t: t, TABLE), lambda x=TABLE: x, {"a": Looks}])
def test_what_is_written_is_no_array_that_another_argument_hands_out(lender: Any) -> None:
    rt.check_lent(np.ones(3), lender)
    rt.check_lent(1.0, lender)
    with pytest.raises(AliasError, match="an argument that is written is a variable of an outer scope that another argument reads"):
        rt.check_lent({"w": TABLE[2:] if not isinstance(lender, Looks) else TABLE}, lender)


@pytest.mark.parametrize("lender", [Looks(), Looks.get, {"a": [TABLE[:2]]}, lambda: TABLE, types.SimpleNamespace(w=TABLE)])
def test_what_a_context_writes_into_is_nothing_that_a_function_reads(lender: Any) -> None:
    rt.check_hidden(np.ones(3), lender)
    rt.check_hidden([1.0], lender)
    with pytest.raises(AliasError, match="a context writes into an array that a function reads"):
        rt.check_hidden({"w": TABLE}, lender)


def test_what_holds_itself_is_compared_once() -> None:
    """A global object that holds itself is gone through once."""

    class Node:
        def __init__(self) -> None:
            self.me, self.v = self, np.ones(2)

    node = Node()
    rt.check_own(np.ones(2), node)
    with pytest.raises(AliasError, match="read as a variable of an outer scope"):
        rt.check_own(node.v[1:], node)

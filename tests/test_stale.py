"""What the compiler reads of the world: after a change of it, ``tx.grad(f)`` is that of the new world, in this process and from the disk."""

from __future__ import annotations

import linecache
import textwrap
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import tangentx as tx
from tangentx.fingerprint import current, fingerprint
from tests.test_cache import in_new_process

Write = Callable[[str, str], ModuleType]

START = """
import collections, dataclasses, enum, functools, inspect, operator, types
import numpy as np

def square(x): return x * x
def cube(x): return x * x * x
class Plain: pass
"""

# name -> (what the module says, one change after another)
CHANGES: dict[str, tuple[str, ...]] = {
    "object": ("ns = Plain(); ns.act = np.sin\ndef f(x): return ns.act(x)", "ns.act = np.exp", "ns.act = np.cos"),
    "namespace": (
        "ns = types.SimpleNamespace(act=np.sin)\ndef f(x): return ns.act(x)",
        "ns.act = np.exp",
        "ns = types.SimpleNamespace(act=np.cos)",
    ),
    "dataclass": (
        "@dataclasses.dataclass\nclass Conf:\n    act: object\nconf = Conf(np.sin)\ndef f(x): return conf.act(x)",
        "conf.act = np.exp",
        "conf = Conf(np.cos)",
    ),
    "by_text": ("ns = types.SimpleNamespace(act=np.sin)\ndef f(x): return getattr(ns, 'act')(x)", "ns.act = np.exp"),
    "swapped": ("n = Plain(); n.p = np.sin; n.q = np.exp\ndef f(x): return n.p(x) + 2.0 * n.q(x)", "n.p, n.q = n.q, n.p"),
    "lambdas": (
        "l1 = lambda t: t * t\nl2 = lambda t: t * t * t\na = l1; b = l2; c = l1\ndef f(x): return a(x) + 5.0 * b(x) + 11.0 * c(x)",
        "c = l2",
        "a = l2",
        "b = l1",
    ),
    **{
        f"method_kept_in_a_{name}": (
            f"class M:\n    c = 2.0\n    def g(self, x): return self.c * x * x\nm = M()\nk = {kept}\n{function}",
            "M.g = lambda self, x: self.c * x * x * x",
            "M.c = 5.0",
        )
        for name, kept, function in (
            ("name", "m.g", "def f(x): return k(x)"),
            ("list", "[m.g]", "def f(x): return k[0](x)"),
            ("partial", "functools.partial(m.g)", "def f(x): return k(x)"),
            ("default", "m.g", "def f(x, g=k): return g(x)"),
            ("cell", "m.g", "def made(g):\n    def f(x): return g(x)\n    return f\nf = made(k)"),
            ("method_type", "types.MethodType(lambda self, x: self.c * x, m)", "def f(x): return k(x)"),
        )
    },
    "class": ("class Cfg:\n    act = np.sin\ndef f(x): return Cfg.act(x)", "Cfg.act = np.exp", "Cfg.act = staticmethod(np.cos)"),
    "base": ("class B:\n    act = np.sin\nclass D(B): pass\ndef f(x): return D.act(x)", "B.act = np.exp", "D.act = np.cos", "del D.act"),
    "metaclass": ("class Me(type):\n    act = np.sin\nclass M(metaclass=Me): pass\ndef f(x): return M.act(x)", "Me.act = np.exp", "M.act = np.cos"),
    "in_class": (
        "class Cfg:\n    inner = types.SimpleNamespace(g=np.sin)\ndef f(x): return Cfg.inner.g(x)",
        "Cfg.inner.g = np.exp",
        "Cfg.inner = types.SimpleNamespace(g=np.cos)",
    ),
    "method_of_one_in_class": (
        "class L:\n    def go(self, x): return x * x\nclass M:\n    l = L()\ndef f(x): return M.l.go(x)",
        "L.go = lambda s, x: x * x * x",
        "M.l = Plain(); M.l.go = np.sin",
    ),
    "nested_class": (
        "class Out:\n    class In:\n        def g(self, x): return x * x * 2.0\nclass Other:\n    def g(self, x): return x * x * x\n"
        "def f(x): return Out.In().g(x)",
        "Out.In.g = lambda s, x: x",
        "Out.In = Other",
    ),
    "registry": ("class Reg:\n    class Sub:\n        act = np.sin\ndef f(x): return Reg.Sub.act(x)", "Reg.Sub.act = np.exp"),
    "static": ("class C:\n    g = staticmethod(np.sin)\ndef f(x): return C.g(x)", "C.g = staticmethod(np.cos)", "C.g = np.exp"),
    "optional": ("class cfg:\n    act = None\ndef f(x): return x * x if cfg.act is None else cfg.act(x)", "cfg.act = np.sin", "cfg.act = None"),
    "library": (
        "class C:\n    xp = np\nclass Fake:\n    sin = staticmethod(np.exp)\ndef f(x): return C.xp.sin(x)",
        "C.xp = Fake",
        "Fake.sin = np.cos",
    ),
    "class_then_object": ("class M:\n    @staticmethod\n    def go(x): return x * x\ndef f(x): return M.go(x)", "M.go = staticmethod(cube); M = M()"),
    "enum": ("class E(enum.Enum):\n    A = 1\nE.A.act = np.sin\ndef f(x): return E.A.act(x)", "E.A.act = np.exp"),
    "int_enum": ("class E(enum.IntEnum):\n    A = 2\nE.A.act = np.sin\ndef f(x): return E.A.act(x)", "E.A.act = np.exp"),
    "recursive": ("def f(x): return f.inner(x)\nf.inner = square", "f.inner = cube", "f.inner = np.sin"),
    "of_function": ("def h(x): return x\nh.ns = types.SimpleNamespace(act=np.sin)\ndef f(x): return h.ns.act(x)", "h.ns.act = np.exp"),
    "function_of_function": ("def h(x): return x\nh.sq = square\nsquare.act = np.sin\ndef f(x): return h.sq.act(x)", "square.act = np.exp"),
    "wrapped": (
        "def around(g):\n    @functools.wraps(g)\n    def w(x): return w.__wrapped__(x)\n    return w\ng = around(square)\ndef f(x): return g(x)",
        "g.__wrapped__ = cube",
    ),
    "default": ("def d(x): return d.act(x)\nd.act = np.sin\ndef g(x, o=d): return o(x)\ndef f(x): return g(x)", "d.act = np.exp"),
    "keyword_default": (
        "def g(x, *, o=lambda t: t * t): return o(x)\ndef f(x): return g(x)",
        "g.__kwdefaults__['o'] = lambda t: t * t * t",
        "g.__kwdefaults__['o'] = np.sin",
    ),
    "partial": (
        "def hk(x, act=np.sin): return act(x)\np = functools.partial(hk)\ndef f(x): return p(x)",
        "p.keywords['act'] = np.exp",
        "p.keywords['act'] = square",
        "p.__setstate__((cube, (), {}, None))",
    ),
    "partial_number": (
        "def hk(x, p=2): return x**p\np = functools.partial(hk)\ndef f(x): return p(x)",
        "p.keywords.update(p=3)",
        "p.keywords.update(p=4)",
        "p.keywords.clear()",
    ),
    "attrgetter": (
        "class O:\n    a = 2.0\n    c = 5.0\nget = operator.attrgetter('a')\ndef f(x): return get(O()) * x",
        "get = operator.attrgetter('c')",
    ),
    "signature": (
        "def g(t, s=2.0): pass\ndef h(t, s=5.0): pass\nsig = inspect.signature(g)\n"
        "def f(x):\n    b = sig.bind(x)\n    b.apply_defaults()\n    return b.arguments['t'] ** 2 * b.arguments['s']",
        "sig = inspect.signature(h)",
        "sig = inspect.signature(g)",
    ),
    "signature_of_a_function": (
        "def g(t, s=2.0): pass\ndef f(x):\n    b = inspect.signature(g).bind(x)\n    b.apply_defaults()\n    return b.args[0] ** 2 * b.args[1]",
        "g.__defaults__ = (5.0,)",
        "def g(t, s=7.0): pass",
    ),
    "library_that_comes": (
        "HAVE = False\ndef f(x):\n    if not HAVE:\n        return x * x\n    return act(x) if HAVE and act(x) else cube(x)",
        "act = np.sin; HAVE = True",
        "act = np.exp",
        "del act; HAVE = False",
    ),
    "module_no_more": (
        "import math\ndef f(x): return math.sin(x)",
        "math = types.SimpleNamespace(sin=np.exp)",
        "math.sin = np.cos",
    ),
    "module_in_class": (
        "import other\nother.act = np.sin\nclass K:\n    m = other\ndef f(x): return K.m.act(x)",
        "other.act = np.exp",
        "other.act = square",
    ),
    "module_of_function": ("import other\nother.act = np.sin\ndef h(x): return x\nh.m = other\ndef f(x): return h.m.act(x)", "other.act = np.exp"),
    "object_in_module": (
        "import other\nother.ns = types.SimpleNamespace(act=np.sin)\ndef f(x): return other.ns.act(x)",
        "other.ns.act = np.exp",
        "other.ns = types.SimpleNamespace(act=np.cos)",
    ),
    "import_inside": (
        "import other\nother.act = np.sin\ndef f(x):\n    from other import act\n    return act(x)",
        "other.act = np.exp",
        "other.act = square",
    ),
    "module_that_hands_on": (
        "import other\nother.__getattr__ = lambda name: np.sin\ndef f(x): return other.act(x)",
        "other.__getattr__ = lambda name: np.exp",
        "other.act = np.cos",
    ),
}


def _check(f: Any) -> None:
    expected = (f(0.7 + 1e-6) - f(0.7 - 1e-6)) / 2e-6
    assert tx.grad(f)(0.7) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("how", ["in this process", "from the disk"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_seen(cache_folder: Path, write_module: Write, name: str, how: str) -> None:
    text, *changes = CHANGES[name]
    write_module("other", "")
    model: Any = write_module("model", START + text + "\n")
    _check(model.f)
    for k, change in enumerate(changes):
        file = f"<change {k} of {name}>"
        linecache.cache[file] = len(change), None, change.splitlines(keepends=True), file  # a lambda in it has a source
        exec(compile(change, file, "exec", dont_inherit=True), vars(model))
        if how == "from the disk":
            vars(model.f).pop("__tangentx_memo__")
        _check(model.f)


def test_a_module_imported_inside_is_seen_in_a_new_process(cache_folder: Path, write_module: Write, tmp_path: Path) -> None:
    package = tmp_path / "pkg"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "model.py").write_text("def f(x):\n    from .late import g\n    from . import later\n    return g(x) + later.h(x)\n")
    program = "import sys, pkg.model, tangentx as tx; print(tx.grad(pkg.model.f)(3.0))"
    for late, later, expected in (("x * x", "x", "7.0\n"), ("x", "x", "2.0\n"), ("x", "x * x", "7.0\n")):
        (package / "late.py").write_text(f"def g(x):\n    return {late}\n")
        (package / "later.py").write_text(f"def h(x):\n    return {later}\n")
        assert in_new_process(tmp_path, program) == expected


def test_what_is_read_while_running_is_no_reason_to_look_again(cache_folder: Path, write_module: Write) -> None:
    text = """
    class M:
        k = 2.0
        def __init__(self): self.w = 3.0
        def go(self, x): return self.w * self.k * x * h.scale
    def h(x): return x
    h.scale = 1.0
    m = M()
    def f(x): return m.go(x)
    """
    model: Any = write_module("model", textwrap.dedent(text))
    found = fingerprint(model.f)
    model.m.w, model.M.k, model.h.scale, model.m.other = 5.0, 7.0, 11.0, 13.0
    assert current(found) and tx.grad(model.f)(1.0) == 385.0
    model.m = model.M()
    assert current(found) and tx.grad(model.f)(1.0) == 231.0
    model.m.go = lambda x: x
    assert not current(found)


def test_what_an_object_has_in_slots_and_fields_is_watched(write_module: Write) -> None:
    text = """
    import collections
    class S:
        __slots__ = ("act",)
    s = S()
    s.act = abs
    t = collections.namedtuple("T", "act")(abs)
    def f(x): return s.act(x) + t.act(x)
    """
    model: Any = write_module("model", textwrap.dedent(text))
    found = fingerprint(model.f)
    assert current(found)
    model.s.act = round
    assert not current(found)
    found = fingerprint(model.f)
    model.t = model.t._replace(act=round)
    assert not current(found) and fingerprint(model.f).digest != found.digest

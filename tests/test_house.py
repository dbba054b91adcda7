"""The walls of the house: who may import whom, no cycles, the list of packages, a light import, files of a readable size."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE, TEMPLATES = ROOT / "tangentx", ROOT / "templates"

# room -> the rooms that it may see; a module of the package's own floor is a room by itself
TABLE: dict[str, set[str]] = {
    "errors": set(),
    "runtime": {"errors"},  # a stand-alone module gets the built-in kinds of them
    "insert": set(),
    "options": set(),
    "ir": {"errors"},
    "rules": {"ir", "errors", "runtime"},
    "rules.table": {"templates"},  # it mounts the package in a checkout that is not installed
    "frontend": {"ir", "rules", "errors"},
    "frontend.conversions": {"runtime"},  # the order of sorted
    "frontend.inplace": {"runtime"},  # where some functions write to
    "frontend.defaults": {"runtime"},  # whether an attribute is there
    "frontend.early": {"runtime"},  # what is to be looked at where memory is known
    "frontend.joined": {"runtime"},  # what joins arrays
    "frontend.template": {"runtime"},  # what the rule of a reduction reads as its result
    "analysis": {"ir", "rules", "errors"},
    "analysis.classes": {"runtime"},  # which attributes a class works out
    "transform": {"ir", "rules", "analysis", "errors", "runtime", "callees"},  # signatures only
    "optimise": {"ir", "rules", "analysis", "errors", "runtime"},
    "backend": {"ir", "errors"},
    "generated": {"backend"},
    "pipeline": {"frontend", "ir", "rules", "analysis", "transform", "optimise", "backend", "errors", "runtime", "options", "stages", "workshop"},
    "workshop": {
        "frontend",
        "ir",
        "rules",
        "analysis",
        "transform",
        "optimise",
        "backend",
        "errors",
        "options",
        "stages",
        "writers",
        "linking",
    },  # the pipeline's
    "stages": {"frontend", "rules"},
    "linking": {"frontend", "ir", "rules", "analysis", "transform", "optimise", "errors", "options"},  # the workshop's
    "writers": {"frontend", "ir", "rules", "analysis", "transform", "errors", "contexts"},  # the workshop's
    "contexts": {"frontend", "ir", "rules", "analysis", "transform", "errors"},  # the writers'
    "watches": {"ir.homes"},
    "codes": {"ir.homes"},
    "fingerprint": {"codes", "ir.homes", "rules", "watches"},  # what a cache hit needs, without the pipeline
    "arguments": {"bound", "errors", "ruled", "ways"},
    "ways": {"errors"},
    "ruled": {"bound", "ir.homes", "rules"},
    "bound": {"frontend"},
    "callees": {"bound", "ir.homes", "errors", "ruled", "rules.declare", "rules.mutators", "ways"},  # the compiler announces itself there
    "assemble": {"errors"},
    "api": {"pipeline", "arguments", "assemble", "bound", "callees", "fingerprint", "backend", "errors", "options", "ways"},
    "checking": {"api", "arguments", "errors"},
    "cli": {"api", "errors", "options", "rules", "__init__"},
    "__main__": {"cli"},
    "__init__": {"api", "checking", "errors", "insert", "rules", "runtime"},
    "templates": {"rules.declare", "runtime", "callees"},
}
# libraries: the compiler's own tools are met in one place each
TOOLS = {
    "gast": {"frontend", "backend"},
    "astor": {"backend"},
    "black": {"backend"},
    "click": {"cli"},
    "rich": {"cli"},
    "filelock": {"backend"},
    "platformdirs": {"backend"},
}
FILE_LINES, FUNCTION_LINES = 400, 50
LONGER_FILES = {
    "ir.nodes": 488,  # one grammar, read from top to bottom
}
LONGER_FUNCTIONS: dict[str, int] = {}


def _modules() -> dict[str, Path]:
    """Every module of ours by its dotted name below ``tangentx``."""
    found = {}
    for root, prefix in ((PACKAGE, ()), (TEMPLATES, ("templates",))):
        for path in sorted(root.rglob("*.py")):
            found[".".join((*prefix, *path.relative_to(root).with_suffix("").parts))] = path
    return found


MODULES = _modules()
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def _imports(tree: ast.Module) -> set[str]:
    """Every module that is imported, at any depth, as written; ``importlib.import_module("...")`` counts."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "tangentx" else {str(node.module)}
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "importlib.import_module" and isinstance(node.args[0], ast.Constant):
            found.add(node.args[0].value)
    return found


def _ours(tree: ast.Module) -> set[str]:
    """The modules of ours that are imported, below ``tangentx``."""
    return {name.removeprefix("tangentx").removeprefix(".") or "__init__" for name in _imports(tree) if name.partition(".")[0] == "tangentx"}


def _room(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("module", MODULES)
def test_imports_keep_to_the_table(module: str) -> None:
    room = _room(module)
    allowed = TABLE[room] | TABLE.get(module, set()) | {room}
    for imported in _ours(TREES[module]):
        assert _room(imported) in allowed or any(imported.startswith(a) for a in allowed), f"{module} imports {imported}"


@pytest.mark.parametrize("module", MODULES)
def test_tools_stay_in_their_rooms(module: str) -> None:
    for imported in _imports(TREES[module]):
        rooms = TOOLS.get(imported.partition(".")[0])
        assert rooms is None or _room(module) in rooms, f"{module} imports {imported}"


def test_no_import_cycles() -> None:
    graph = {name: {_existing(i) for i in _ours(tree)} - {"", name} for name, tree in TREES.items() if name != "__init__"}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path[path.index(name) :], name))
        if name not in done:
            for imported in sorted(graph.get(name, ())):
                visit(imported, (*path, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def _existing(imported: str) -> str:
    """The module that an import means: itself, or its package."""
    return next((m for m in (imported, f"{imported}.__init__") if m in MODULES), "")


def _configured_packages() -> list[str]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"^packages = \[(.*?)^\]", text.partition("[tool.setuptools]")[2], re.DOTALL | re.MULTILINE)
    assert block is not None
    return re.findall(r'"([\w.]+)"', block[1])


def test_the_package_list_is_what_stands_on_disk() -> None:
    on_disk = ["tangentx" + "".join(f".{p}" for p in path.parent.relative_to(PACKAGE).parts) for path in PACKAGE.rglob("__init__.py")]
    on_disk += ["tangentx.templates" + "".join(f".{p}" for p in path.parent.relative_to(TEMPLATES).parts) for path in TEMPLATES.rglob("__init__.py")]
    assert _configured_packages() == sorted(on_disk)


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {path.parent for path in MODULES.values()}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("module", MODULES)
def test_files_and_functions_have_a_readable_size(module: str) -> None:
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= LONGER_FILES.get(module, FILE_LINES)
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.FunctionDef):
            name = f"{module}.{node.name}"
            assert (node.end_lineno or 0) - node.lineno < LONGER_FUNCTIONS.get(name, FUNCTION_LINES), name


def test_every_file_says_what_it_is_for() -> None:
    assert [name for name, tree in TREES.items() if not ast.get_docstring(tree)] == []


HEAVY = ("gast", "astor", "black", "click", "rich", "tangentx.pipeline", "tangentx.templates.numpy")


@pytest.mark.parametrize("statement", ["import tangentx", "import tangentx.runtime", "import tangentx.generated", "from tangentx import grad"])
def test_importing_is_light(statement: str) -> None:
    program = f"{statement}; import sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True).stdout == "[]\n"


def test_public_names_exist() -> None:
    import tangentx

    assert [name for name in tangentx.__all__ if not hasattr(tangentx, name)] == []
    assert set(tangentx.__all__) <= set(dir(tangentx))


def test_helpers_have_one_name() -> None:
    """The rooms of the runtime share their names: a module that stands alone carries what it needs of them side by side."""
    homes: dict[str, list[str]] = {}
    for room in sorted((PACKAGE / "runtime").glob("*.py")):
        for stmt in ast.parse(room.read_text(encoding="utf-8")).body if room.stem not in ("__init__", "plain") else ():
            targets = stmt.targets if isinstance(stmt, ast.Assign) else [stmt.target] if isinstance(stmt, ast.AnnAssign) else []
            names = [stmt.name] if isinstance(stmt, ast.FunctionDef | ast.ClassDef) else [t.id for t in targets if isinstance(t, ast.Name)]
            for name in names:
                homes.setdefault(name, []).append(room.stem)
    assert {name: rooms for name, rooms in homes.items() if len(rooms) > 1 and name != "__all__"} == {}

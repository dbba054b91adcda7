"""The command line: ``tangentx grad model.py:f --wrt x,y -o model_grad.py``, ``tangentx show model.py:f --stage ssa``, ``tangentx rules cumsum``."""

from __future__ import annotations

import hashlib
import importlib
import inspect
import json
import re
import sys
import traceback
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

import tangentx
from tangentx import api
from tangentx.errors import ArgumentError, SourceNotFound, TangentxError
from tangentx.options import MODES

__all__ = ["main"]

_HEADER = re.compile(r"\A# Written by tangentx \S+ from \S+: .*\n# sha256 of the lines below: ([0-9a-f]{64})\n")

_target = click.argument("target", metavar="PATH.py:FUNCTION")
_names = "Parameter names or positions: x, or x,y for a tuple."
_wrt = click.option("--wrt", default="0", show_default="the first parameter", metavar="NAMES", help=_names)
_mode = click.option("--mode", type=click.Choice(MODES), default="grad", show_default=True, help="Which derivative.")


class _Commands(click.Group):
    """Errors of tangentx are messages, not tracebacks."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except TangentxError as error:
            click.echo(f"{type(error).__module__}.{type(error).__name__}: {error}", err=True)
            raise SystemExit(1) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(tangentx.__version__, prog_name="tangentx")
def main() -> None:
    """Derivatives of plain Python + NumPy functions, as readable Python.

    \b
    tangentx grad model.py:loss --wrt w,b                 print the gradient
    tangentx grad model.py:loss --wrt w,b -o dloss.py     write it: a module that stands alone
    tangentx show model.py:loss --stage ssa               look at one stage of the compiler
    tangentx rules 'cum*'                                 the rules of these functions
    """


@main.command()
@_target
@_wrt
@_mode
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the module to this file instead of printing it.")
@click.option("--force", is_flag=True, help="Overwrite the file even if it was edited, or not written by tangentx.")
def grad(target: str, wrt: str, mode: str, output: Path | None, force: bool) -> None:
    """Print or write the derivative of a function as a module that stands alone.

    It imports what the function's module imports and NumPy, and carries the few helpers that it uses; it does not need
    tangentx.  The file is yours: once it was edited by hand it is not overwritten, but with --force.
    """
    function = _load(target)
    text = api.module_text(function, _parse_wrt(wrt), mode)
    if output is None:
        _print(text, "python")
        return
    whole = _with_header(text, target, f"{mode} with respect to {wrt}" if wrt != "0" else mode)
    if output.exists():
        old = output.read_text(encoding="utf-8")
        if not force:
            _refuse_foreign(output, old)
        if old == whole:
            click.echo(f"{output} is up to date", err=True)
            return
    output.write_text(whole, encoding="utf-8", newline="\n")
    click.echo(f"wrote {output}", err=True)


@main.command()
@_target
@click.option("--stage", metavar="STAGE", help="The stage to print; without it their names are listed, 'all' prints every one.")
@_wrt
@_mode
def show(target: str, stage: str | None, wrt: str, mode: str) -> None:
    """Print what one stage of the compiler makes of a function."""
    found = api.stages(_load(target), _parse_wrt(wrt), mode)
    names = list(dict.fromkeys(name for name, _ in found))
    if stage is None:
        click.echo("\n".join(names))
    elif stage == "all":
        click.echo("\n".join(f"# ---- {name}\n{text.rstrip()}\n" for name, text in found))
    elif stage in names:
        _print("\n".join(text for name, text in found if name == stage), "python")
    else:
        raise ArgumentError(f"there is no stage {stage!r}", None, f"Use one of {', '.join(names)}, or all.")


@main.command()
@click.argument("pattern", required=False)
@click.option("--missing", is_flag=True, help="List the names that have no derivative.")
@click.option("--json", "as_data", is_flag=True, help="The names as JSON.")
def rules(pattern: str | None, missing: bool, as_data: bool) -> None:
    """What is covered, by module, counted against the libraries installed; with a PATTERN the rules of these functions.

    \b
    tangentx rules                        the number of names by module
    tangentx rules np.cumsum              its rule: keywords, place, source
    tangentx rules 'cum*'                 all that match
    tangentx rules --missing scipy.fft    what a module still lacks
    """
    from tangentx.rules import coverage, describe

    found = coverage.matching(pattern) if pattern else coverage.entries()
    found = [entry for entry in found if entry.status == "missing"] if missing else found
    if pattern and not found and not missing:
        raise ArgumentError(f"no function matches {pattern!r}", None, "List the modules with: tangentx rules")
    if as_data:
        click.echo(json.dumps(describe.as_json(found), indent=1))
    elif missing:
        click.echo(describe.listed(found) or "nothing is missing\n", nl=False)
    elif pattern:
        _print(describe.described(found), "python")
    else:
        click.echo(describe.summary(found), nl=False)


def _parse_wrt(text: str) -> int | str | tuple[int | str, ...]:
    """``x`` is one parameter, ``x,y`` a tuple, ``x,`` a tuple of one; digits are positions."""
    items = tuple(int(item) if item.isdigit() else item for item in (part.strip() for part in text.split(",")) if item)
    return items[0] if len(items) == 1 and "," not in text else items


def _load(target: str) -> Callable[..., Any]:
    """The function that ``PATH.py:FUNCTION`` names; its module is imported under its own name, from its own folder."""
    file, colon, name = target.rpartition(":")
    if not colon or not file.endswith(".py") or not name:
        raise ArgumentError(f"{target!r} is not PATH.py:FUNCTION", None, "For example: tangentx grad model.py:loss --wrt w")
    path = Path(file).resolve()
    if not path.is_file():
        raise SourceNotFound(f"there is no file {file}", None, "Give the path of the Python file, then a colon, then the function's name.")
    module = _import(path, file)
    function = getattr(module, name, None)
    if not callable(function):
        own = [n for n, v in vars(module).items() if inspect.isfunction(v) and v.__module__ == module.__name__ and not n.startswith("_")]
        raise ArgumentError(f"{file} has no function {name!r}", None, f"It has {', '.join(own)}." if own else "It has no functions at its top level.")
    return function


def _import(path: Path, shown: str) -> types.ModuleType:
    folder, parts = path.parent, [path.stem]
    while (folder / "__init__.py").is_file():  # a module of a package is imported as such
        parts.insert(0, folder.name)
        folder = folder.parent
    name = ".".join(parts)
    if not all(part.isidentifier() for part in parts):
        raise ArgumentError(f"{shown} cannot be imported: {name!r} is not a module name", None, "Rename the file: letters, digits and underscores.")
    sys.path.insert(0, str(folder))
    try:
        module = importlib.import_module(name)
    except Exception as error:
        last = "".join(traceback.format_exception_only(type(error), error)).strip()
        hint = f"Make `python -c 'import {name}'` work in the folder {folder.name or folder}."
        raise SourceNotFound(f"{shown} cannot be imported\n  {last}", None, hint) from error
    if not (module.__file__ and Path(module.__file__).resolve() == path):
        raise SourceNotFound(f"{shown} cannot be imported: another module is called {name!r}", None, "Rename the file.")
    return module


def _print(text: str, language: str) -> None:
    """Highlighted on a terminal, plain elsewhere."""
    if not sys.stdout.isatty():
        click.echo(text, nl=not text.endswith("\n"))
        return
    from rich.console import Console
    from rich.syntax import Syntax

    Console().print(Syntax(text, language, theme="ansi_dark", background_color="default", word_wrap=True))


def _with_header(text: str, target: str, what: str) -> str:
    file, _, name = target.rpartition(":")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f"# Written by tangentx {tangentx.__version__} from {Path(file).name}:{name}: {what}\n# sha256 of the lines below: {digest}\n{text}"


def _refuse_foreign(output: Path, old: str) -> None:
    """Raises unless the file is empty, or as tangentx wrote it."""
    header = _HEADER.match(old)
    if old.strip() and header is None:
        raise ArgumentError(f"{output} was not written by tangentx", None, "Write to another file, or add --force to overwrite it.")
    if header is not None and hashlib.sha256(old[header.end() :].encode()).hexdigest() != header[1]:
        hint = "Write to another file to keep the edits, or add --force to overwrite them."
        raise ArgumentError(f"{output} was edited since tangentx wrote it", None, hint)

"""The package as data: its modules and what each of them imports."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "ccr_desktop"


@dataclass(frozen=True)
class Module:
    name: str
    path: Path
    tree: ast.Module

    @property
    def lines(self) -> int:
        return len(self.path.read_text(encoding="utf-8").splitlines())

    def imports(self, *, with_types: bool = True) -> frozenset[str]:
        """The modules it imports; without types, only those that are loaded at run time."""
        return _all_imports(self, with_types)


@cache
def modules() -> tuple[Module, ...]:
    return tuple(_read(path) for path in sorted(PACKAGE.rglob("*.py")))


def _read(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(part for part in parts if part != "__init__")
    return Module(name, path, ast.parse(path.read_text(encoding="utf-8")))


@cache
def _all_imports(module: Module, with_types: bool) -> frozenset[str]:  # by a method's keyword
    return frozenset(_imports(module.tree, with_types=with_types))


def _imports(node: ast.AST, *, with_types: bool) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        is_for_types = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
        if is_for_types and not with_types:
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module:
            yield from (_imported(child.module, alias.name) for alias in child.names)
        else:
            yield from _imports(child, with_types=with_types)


def _imported(module: str, name: str) -> str:
    """`from package import module` means the module, not the package."""
    is_module = (ROOT / Path(*module.split("."), f"{name}.py")).exists()
    is_package = (ROOT / Path(*module.split("."), name)).is_dir()
    return f"{module}.{name}" if is_module or is_package else module

"""Buttons of results lead to pages and sections that there are."""

import ast

import pytest

from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.pages.settings.sections import sections
from tests.architecture.source import Module, modules

_CHECKS = [
    module
    for module in modules()
    if module.name.startswith(("ccr_desktop.doctor", "ccr_desktop.desktop.pages.help"))
]


def named(module: Module) -> set[str]:
    """What is given as `page`, and the constants that are named so."""
    found = set()
    for node in ast.walk(module.tree):
        match node:
            case ast.keyword(arg="page", value=ast.Constant(value=str(page))):
                found.add(page)
            case ast.Assign(targets=[ast.Name(id="_PAGE")], value=ast.Constant(value=str(page))):
                found.add(page)
    return found


@pytest.mark.parametrize("module", _CHECKS, ids=lambda module: module.name)
def test_every_page_is_there(module: Module) -> None:
    known = {page.key for page in pages()}
    known |= {f"settings/{section.key}" for section in sections()}

    assert named(module) <= known


def test_some_are_named() -> None:
    assert {page for module in _CHECKS for page in named(module)} > {"home", "settings/network"}

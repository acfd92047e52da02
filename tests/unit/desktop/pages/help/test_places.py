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


_WITHOUT_A_BUTTON = {
    "ccr_desktop.doctor.examine": 1,  # a check that failed itself
    "ccr_desktop.doctor.network": 1,  # the clock, which only the system sets
}


@pytest.mark.parametrize("module", _CHECKS, ids=lambda module: module.name)
def test_what_is_wrong_has_a_button(module: Module) -> None:
    """A finding that is fine or not checked is made by `fine` and `unchecked`."""
    calls = [
        {keyword.arg for keyword in node.keywords}
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Finding"
    ]
    bare = [names for names in calls if "text" in names and not names & {"page", "place", "repair"}]

    of_helpers = 2 if module.name == "ccr_desktop.doctor.check" else 0  # `fine`, `unchecked`
    assert len(bare) <= _WITHOUT_A_BUTTON.get(module.name, of_helpers)

"""What the window says of results: its own buttons and pages, no commands."""

import ast
from collections.abc import Iterator

import pytest

from ccr_desktop.core.secrets import Place, StoreState
from ccr_desktop.core.secrets.state import status
from ccr_desktop.desktop.pages.help import words
from ccr_desktop.desktop.pages.help.words import fact_words, remedy_words
from ccr_desktop.desktop.widgets.one_piece import as_written, in_one_piece
from ccr_desktop.doctor import claude, keys, providers
from ccr_desktop.doctor.check import Finding, Verdict
from ccr_desktop.doctor.words import say
from tests.architecture.source import Module, modules

_DOCTOR = [module for module in modules() if module.name.startswith("ccr_desktop.doctor")]
_COMMANDS = ("`ccr ", "`claude ", "PROXY_URL", "--model")


def findings(module: Module) -> Iterator[dict[str, str]]:
    """The literal texts of every finding, by the name of what they are."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Name(id="Finding"), keywords=keywords):
                yield {each.arg or "": _texts(each.value) for each in keywords}


def _texts(node: ast.AST) -> str:
    parts = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant)]
    return " ".join(part for part in parts if isinstance(part, str))


def _names_a_command(text: str) -> bool:
    return any(command in text for command in _COMMANDS)


@pytest.mark.parametrize("module", _DOCTOR, ids=lambda module: module.name)
def test_whoever_names_a_command_has_other_words_for_the_window(module: Module) -> None:
    for found in findings(module):
        if _names_a_command(found.get("remedy", "")):
            assert found.get("in_window"), found["remedy"]
        assert not _names_a_command(found.get("in_window", ""))


@pytest.mark.parametrize("state", [*StoreState])
def test_the_store_of_keys_is_mended_here(state: StoreState) -> None:
    found = keys._not_ready(status(Place.KEYRING, state, "test store"), is_needed=True)

    assert not _names_a_command(remedy_words(found))


def test_tables_of_the_checks_name_no_commands() -> None:
    tables = (*keys._IN_WINDOW.values(), *providers._IN_WINDOW.values(), claude._UPDATE_IN_WINDOW)

    assert not [str(words) for words in tables if _names_a_command(str(words))]


def test_the_window_has_its_own_words_and_else_those_of_the_command_line() -> None:
    found = Finding(verdict=Verdict.PROBLEM, text=say("Bad."), remedy=say("Run `x`."))

    assert remedy_words(found) == "Run “x”."
    own = Finding(verdict=Verdict.PROBLEM, text=say("Bad."), remedy=say("a"), in_window=say("b"))
    assert remedy_words(own) == "b"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("p: it holds no key 'p'. Run `ccr keys set p`.",
         "p: it holds no key 'p'. Enter it at the provider."),
        ("there is no transformer 'x'; it has no effect. `ccr plugins list` names them all.",
         ("there is no transformer 'x'; it has no effect. One of a plugin needs that plugin: see"
         " Plugins in Settings.")),
        ("Something else.", "Something else."),
    ],
)  # fmt: skip
def test_commands_in_what_the_core_found_become_places(said: str, shown: str) -> None:
    assert fact_words(said) == shown


def test_where_claude_was_looked_for_is_told_in_the_language_of_the_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(words, "_tr", str.upper)

    told = fact_words("the PATH, ~/bin, the login shell")

    assert told == f"THE PATH, {in_one_piece('~/bin')}, THE LOGIN SHELL"
    assert as_written(told) == "THE PATH, ~/bin, THE LOGIN SHELL"

"""Each setting of a provider has a field in its form, and what the form does not show stays."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ccr_desktop.core.config.settings import BY_KEY
from ccr_desktop.desktop.pages.providers.form_view import ProviderForm
from ccr_desktop.desktop.setting_places import PLACES
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from tests.unit.desktop.pages.providers.conftest import Show

ENTRY: dict[str, Any] = {
    "name": "acme",
    "api_base_url": "https://llm.acme.test/v1/chat/completions",
    "api_key": "$ACME_KEY",
    "models": ["big"],
    "transformer": {"use": ["maxcompletiontokens"], "big": {"use": ["deepseek"]}},
    "headers": {"X-Team": "blue"},
    "context_windows": {"big": 1000},
    "prices": {"big": {"input": 1, "own": "kept"}},
    "timeout": {"idle_s": 30, "own": "kept"},
    "tokenizer": {"models": {"big": {"type": "tiktoken", "encoding": "cl100k_base"}}},
    "own": {"unknown": [1, 2]},
}
Do = Callable[[ProviderForm], None]


def typed(name: str, text: str) -> Do:
    def do(form: ProviderForm) -> None:
        edit = form.findChild(QLineEdit, name)
        assert edit
        edit.setText(text)

    return do


def picked(name: str, key: str) -> Do:
    def do(form: ProviderForm) -> None:
        picker = form.findChild(FilterPicker, name)
        assert picker
        picker.set_current(key)
        picker.picked.emit(key)

    return do


def cells(name: str, number: int, *texts: str) -> Do:
    def do(form: ProviderForm) -> None:
        button = form.findChild(QPushButton, f"{name}-add")
        assert button
        button.click()
        for place, text in enumerate(texts):
            typed(f"{name}-{number}-{place}", text)(form)

    return do


def clicked(name: str) -> Do:
    def do(form: ProviderForm) -> None:
        button = form.findChild(QWidget, name)
        assert button
        button.click()  # type: ignore[attr-defined]

    return do


def counted(form: ProviderForm) -> None:
    box = form.findChild(ChoiceBox, "tokenizer")
    assert box
    box.set_current("o200k_base")
    box.picked.emit("o200k_base")


def with_model(form: ProviderForm) -> None:
    form.models.search.setText("small")
    form.models.add_button.click()


ENCODING = {"type": "tiktoken", "encoding": "o200k_base"}
EDITS: dict[str, tuple[Do, Any]] = {
    "name": (typed("provider-name", "other"), "other"),
    "api_base_url": (typed("address", "https://b.test/v1"), "https://b.test/v1"),
    "auth": (clicked("no-key"), "none"),
    "models": (with_model, ["big", "small"]),
    "transformer": (
        picked("add-fix", "streamoptions"),
        {"use": ["maxcompletiontokens", "streamoptions"], "big": {"use": ["deepseek"]}},
    ),
    "dialect": (picked("dialect", "anthropic"), "anthropic"),
    "profile": (picked("profile", "mistral"), "mistral"),
    "headers": (cells("headers", 1, "X-New", "1"), {"X-Team": "blue", "X-New": "1"}),
    "proxy_url": (typed("proxy", "none"), "none"),
    "timeout": (typed("idle_s", "60"), {"idle_s": 60, "own": "kept"}),
    "timeout.connect_s": (typed("connect_s", "5"), {"idle_s": 30, "own": "kept", "connect_s": 5}),
    "timeout.first_byte_s": (
        typed("first_byte_s", "7"),
        {"idle_s": 30, "own": "kept", "first_byte_s": 7},
    ),
    "timeout.idle_s": (typed("idle_s", ""), {"own": "kept"}),
    "timeout.total_s": (typed("total_s", "900"), {"idle_s": 30, "own": "kept", "total_s": 900}),
    "context_windows": (cells("windows", 1, "small", "64000"), {"big": 1000, "small": 64000}),
    "prices": (
        cells("prices", 1, "small", "0.5", "2"),
        {"big": {"input": 1, "own": "kept"}, "small": {"input": 0.5, "output": 2}},
    ),
    "tokenizer": (counted, {**ENTRY["tokenizer"], "default": ENCODING}),
}
ELSEWHERE = {
    "api_key": "test_form.py::test_a_new_key_replaces_the_stored_one",
    "api_keys": "test_form.py: keys go to the store before the entry names them",
    "paused": "test_list.py::test_a_provider_is_paused_and_resumed_from_its_menu",
}
KEYS = [key.removeprefix("Providers[].") for key in BY_KEY if key.startswith("Providers[].")]


@pytest.fixture
def form(shown: Show) -> ProviderForm:
    form = ProviderForm()
    shown(form)
    form.show_entry(copy.deepcopy(ENTRY), "acme", None)
    form.advanced.reveal()
    return form


def test_each_setting_of_a_provider_can_be_edited() -> None:
    assert set(KEYS) == set(EDITS) | set(ELSEWHERE)


@pytest.mark.parametrize("key", KEYS)
def test_the_search_finds_its_field(form: ProviderForm, key: str) -> None:
    field = PLACES[f"Providers[].{key}"].field

    assert field == "providers" or form.findChild(QWidget, field)


@pytest.mark.parametrize("key", EDITS)
def test_what_is_done_in_its_field_is_in_the_entry_and_nothing_else(
    form: ProviderForm, key: str
) -> None:
    do, expected = EDITS[key]
    member = key.partition(".")[0]
    assert form.entry() == ENTRY

    do(form)

    assert form.entry()[member] == expected
    assert {**form.entry(), member: None} == {**ENTRY, member: None}


def test_the_file_fills_the_form_again(form: ProviderForm) -> None:
    for do, _ in EDITS.values():
        do(form)
    saved = form.entry()

    again = ProviderForm()
    again.show_entry(copy.deepcopy(saved), "other", None)
    again.advanced.reveal()

    assert again.entry() == saved
    again.deleteLater()

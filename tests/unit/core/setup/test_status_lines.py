"""The status line, edited: unknown keys stay, and the given object is left as it is."""

import copy
from typing import Any

import pytest

from ccr_desktop.core.setup.status_lines import (
    modules_of,
    style_of,
    styles_of,
    with_field,
    with_modules,
    with_style,
)
from ccr_desktop.errors import ClientError

RAW: dict[str, Any] = {
    "StatusLine": {
        "enabled": True,
        "currentStyle": "mine",
        "fontFamily": "Hack",
        "mine": {"modules": [{"type": "model", "note": 1}], "hint": "x"},
    },
    "other": 1,
}


def test_the_style_in_force_is_read_and_changed() -> None:
    before = copy.deepcopy(RAW)

    new = with_style(RAW, "powerline")

    assert style_of(RAW) == "mine"
    assert style_of(new) == "powerline"
    assert style_of({}) == "default"
    assert new["StatusLine"]["fontFamily"] == "Hack"
    assert before == RAW


def test_the_styles_are_those_built_in_and_those_of_the_file() -> None:
    assert styles_of(RAW) == ["default", "powerline", "simple", "full", "mine"]


def test_modules_are_replaced_and_the_rest_of_their_group_stays() -> None:
    new = with_modules(RAW, "mine", [{"type": "cost"}])

    assert new["StatusLine"]["mine"] == {"modules": [{"type": "cost"}], "hint": "x"}
    assert with_modules(RAW, "mine", None)["StatusLine"]["mine"] == {"hint": "x"}


def test_a_style_gets_its_own_modules() -> None:
    assert modules_of({}, "full") is None
    assert modules_of(RAW, "full") is None

    new = with_modules({}, "full", [{"type": "cost"}])

    assert modules_of(new, "full") == [{"type": "cost"}]
    assert with_modules(new, "full", None) == {"StatusLine": {}}


def test_a_list_without_a_module_draws_the_built_in_ones() -> None:
    assert modules_of({"StatusLine": {"default": {"modules": []}}}, "default") is None


def test_a_field_is_set_and_an_empty_one_left_out() -> None:
    module = {"type": "model", "icon": "x", "note": 1}

    assert with_field(module, "icon", "") == {"type": "model", "note": 1}
    assert with_field(module, "text", "{{model}}")["text"] == "{{model}}"
    assert with_field(module, "type", "")["type"] == ""


def test_what_is_no_object_is_left_alone() -> None:
    with pytest.raises(ClientError, match="no object"):
        with_style({"StatusLine": 3}, "full")

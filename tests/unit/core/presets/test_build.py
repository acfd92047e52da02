"""From a preset and its answers to a configuration."""

from typing import Any

import pytest

from ccr_desktop.core.presets.build import build, fill, set_at
from ccr_desktop.core.presets.manifest import read_manifest
from ccr_desktop.errors import ClientError


def built(raw: dict[str, Any], **answers: Any) -> dict[str, Any]:
    return build(read_manifest({"name": "n", **raw}, "n"), answers)


def test_answers_take_the_places_of_their_placeholders() -> None:
    value = {"a": "#{x}", "b": "p,#{x}", "c": ["#{n}"], "#{x}": 1, "d": "#{unknown}", "e": 5}

    assert fill(value, {"x": "m", "n": [1, 2]}) == {
        "a": "m",
        "b": "p,m",
        "c": [[1, 2]],
        "m": 1,
        "d": "#{unknown}",
        "e": 5,
    }


def test_the_template_is_laid_over_the_parts() -> None:
    raw = {
        "providers": [{"name": "p"}],
        "Router": {"default": "p,a"},
        "template": {"Router": {"default": "p,#{m}"}},
    }

    assert built(raw, m="b") == {"Router": {"default": "p,b"}, "Providers": [{"name": "p"}]}


def test_members_whose_question_got_no_answer_are_left_out() -> None:
    raw = {"Providers": [{"name": "p", "api_key": "#{k}", "models": ["a", "#{k}"]}]}

    assert built(raw) == {"Providers": [{"name": "p", "models": ["a"]}]}


def test_a_text_of_which_a_part_got_no_answer_is_left_out() -> None:
    raw = {
        "Providers": [{"name": "p", "models": ["a"]}],
        "Router": {"default": "p,a", "think": "p,#{m}", "image": ["p,a", "p,#{m}"]},
        "schema": [{"id": "m", "label": "Model", "required": False}],
    }

    assert built(raw)["Router"] == {"default": "p,a", "image": ["p,a"]}


def test_values_are_mapped_to_places_when_their_condition_holds() -> None:
    raw = {
        "Providers": [{"name": "p"}],
        "configMappings": [
            {"target": "Providers[0].api_key", "value": "#{k}"},
            {"target": "Providers[0].models[1]", "value": "second"},
            {"target": "Router.default", "value": "p,m", "when": {"field": "k", "value": "no"}},
            {"target": "NON_INTERACTIVE_MODE", "value": True},
            {"target": "Router.think", "value": "#{none}"},
        ],
    }

    assert built(raw, k="key") == {
        "Providers": [{"name": "p", "api_key": "key", "models": [None, "second"]}],
        "NON_INTERACTIVE_MODE": True,
    }


def test_a_number_with_thousands_of_digits_is_no_place_in_a_list() -> None:
    with pytest.raises(ClientError, match="configMappings"):
        set_at({"list": []}, f"list[{'9' * 5000}].x", 1)


@pytest.mark.parametrize(
    "target", ["", "[0]", "a.b.c", "list.x", "list[5000]", "a[0]", f"list[{'9' * 9}]"]
)
def test_a_place_that_does_not_fit_is_told(target: str) -> None:
    with pytest.raises(ClientError, match="configMappings"):
        set_at({"a": {"b": {}}, "list": []} if target != "a.b.c" else {"a": []}, target, 1)

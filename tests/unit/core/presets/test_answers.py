"""The answers to a preset's questions."""

from typing import Any

import pytest

from ccr_desktop.core.presets.answers import complete, holds, options_of, read_answer
from ccr_desktop.core.presets.manifest import Condition, Input, Option, read_manifest
from ccr_desktop.errors import ClientError

OPTIONS = (Option("Big one", "big"), Option("Seven", 7))


@pytest.mark.parametrize(
    ("operator", "value", "answer", "expected"),
    [
        ("eq", "a", "a", True),
        ("eq", "a", "b", False),
        ("ne", "a", "b", True),
        ("in", ["a", "b"], "b", True),
        ("in", "ab", "a", False),
        ("nin", ["a"], "b", True),
        ("nin", ["a"], "a", False),
        ("gt", 3, 5, True),
        ("gt", 3, "5", True),
        ("lt", 3, 5, False),
        ("gte", 5, 5, True),
        ("lte", 5, 6, False),
        ("gt", 3, "many", False),
        ("gt", 3, None, False),
        ("exists", None, "a", True),
        ("exists", True, "", False),
        ("exists", False, None, True),
        ("exists", False, "a", False),
    ],
)
def test_conditions_compare(operator: str, value: Any, answer: Any, expected: bool) -> None:
    assert holds([Condition("f", operator, value)], {"f": answer}) is expected


def test_all_conditions_must_hold() -> None:
    both = [Condition("a", "eq", 1), Condition("b", "eq", 2)]

    assert holds(both, {"a": 1, "b": 2})
    assert not holds(both, {"a": 1, "b": 3})
    assert holds([], {})


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        ("confirm", "Yes", True),
        ("confirm", "off", False),
        ("confirm", True, True),
        ("number", "4", 4),
        ("number", "2.5", 2.5),
        ("select", "big", "big"),
        ("select", "Big one", "big"),
        ("select", "7", 7),
        ("multiselect", "big, Seven", ["big", 7]),
        ("multiselect", ["big"], ["big"]),
        ("multiselect", "", []),
        ("input", "any text", "any text"),
        ("password", "k", "k"),
        ("editor", "a\nb", "a\nb"),
    ],
)
def test_answers_are_read_by_their_kind(kind: str, found: Any, expected: Any) -> None:
    assert read_answer(Input(id="x", kind=kind), OPTIONS, found) == expected


@pytest.mark.parametrize(
    ("entry", "found", "hint"),
    [
        (Input(id="x", kind="confirm"), "perhaps", "yes or no"),
        (Input(id="x", kind="number"), "many", "a number"),
        (Input(id="x", kind="number"), "nan", "a number"),
        (Input(id="x", kind="number"), "1e999", "a number"),
        (Input(id="x", kind="number"), 10**400, "a number"),
        (Input(id="x", kind="number", minimum=3), "2", "At least 3"),
        (Input(id="x", kind="number", maximum=3), "4", "At most 3"),
        (Input(id="x", kind="select"), "huge", "Allowed: big, 7"),
        (Input(id="x", kind="multiselect"), "big,huge", "Allowed: big, 7"),
        (Input(id="x", kind="input", pattern="^[a-z]+$"), "A1", "must match"),
    ],
)
def test_an_answer_that_does_not_fit_is_told(entry: Input, found: str, hint: str) -> None:
    with pytest.raises(ClientError, match=hint):
        read_answer(entry, OPTIONS, found)


def test_a_select_without_options_takes_anything() -> None:
    assert read_answer(Input(id="x", kind="select"), (), "free") == "free"


def test_options_may_be_the_providers_or_the_models_of_one() -> None:
    raw = {"name": "n", "Providers": [{"name": "a", "models": ["m", "n"]}, {"name": "b"}, 5]}
    manifest = read_manifest(raw, "n")
    providers = Input(id="p", kind="select", options_from="providers")
    models = Input(id="m", kind="select", options_from="models", provider_field="#{p}")

    assert [option.value for option in options_of(providers, manifest, {})] == ["a", "b"]
    assert [option.value for option in options_of(models, manifest, {"p": "a"})] == ["m", "n"]
    assert options_of(models, manifest, {"p": "c"}) == ()


def test_a_provider_whose_models_are_no_list_offers_none() -> None:
    manifest = read_manifest({"name": "n", "Providers": [{"name": "a", "models": 5}]}, "n")
    models = Input(id="m", kind="select", options_from="models", provider_field="p")

    assert options_of(models, manifest, {"p": "a"}) == ()


def test_what_is_given_counts_first_then_the_manifest_then_the_default() -> None:
    schema = [{"id": name, "type": "input", "defaultValue": "d"} for name in "abc"]
    manifest = read_manifest(
        {"name": "n", "schema": schema, "userValues": {"a": "u", "b": "u"}}, "n"
    )

    answers, missing = complete(manifest, {"a": "g", "b": ""})

    assert (answers, missing) == ({"a": "g", "b": "u", "c": "d"}, [])


def test_only_questions_that_apply_and_are_required_are_missing() -> None:
    schema = [
        {"id": "a"},
        {"id": "b", "required": False},
        {"id": "c", "when": {"field": "a", "operator": "exists"}},
        {"id": "d", "when": {"field": "a", "operator": "exists", "value": False}},
    ]

    _, missing = complete(read_manifest({"name": "n", "schema": schema}, "n"), {})

    assert [entry.id for entry in missing] == ["a", "d"]


def test_an_answer_to_no_question_is_told() -> None:
    with pytest.raises(ClientError, match="does not ask for 'x'"):
        complete(read_manifest({"name": "n"}, "n"), {"x": 1})

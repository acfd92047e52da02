"""Transformer chains, as claude-code-router writes them."""

from typing import Any

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.transformers import Chains, read_chains


def read(found: Any) -> tuple[Chains, list[str]]:
    issues: list[Issue] = []
    return read_chains(found, "t", issues), [str(issue) for issue in issues]


@pytest.mark.parametrize("found", [None, {}, {"use": []}, {"use": None}])
def test_no_chain_is_fine(found: object) -> None:
    assert read(found) == (Chains(), [])


def test_names_stand_alone_or_with_options() -> None:
    chains, problems = read({"use": ["openrouter", ["deepseek"], ["maxtoken", {"max_tokens": 5}]]})

    assert chains.names == ("openrouter", "deepseek", "maxtoken")
    assert chains.max_tokens == {"": 5}
    assert not problems


def test_limits_are_by_model_and_for_all_others() -> None:
    chains, problems = read(
        {
            "use": [["maxtoken", {"max_tokens": 65536}]],
            "c/d:free": {"use": [["maxtoken", {"max_tokens": "16384"}]]},
        }
    )

    assert chains.max_tokens == {"": 65536, "c/d:free": 16384}
    assert not problems


@pytest.mark.parametrize(
    ("options", "expected"),
    [({"UseBearer": True}, True), ({"UseBearer": False}, False), ({}, False)],
)
def test_options_of_anthropic_choose_the_header(options: object, *, expected: bool) -> None:
    assert read({"use": [["Anthropic", options]]})[0].uses_bearer is expected


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        pytest.param(["deepseek"], 't: found a list. Write {"use": ["name", …]}.', id="no object"),
        pytest.param("deepseek", "t: found 'deepseek'. Write", id="a name"),
        pytest.param({"use": "deepseek"}, "t.use: found 'deepseek'. A list", id="use is no list"),
        pytest.param({"m": "tooluse"}, "t.m.use: found 'tooluse'. A list", id="a model's is none"),
        pytest.param({"use": [5]}, "t.use[0]: found 5. A name or", id="no name"),
        pytest.param({"use": [["a", 5]]}, "t.use[0]: found a list. A name or", id="no options"),
        pytest.param({"use": [[]]}, "t.use[0]: found a list. A name or", id="an empty pair"),
        pytest.param(
            {"use": ["tooluse"]},
            "t.use[0]: the transformer 'tooluse' is not part",
            id="not in this version",
        ),
        pytest.param(
            {"m": {"use": ["enhancetool"]}},
            "t.m.use[0]: the transformer 'enhancetool' is not part",
            id="for a model",
        ),
        pytest.param(
            {"m": {"use": ["deepseek"]}},
            "t.m.use[0]: the transformer 'deepseek' has no effect for a single",
            id="only for providers",
        ),
        pytest.param(
            {"use": ["maxtoken"]}, "t.use[0]: max_tokens: found None. A whole", id="no limit"
        ),
        pytest.param(
            {"use": [["maxtoken", {"max_tokens": -1}]]},
            "t.use[0]: max_tokens: found -1. A whole",
            id="a limit below 0",
        ),
    ],
)
def test_nothing_is_dropped_without_a_word(found: object, problem: str) -> None:
    _, problems = read(found)

    assert len(problems) == 1
    assert problems[0].startswith(problem)

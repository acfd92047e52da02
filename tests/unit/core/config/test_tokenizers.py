"""The `tokenizer` of a provider."""

from typing import Any

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import Provider
from ccr_desktop.core.config.tokenizers import read_encodings


def read(found: Any) -> tuple[dict[str, str], list[str]]:
    issues: list[Issue] = []
    return read_encodings(found, "T", issues), [issue.where for issue in issues]


def test_encodings_are_by_model() -> None:
    found = {
        "default": {"type": "tiktoken"},
        "models": {"m": {"type": "tiktoken", "encoding": "o200k_base"}},
    }

    assert read(found) == ({"": "cl100k_base", "m": "o200k_base"}, [])
    assert read(None) == ({}, [])


@pytest.mark.parametrize(
    ("found", "where", "model"),
    [
        ("tiktoken", "T", None),
        ({"default": {"type": "huggingface", "model": "x"}}, "T.default", ""),
        ({"models": {"m": {"type": "api"}}}, "T.models.m", "m"),
        ({"default": 5}, "T.default", ""),
        ({"default": {"type": "tiktoken", "encoding": "p50k"}}, "T.default.encoding", ""),
        ({"defualt": {"type": "tiktoken"}}, "T.defualt", None),
    ],
)
def test_what_cannot_be_done_is_said_and_cl100k_used(
    found: Any, where: str, model: str | None
) -> None:
    assert read(found) == ({} if model is None else {model: "cl100k_base"}, [where])


def test_a_model_counts_by_its_own_encoding_else_by_its_providers() -> None:
    provider = Provider(name="p", url="u", encodings={"": "o200k_base", "old": "cl100k_base"})

    assert provider.encoding("new") == "o200k_base"
    assert provider.encoding("old") == "cl100k_base"
    assert Provider(name="p", url="u").encoding("any") == "cl100k_base"

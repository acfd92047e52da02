"""The `tokenizer` of a provider."""

from typing import Any

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.tokenizers import read_encodings


def read(found: Any) -> tuple[dict[str, str], list[str]]:
    issues: list[Issue] = []
    return read_encodings(found, "T", issues), [issue.where for issue in issues]


def test_encodings_are_by_model() -> None:
    found = {
        "default": {"type": "tiktoken"},
        "models": {"m": {"type": "tiktoken", "encoding": "o200k_base"}},
    }

    assert read(found) == ({"": "cl100k_base", "m": "o200k_base"}, ["T.models.m.encoding"])
    assert read(None) == ({}, [])


@pytest.mark.parametrize(
    ("found", "where"),
    [
        ("tiktoken", "T"),
        ({"default": {"type": "huggingface", "model": "x"}}, "T.default"),
        ({"models": {"m": {"type": "api"}}}, "T.models.m"),
        ({"default": 5}, "T.default"),
        ({"default": {"type": "tiktoken", "encoding": "p50k"}}, "T.default.encoding"),
        ({"defualt": {"type": "tiktoken"}}, "T.defualt"),
    ],
)
def test_what_cannot_be_done_is_said(found: Any, where: str) -> None:
    assert read(found) == ({}, [where])

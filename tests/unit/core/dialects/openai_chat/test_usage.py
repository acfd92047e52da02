from typing import Any

import pytest

from ccr_desktop.core.dialects.openai_chat.usage import read_usage
from ccr_desktop.core.protocol.deltas import Usage
from ccr_desktop.core.providers.profile import Profile

BASE = {"prompt_tokens": 100, "completion_tokens": 20}
WITH_REASONING = {**BASE, "completion_tokens_details": {"reasoning_tokens": 30}}


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        pytest.param(BASE, Usage(prompt=100, output=20), id="plain"),
        pytest.param(
            {**BASE, "prompt_tokens_details": {"cached_tokens": 9, "cache_write_tokens": 3}},
            Usage(prompt=100, cached=9, written=3, output=20),
            id="OpenAI",
        ),
        pytest.param(
            {**BASE, "prompt_cache_hit_tokens": 9, "prompt_cache_miss_tokens": 91},
            Usage(prompt=100, cached=9, output=20),
            id="DeepSeek",
        ),
        pytest.param(
            {**BASE, "cached_tokens": 9}, Usage(prompt=100, cached=9, output=20), id="Moonshot"
        ),
        pytest.param(
            {**BASE, "num_cached_tokens": 9}, Usage(prompt=100, cached=9, output=20), id="Mistral"
        ),
        pytest.param(
            {**BASE, "prompt_tokens_details": None, "prompt_token_details": {"cached_tokens": 9}},
            Usage(prompt=100, cached=9, output=20),
            id="Mistral details",
        ),
        pytest.param(
            {**BASE, "prompt_tokens_details": {"cache_creation_input_tokens": 3}},
            Usage(prompt=100, written=3, output=20),
            id="Qwen",
        ),
        pytest.param(
            {**BASE, "cache_read_input_tokens": 60, "cache_creation_input_tokens": 10},
            Usage(prompt=100, cached=60, written=10, output=20),
            id="Anthropic counts included",
        ),
        pytest.param(
            {**BASE, "cache_read_input_tokens": 600, "cache_creation_input_tokens": 10},
            Usage(prompt=710, cached=600, written=10, output=20),
            id="Anthropic counts apart",
        ),
        pytest.param(WITH_REASONING, Usage(prompt=100, output=20, thinking=30), id="reasoning"),
        pytest.param({"prompt_tokens": None, "x": 1}, Usage(), id="nothing"),
    ],
)
def test_counts_are_found_under_every_name(usage: dict[str, Any], expected: Usage) -> None:
    assert read_usage(usage, Profile()) == expected


@pytest.mark.parametrize(("total", "output"), [(150, 50), (120, 20)], ids=["apart", "included"])
def test_the_total_tells_whether_reasoning_is_counted_apart(total: int, output: int) -> None:
    usage = {**WITH_REASONING, "total_tokens": total}

    assert read_usage(usage, Profile(usage_excludes_reasoning=True)).output == output
    assert read_usage(usage, Profile()).output == 20

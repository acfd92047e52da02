"""Which facts hold for which provider."""

import re

import pytest

from ccr_desktop.core.protocol.effort import EFFORTS
from ccr_desktop.core.providers import catalog
from ccr_desktop.core.providers.catalog import find_profile
from ccr_desktop.core.providers.profile import MidSystem, Profile, ThinkingSwitch

ALL = sorted(
    (value for value in vars(catalog).values() if isinstance(value, Profile)),
    key=lambda profile: profile.name,
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.openai.com/v1/chat/completions", "openai"),
        ("https://openrouter.ai/api/v1/chat/completions", "openrouter"),
        ("https://api.deepseek.com/chat/completions", "deepseek"),
        ("https://generativelanguage.googleapis.com/v1beta/models/", "gemini"),
        ("https://ark.cn-beijing.volces.com/api/v3/chat/completions", "volcengine"),
        ("https://api-inference.modelscope.cn/v1/chat/completions", "modelscope"),
        ("https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions", "dashscope"),
        ("https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions", "dashscope"),
        ("https://aihubmix.com/v1/chat/completions", "aihubmix"),
        ("https://api.groq.com/openai/v1/chat/completions", "groq"),
        ("https://api.mistral.ai/v1/chat/completions", "mistral"),
        ("https://API.MISTRAL.AI/v1", "mistral"),
        ("https://api.x.ai/v1/chat/completions", "xai"),
        ("http://localhost:11434/v1/chat/completions", "ollama"),
        ("http://192.168.1.5:11434/v1/chat/completions", "ollama"),
        ("http://localhost:1234/v1/chat/completions", "local"),
        ("http://[::1]:8080/v1", "local"),
        ("https://notopenrouter.ai/v1", "openai-compatible"),
        ("https://openrouter.ai.evil.test/v1", "openai-compatible"),
        ("https://example.test/v1", "openai-compatible"),
        ("demo:", "demo"),
    ],
)
def test_a_provider_is_known_by_its_address(url: str, expected: str) -> None:
    assert find_profile(url).name == expected


@pytest.mark.parametrize(
    ("transformers", "expected"),
    [
        (("deepseek",), "deepseek"),
        (("maxtoken", "openrouter"), "openrouter"),
        (("groq",), "groq"),
        (("Anthropic", "maxtoken"), "volcengine"),
    ],
)
def test_a_transformer_stands_for_a_provider_before_the_address(
    transformers: tuple[str, ...], expected: str
) -> None:
    url = "https://ark.cn-beijing.volces.com/api/v3/chat/completions"

    assert find_profile(url, transformers).name == expected


@pytest.mark.parametrize("profile", ALL, ids=lambda profile: profile.name)
def test_the_facts_of_a_profile_fit_together(profile: Profile) -> None:
    known = [EFFORTS.index(level) for level in profile.effort_levels]
    assert known == sorted(known)
    assert profile.effort_levels
    assert re.compile(profile.reasoning_models)
    assert profile.max_tokens_field in {"max_tokens", "max_completion_tokens"}
    assert 10 < profile.tool_name_limit <= 64
    if profile.reasoning_filler is not None:
        assert profile.reasoning_field


def test_unknown_servers_get_nothing_that_could_be_refused() -> None:
    careful = find_profile("https://example.test/v1")

    assert careful.mid_system is MidSystem.USER
    assert careful.thinking is ThinkingSwitch.NONE
    assert careful.empty_content == ""
    assert careful.max_tokens_field == "max_tokens"
    assert not careful.keeps_cache_control
    assert not careful.accepts_files


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("groq", "keeps_cache_control"),
        ("mistral", "keeps_cache_control"),
        ("mistral", "stream_usage"),
        ("ollama", "accepts_tool_choice"),
    ],
)
def test_what_a_provider_refuses_is_off(name: str, refused: str) -> None:
    profile = next(profile for profile in ALL if profile.name == name)

    assert getattr(profile, refused) is False


def test_a_server_that_nobody_knows_is_not_asked_for_more_than_servers_take() -> None:
    """Claude Code asks for 128,000 tokens; most models refuse that."""
    assert find_profile("https://models.example.org/v1").max_tokens_limit == 32_000
    assert find_profile("http://127.0.0.1:8000/v1").max_tokens_limit == 32_000
    assert find_profile("https://api.openai.com/v1").max_tokens_limit is None

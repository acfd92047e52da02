"""Which facts hold for which provider."""

import dataclasses
import re
from dataclasses import replace

import pytest

from ccr_desktop.core.protocol.effort import EFFORTS
from ccr_desktop.core.providers import catalog
from ccr_desktop.core.providers.catalog import find_profile
from ccr_desktop.core.providers.profile import MidSystem, Profile, ReasoningReplay, ThinkingSwitch

ALL = sorted(catalog.PROFILES.values(), key=lambda profile: profile.name)


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
        ("https://api.deepinfra.com/v1/openai/chat/completions", "deepinfra"),
        ("https://api.mistral.ai/v1/chat/completions", "mistral"),
        ("https://API.MISTRAL.AI/v1", "mistral"),
        ("https://api.x.ai/v1/chat/completions", "xai"),
        ("http://localhost:11434/v1/chat/completions", "ollama"),
        ("http://192.168.1.5:11434/v1/chat/completions", "ollama"),
        ("http://localhost:1234/v1/chat/completions", "lmstudio"),
        ("http://[::1]:8080/v1", "llama.cpp"),
        ("http://127.0.0.1:8000/v1", "vllm"),
        ("http://127.0.0.1:9999/v1", "local"),
        ("http://10.0.0.7:8080/v1", "openai-compatible"),
        ("https://ollama.com/v1", "ollama"),
        ("https://myresource.openai.azure.com/openai/v1/chat/completions", "azure"),
        ("https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1", "bedrock"),
        ("https://s3.us-east-1.amazonaws.com/v1", "openai-compatible"),
        ("https://token-plan-sgp.xiaomimimo.com/v1", "xiaomi-mimo"),
        ("https://copilot-api.acme.ghe.com/chat/completions", "copilot"),
        ("https://api.business.githubcopilot.com", "copilot"),
        ("https://coding.dashscope.aliyuncs.com/v1", "dashscope"),
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


def test_an_entry_that_says_what_it_is_has_the_last_word() -> None:
    url = "https://api.deepseek.com/v1"

    assert find_profile(url, ("openrouter",), name="mistral").name == "mistral"
    assert find_profile(url).name == "deepseek"


def variants(profile: Profile) -> list[Profile]:
    """The facts for models of each kind that the profile tells apart."""
    fields = {field.name for field in dataclasses.fields(Profile)}
    assert all(fields >= changes.keys() for _, changes in profile.by_model)
    one_by_one = [replace(profile, **changes) for _, changes in profile.by_model]
    return [profile, *one_by_one]


@pytest.mark.parametrize("profile", ALL, ids=lambda profile: profile.name)
def test_the_facts_of_a_profile_fit_together(profile: Profile) -> None:
    for found in variants(profile):
        check(found)


def check(profile: Profile) -> None:
    levels = [level for level in profile.effort_levels if level != "default"]
    known = [EFFORTS.index(level) for level in levels]
    assert known == sorted(known)
    assert profile.effort_levels or "effort" not in profile.thinking.value
    assert re.compile(profile.tool_name_pattern).fullmatch("Bash")
    assert all(re.compile(pattern) for pattern, _ in profile.by_model)
    if profile.tool_id_length and profile.tool_id_limit:
        assert profile.tool_id_length <= profile.tool_id_limit
    if profile.known_members is not None:
        own = {"model", "messages", "stream", "tools", "tool_choice", profile.max_tokens_field}
        assert own <= profile.known_members
        assert profile.stream_usage is ("stream_options" in profile.known_members)
    if profile.replays_think_tags:
        assert profile.inline_think_tags
        assert profile.reasoning_replay is ReasoningReplay.ALL
    if profile.reasoning_members is not None and profile.reasoning_field:
        assert profile.reasoning_field in profile.reasoning_members
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
        ("groq", "stream_usage"),
        ("ollama", "accepts_tool_choice"),
        ("ollama", "accepts_image_urls"),
        ("zhipu", "accepts_tool_choice"),
        ("lmstudio", "accepts_named_tool_choice"),
        ("perplexity", "accepts_tools"),
        ("nvidia", "stream_usage"),
        ("cerebras", "accepts_images"),
        ("moonshot", "accepts_choice_while_thinking"),
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


# -- single models -----------------------------------------------------------------------------


def test_facts_about_single_models_stand_over_those_of_the_provider() -> None:
    fields = {"effort_levels": ("low",)}
    profile = Profile(
        by_model=(("big", fields), ("bigger", {"max_tokens_limit": 7})), max_tokens_limit=9
    )

    assert profile.for_model("other").max_tokens_limit == 9
    assert profile.for_model("vendor/BIG-1").effort_levels == ("low",)
    found = profile.for_model("bigger")
    assert (found.effort_levels, found.max_tokens_limit) == (("low",), 7)
    assert found.for_model("big") is found


@pytest.mark.parametrize(
    ("profile", "model", "sees"),
    [
        ("zhipu", "glm-5.2", False),
        ("zhipu", "glm-4.7-flash", False),
        ("zhipu", "glm-5v-turbo", True),
        ("zhipu", "glm-4.5v", True),
        ("deepseek", "deepseek-v4-pro", False),
        ("deepseek", "deepseek-vl3", True),
        ("openai", "gpt-5.5", True),
        ("groq", "meta-llama/llama-4-scout-17b-16e-instruct", True),
    ],
)
def test_it_is_known_which_models_see(profile: str, model: str, *, sees: bool) -> None:
    assert catalog.PROFILES[profile].for_model(model).accepts_images is sees


@pytest.mark.parametrize("profile", ["fireworks", "vllm", "groq", "openrouter", "moonshot"])
def test_kimi_gets_its_ids_wherever_it_is_served(profile: str) -> None:
    found = catalog.PROFILES[profile]

    assert found.for_model("accounts/fireworks/models/kimi-k2p7-code").numbers_tool_calls
    assert found.for_model("moonshotai/Kimi-K2.6").numbers_tool_calls


@pytest.mark.parametrize(
    ("model", "keeps"),
    [("anthropic/claude-sonnet-5", True), ("z-ai/glm-5.2", True), ("openai/gpt-5.5", False)],
)
def test_openrouter_gets_cache_breakpoints_for_models_that_have_them(
    model: str, *, keeps: bool
) -> None:
    assert catalog.OPENROUTER.for_model(model).keeps_cache_control is keeps

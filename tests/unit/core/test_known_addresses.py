"""Addresses as people paste them: where requests go, in which protocol, by which facts."""

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.dialects.anthropic import passthrough_call
from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.dialects.openai_chat import OpenAIChat
from ccr_desktop.core.dialects.openai_responses import OpenAIResponses
from ccr_desktop.core.setup.addresses import complete_url
from ccr_desktop.core.targets import find_target

CHAT, MESSAGES = "/chat/completions", "/v1/messages"
BODY = {"messages": [{"role": "user", "content": "hi"}], "max_tokens": 9}


def target(url: str, model: str = "m", **members: object) -> Target:
    entry = {"name": "p", "api_base_url": url, "api_key": "k", "models": [model], **members}
    config = read_config({"Providers": [entry], "Router": {"default": f"p,{model}"}}, None, {})
    assert not [issue for issue in config.issues if issue.severity == "error"], config.issues
    return find_target(Route("p", model), config)


# Beginnings of addresses, and what is added to them for the whole one.
ADDRESSES = [
    ("https://api.openai.com", "/v1" + CHAT, "openai"),
    ("https://api.openai.com/v1", CHAT, "openai"),
    ("https://openrouter.ai", "/api/v1" + CHAT, "openrouter"),
    ("https://openrouter.ai/api/v1", CHAT, "openrouter"),
    ("https://openrouter.ai/api", MESSAGES, "openrouter"),
    ("https://api.deepseek.com/v1", CHAT, "deepseek"),
    ("https://api.deepseek.com/anthropic", MESSAGES, "deepseek"),
    ("http://localhost:11434", "/v1" + CHAT, "ollama"),
    ("http://localhost:11434/v1/messages", "", "ollama"),
    ("http://localhost:11434/api", "/chat", "ollama"),
    ("https://ollama.com", "/v1" + CHAT, "ollama"),
    ("http://localhost:1234/v1", CHAT, "lmstudio"),
    ("http://localhost:1234/v1/messages", "", "lmstudio"),
    ("http://localhost:8080", "/v1" + CHAT, "llama.cpp"),
    ("http://localhost:8000/v1/", CHAT, "vllm"),
    ("https://ark.cn-beijing.volces.com", "/api/v3" + CHAT, "volcengine"),
    ("https://ark.cn-beijing.volces.com/api/v3", CHAT, "volcengine"),
    ("https://ark.cn-beijing.volces.com/api/coding/v3", CHAT, "volcengine"),
    ("https://ark.cn-beijing.volces.com/api/coding", MESSAGES, "volcengine"),
    ("https://ark.cn-beijing.volces.com/api/compatible", MESSAGES, "volcengine"),
    ("https://ark.ap-southeast.bytepluses.com/api/coding/v3", CHAT, "volcengine"),
    ("https://api.siliconflow.cn/v1", CHAT, "siliconflow"),
    ("https://api.siliconflow.com", "/v1" + CHAT, "siliconflow"),
    ("https://api.siliconflow.cn/v1/messages", "", "siliconflow"),
    ("https://api-inference.modelscope.cn", "/v1" + CHAT, "modelscope"),
    ("https://dashscope.aliyuncs.com", "/compatible-mode/v1" + CHAT, "dashscope"),
    ("https://dashscope.aliyuncs.com/compatible-mode", "/v1" + CHAT, "dashscope"),
    ("https://dashscope-intl.aliyuncs.com/compatible-mode/v1", CHAT, "dashscope"),
    ("https://dashscope.aliyuncs.com/apps/anthropic", MESSAGES, "dashscope"),
    ("https://coding.dashscope.aliyuncs.com", "/v1" + CHAT, "dashscope"),
    ("https://coding.dashscope.aliyuncs.com/apps/anthropic", MESSAGES, "dashscope"),
    ("https://aihubmix.com/v1", CHAT, "aihubmix"),
    ("https://apis.iflow.cn/v1", CHAT, "iflow"),
    ("https://api.groq.com", "/openai/v1" + CHAT, "groq"),
    ("https://api.groq.com/openai", "/v1" + CHAT, "groq"),
    ("https://api.cerebras.ai/v1", CHAT, "cerebras"),
    ("https://api.mistral.ai", "/v1" + CHAT, "mistral"),
    ("https://api.moonshot.ai/v1", CHAT, "moonshot"),
    ("https://api.moonshot.cn/anthropic", MESSAGES, "moonshot"),
    ("https://api.kimi.com/coding/v1", CHAT, "kimi-coding"),
    ("https://api.kimi.com/coding/", "v1/messages", "kimi-coding"),
    ("https://open.bigmodel.cn", "/api/paas/v4" + CHAT, "zhipu"),
    ("https://open.bigmodel.cn/api/coding/paas/v4", CHAT, "zhipu"),
    ("https://open.bigmodel.cn/api/anthropic", MESSAGES, "zhipu"),
    ("https://api.z.ai", "/api/paas/v4" + CHAT, "zhipu"),
    ("https://api.z.ai/api/coding/paas/v4", CHAT, "zhipu"),
    ("https://api.minimax.io/v1", CHAT, "minimax"),
    ("https://api.minimaxi.com/anthropic", MESSAGES, "minimax"),
    ("https://api.anthropic.com", MESSAGES, "anthropic"),
    ("https://api.x.ai/v1", CHAT, "xai"),
    ("https://me.openai.azure.com", "/openai/v1" + CHAT, "azure"),
    ("https://me.openai.azure.com/openai/deployments/gpt", CHAT, "azure"),
    ("https://me.services.ai.azure.com/openai/v1", CHAT, "azure"),
    ("https://me.services.ai.azure.com/anthropic", MESSAGES, "azure"),
    ("https://api.together.xyz/v1", CHAT, "together"),
    ("https://api.fireworks.ai", "/inference/v1" + CHAT, "fireworks"),
    ("https://integrate.api.nvidia.com/v1", CHAT, "nvidia"),
    ("https://api.githubcopilot.com", CHAT, "copilot"),
    ("https://router.huggingface.co", "/v1" + CHAT, "huggingface"),
    ("https://llm.chutes.ai/v1", CHAT, "chutes"),
    ("https://bedrock-runtime.eu-west-1.amazonaws.com", "/openai/v1" + CHAT, "bedrock"),
    ("https://bedrock-runtime.eu-west-1.amazonaws.com/anthropic", MESSAGES, "bedrock"),
    ("https://bedrock-mantle.eu-west-1.api.aws/anthropic", MESSAGES, "bedrock"),
    ("https://bedrock-mantle.eu-west-1.api.aws/v1", CHAT, "bedrock"),
    ("https://api.xiaomimimo.com/v1", CHAT, "xiaomi-mimo"),
    ("https://token-plan-cn.xiaomimimo.com/anthropic", MESSAGES, "xiaomi-mimo"),
    ("https://qianfan.baidubce.com/v2", CHAT, "qianfan"),
    ("https://qianfan.baidubce.com/v2/tokenplan/personal", CHAT, "qianfan"),
    ("https://qianfan.baidubce.com/anthropic/tokenplan/personal", MESSAGES, "qianfan"),
    ("https://api.stepfun.com/step_plan/v1", CHAT, "stepfun"),
    ("https://api.stepfun.com/step_plan", MESSAGES, "stepfun"),
    ("https://api.longcat.chat/openai/v1", CHAT, "longcat"),
    ("https://api.longcat.chat/anthropic", MESSAGES, "longcat"),
    ("https://api.novita.ai/openai", CHAT, "novita"),
    ("https://api.novita.ai/anthropic", MESSAGES, "novita"),
    ("https://opencode.ai/zen/go/v1", CHAT, "opencode"),
    ("https://opencode.ai/zen/go", MESSAGES, "opencode"),
    ("https://api.perplexity.ai", CHAT, "perplexity"),
    ("https://example.test/v1", CHAT, "openai-compatible"),
    ("https://example.test/openai/v1/", CHAT, "openai-compatible"),
    ("https://example.test/gateway/anthropic", MESSAGES, "openai-compatible"),
    ("https://example.test/odd/path", "", "openai-compatible"),
]


@pytest.mark.parametrize(("url", "rest", "profile"), ADDRESSES, ids=[a[0] for a in ADDRESSES])
def test_an_address_is_completed_and_recognised(url: str, rest: str, profile: str) -> None:
    whole = url.rstrip("/") + rest if rest.startswith("/") else url + rest
    ends = {"/messages": "anthropic", "/api/chat": "ollama"}
    dialect = next((name for end, name in ends.items() if whole.endswith(end)), "openai-chat")

    found = target(url)

    assert (found.url, found.dialect, found.profile.name) == (whole, dialect, profile)
    assert complete_url(url) == whole
    again = target(whole)
    assert (again.url, again.dialect, again.profile.name) == (whole, dialect, profile)


def test_a_query_stays_where_it_is() -> None:
    url = "https://me.openai.azure.com/openai/deployments/gpt?api-version=2025-04-01"

    assert target(url).url == url.replace("gpt?", "gpt/chat/completions?")


def test_an_entry_may_say_which_api_is_behind_its_address() -> None:
    found = target("https://gateway.test/v1", profile="mistral")

    assert (found.profile.name, found.url) == ("mistral", "https://gateway.test/v1" + CHAT)


def test_facts_about_the_model_are_in_the_target() -> None:
    found = target("https://api.groq.com", "qwen/qwen3-32b")

    assert found.profile.extra_body == {"reasoning_format": "parsed"}
    assert not found.profile.by_model


@pytest.mark.parametrize(
    ("url", "is_bearer"),
    [
        ("https://openrouter.ai/api/v1/messages", True),
        ("https://ollama.com/v1/messages", True),
        ("https://api.anthropic.com/v1/messages", False),
        ("https://opencode.ai/zen/go/v1/messages", False),
        ("https://api.z.ai/api/anthropic/v1/messages", False),
    ],
)
def test_the_key_goes_where_the_anthropic_side_looks_for_it(url: str, *, is_bearer: bool) -> None:
    assert target(url).bearer is is_bearer


def test_azure_and_copilot_get_their_headers() -> None:
    azure = target("https://me.openai.azure.com/openai/v1", "gpt-5.5")
    copilot = target("https://api.githubcopilot.com", headers={"Editor-Version": "mine/1"})

    sent = {}
    for found in (azure, copilot):
        dialect = OpenAIChat()
        sent[found.profile.name] = dialect.call(dialect.encode(BODY, found, ""), found).headers

    assert sent["azure"]["api-key"] == "k"
    assert "Authorization" not in sent["azure"]
    assert sent["copilot"]["Authorization"] == "Bearer k"
    assert sent["copilot"]["X-Initiator"] == "user"
    assert sent["copilot"]["Editor-Version"] == "mine/1"


def test_copilot_gets_its_headers_in_all_of_its_protocols() -> None:
    address = "https://api.githubcopilot.com"
    responses = target(f"{address}/responses")
    dialect = OpenAIResponses()
    messages = target(f"{address}/v1/messages", headers={"Editor-Version": "mine/1"})

    asked = dialect.call(dialect.encode(BODY, responses, ""), responses).headers
    passed = passthrough_call(b"{}", BODY, messages, {}, "").headers

    assert asked["X-Initiator"] == passed["x-initiator"] == "user"
    assert asked["OpenAI-Intent"] == "conversation-panel"
    assert passed["openai-intent"] == "messages-proxy"
    assert asked["Authorization"] == passed["authorization"] == "Bearer k"
    assert [value for name, value in passed.items() if name.lower() == "editor-version"] == [
        "mine/1"
    ]

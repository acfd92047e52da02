"""Where the known APIs are: which profile, path and protocol an address stands for.

A provider is recognised by the host of its address, on this machine by its port, by the name of a
claude-code-router transformer that stands for it, or because its entry says so. Sources of the
addresses are in `resources/providers.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from urllib.parse import urlsplit

from ccr_desktop.core.providers.hosts import (
    AIHUBMIX,
    BEDROCK,
    CEREBRAS,
    CHUTES,
    COPILOT,
    DASHSCOPE,
    DEEPINFRA,
    FIREWORKS,
    GROQ,
    HUGGING_FACE,
    IFLOW,
    MODELSCOPE,
    NOVITA,
    NVIDIA,
    OPENCODE,
    OPENROUTER,
    QIANFAN,
    SILICONFLOW,
    TOGETHER,
    VOLCENGINE,
)
from ccr_desktop.core.providers.makers import (
    ANTHROPIC,
    AZURE,
    COMPATIBLE,
    DEEPSEEK,
    GEMINI,
    GEMINI_NATIVE,
    KIMI_CODING,
    LONGCAT,
    MINIMAX,
    MISTRAL,
    MOONSHOT,
    OPENAI,
    PERPLEXITY,
    STEPFUN,
    XAI,
    XIAOMI_MIMO,
    ZHIPU,
)
from ccr_desktop.core.providers.profile import Profile
from ccr_desktop.core.providers.servers import DEMO, LLAMA_CPP, LM_STUDIO, LOCAL, OLLAMA, VLLM


@dataclass(frozen=True, slots=True)
class Place:
    """An API at its host. `host` may hold `*`; what ends in it after a dot fits, too."""

    host: str
    profile: Profile
    chat: str = "/v1"
    """The path before `/chat/completions`."""
    messages: tuple[str, ...] = ()
    """Paths before `/v1/messages` that do not say by their words what is served there."""

    def holds(self, host: str) -> bool:
        return host.endswith(f".{self.host}") or fnmatchcase(host, self.host)


_ARK = ("/api/coding", "/api/compatible", "/api/plan")
PLACES: tuple[Place, ...] = (
    Place("api.anthropic.com", ANTHROPIC),
    Place("api.openai.com", OPENAI),
    Place("openrouter.ai", OPENROUTER, "/api/v1", ("/api",)),
    Place("api.deepseek.com", DEEPSEEK),
    Place("generativelanguage.googleapis.com", GEMINI, "/v1beta/openai"),
    Place("volces.com", VOLCENGINE, "/api/v3", _ARK),
    Place("bytepluses.com", VOLCENGINE, "/api/v3", _ARK),
    Place("api.siliconflow.cn", SILICONFLOW),
    Place("api.siliconflow.com", SILICONFLOW),
    Place("api-inference.modelscope.cn", MODELSCOPE),
    Place("coding.dashscope.aliyuncs.com", DASHSCOPE),
    Place("coding-intl.dashscope.aliyuncs.com", DASHSCOPE),
    Place("dashscope.aliyuncs.com", DASHSCOPE, "/compatible-mode/v1"),
    Place("dashscope-*.aliyuncs.com", DASHSCOPE, "/compatible-mode/v1"),
    Place("aihubmix.com", AIHUBMIX),
    Place("apis.iflow.cn", IFLOW),
    Place("api.groq.com", GROQ, "/openai/v1"),
    Place("api.cerebras.ai", CEREBRAS),
    Place("api.mistral.ai", MISTRAL),
    Place("codestral.mistral.ai", MISTRAL),
    Place("api.moonshot.ai", MOONSHOT),
    Place("api.moonshot.cn", MOONSHOT),
    Place("api.kimi.com", KIMI_CODING, "/coding/v1", ("/coding",)),
    Place("open.bigmodel.cn", ZHIPU, "/api/paas/v4"),
    Place("api.z.ai", ZHIPU, "/api/paas/v4"),
    Place("api.minimax.io", MINIMAX),
    Place("api.minimaxi.com", MINIMAX),
    Place("api.x.ai", XAI),
    Place("openai.azure.com", AZURE, "/openai/v1"),
    Place("services.ai.azure.com", AZURE, "/openai/v1"),
    Place("cognitiveservices.azure.com", AZURE, "/openai/v1"),
    Place("api.deepinfra.com", DEEPINFRA, "/v1/openai"),
    Place("api.together.xyz", TOGETHER),
    Place("api.together.ai", TOGETHER),
    Place("api.fireworks.ai", FIREWORKS, "/inference/v1"),
    Place("integrate.api.nvidia.com", NVIDIA),
    Place("githubcopilot.com", COPILOT, ""),
    Place("copilot-api.*", COPILOT, ""),
    Place("router.huggingface.co", HUGGING_FACE),
    Place("llm.chutes.ai", CHUTES),
    Place("bedrock-runtime.*.amazonaws.com", BEDROCK, "/openai/v1"),
    Place("bedrock-mantle.*.api.aws", BEDROCK, "/openai/v1"),
    Place("xiaomimimo.com", XIAOMI_MIMO),
    Place("qianfan.baidubce.com", QIANFAN, "/v2"),
    Place("api.stepfun.com", STEPFUN, "/v1", ("/step_plan",)),
    Place("api.longcat.chat", LONGCAT, "/openai/v1"),
    Place("api.novita.ai", NOVITA, "/openai"),
    Place("opencode.ai", OPENCODE, "/zen/go/v1", ("/zen/go", "/zen")),
    Place("api.perplexity.ai", PERPLEXITY, ""),
    Place("ollama.com", OLLAMA),
)
_PLANS = ("/v2/tokenplan/personal",)
"""Paths before `/chat/completions` of plans that do not end in a version."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_OLLAMA_PORT = 11434
# The ports that servers have unless told otherwise, on this machine.
_BY_PORT = {1234: LM_STUDIO, 8000: VLLM, 8080: LLAMA_CPP}
_BY_TRANSFORMER = {
    "openrouter": OPENROUTER,
    "deepseek": DEEPSEEK,
    "groq": GROQ,
    "copilot": COPILOT,
}
_BY_DIALECT = {"ollama": OLLAMA, "gemini": GEMINI_NATIVE}
PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        *(place.profile for place in PLACES),
        *(OLLAMA, LM_STUDIO, LLAMA_CPP, VLLM, LOCAL, DEMO, COMPATIBLE),
    )
}
"""All profiles by the name that an entry of `Providers` may give as its `profile`."""


_UNKNOWN = (COMPATIBLE, LOCAL)


def is_known(profile: Profile) -> bool:
    """Whether it is of one API, not of a kind of servers."""
    return profile not in _UNKNOWN


def find_profile(
    url: str, transformers: tuple[str, ...] = (), dialect: str = "", name: str = ""
) -> Profile:
    """The profile for a provider.

    It is the one that the provider names, else a transformer's, else that of a dialect which is
    one API's own, else its address's.
    """
    if name in PROFILES:
        return PROFILES[name]
    for transformer in transformers:
        if transformer in _BY_TRANSFORMER:
            return _BY_TRANSFORMER[transformer]
    if dialect in _BY_DIALECT:
        return _BY_DIALECT[dialect]
    parts = urlsplit(url)
    if parts.scheme == "demo":
        return DEMO
    host = parts.hostname or ""
    if place := _place(host):
        return place.profile
    if parts.port == _OLLAMA_PORT:
        return OLLAMA
    return _BY_PORT.get(parts.port or 0, LOCAL) if host in LOOPBACK else COMPATIBLE


def completed_path(url: str) -> str:
    """The path before `/chat/completions` when *url* is only its beginning; else nothing."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if path.endswith(_PLANS):
        return path
    place = _place(parts.hostname or "")
    whole = place.chat if place else "/v1"
    if path == whole or f"{whole}/".startswith(f"{path}/"):
        return whole or "/"
    return ""


def serves_messages(url: str) -> bool:
    """Whether Anthropic's protocol is known to be served at this path, though it does not say so.

    The address is the one that is given to Claude Code.
    """
    parts = urlsplit(url)
    place = _place(parts.hostname or "")
    return place is not None and parts.path.rstrip("/") in place.messages


@lru_cache(maxsize=256)
def _place(host: str) -> Place | None:
    return next((place for place in PLACES if place.holds(host)), None)

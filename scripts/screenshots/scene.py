"""Configurations that the pictures show: a typical one, a crowded one, and none at all."""

from __future__ import annotations

from typing import Any

from ccr_desktop.core.updates.release import Release

JsonObject = dict[str, Any]

RELEASE = Release(
    version="1.3.0",
    page="https://github.com/ccr-desktop/ccr-desktop/releases",
    notes="""\
## What is new

- **Routes by the hour.** A rule can say from when to when it holds.
- The tray shows which model answered last, with its time.
- `ccr update` tells what is new on the command line, too.

### Fixed

- A provider with a comma in its name can be removed again.
- The window comes back on the screen that it was on. See [the guide](https://example.com/guide).
""",
)

ADDRESSES = {
    "deepseek": "https://api.deepseek.com/v1/chat/completions",
    "moonshot": "https://api.moonshot.ai/v1/chat/completions",
    "openrouter": "https://openrouter.ai/api/v1/chat/completions",
    "ollama": "http://127.0.0.1:11434/v1/chat/completions",
}
MODELS = {
    "deepseek": ["deepseek-chat", "deepseek-reasoner"],
    "moonshot": ["kimi-k2.7-code", "kimi-k2.7-thinking", "kimi-latest"],
    "openrouter": ["google/gemini-3-pro", "qwen/qwen3-coder", "z-ai/glm-4.7"],
    "ollama": ["qwen3-coder:30b", "gpt-oss:20b"],
}
ROUTER: JsonObject = {
    "default": ["deepseek,deepseek-chat", "moonshot,kimi-k2.7-code"],
    "background": "ollama,qwen3-coder:30b",
    "think": "moonshot,kimi-k2.7-thinking",
    "longContext": "openrouter,google/gemini-3-pro",
    "longContextThreshold": 60000,
    "rules": [
        {
            "name": "Client work",
            "when": {"folder": "~/clients/acme"},
            "route": "ollama,gpt-oss:20b",
        },
        {"name": "Nights", "when": {"time": "22:00-06:00"}, "route": "moonshot,kimi-k2.7-code"},
        {"name": "Reviews", "when": {"contains": "review"}, "set": {"temperature": 0.2}},
    ],
}
ROUTE_SETS = {
    "Offline": {"default": "ollama,gpt-oss:20b", "background": "ollama,qwen3-coder:30b"},
    "Cheap night": {"default": "deepseek,deepseek-chat"},
}
_LONG = "the account of the whole company for everything that is asked by night and"


def configuration(addresses: dict[str, str], *, is_crowded: bool = False) -> JsonObject:
    """What the file says; *addresses* tells where each provider listens."""
    providers = [
        {
            "name": name,
            "api_base_url": address,
            "api_key": "" if name == "ollama" else f"sk-{name}-0123456789abcdef",
            "models": MODELS[name],
        }
        for name, address in addresses.items()
    ]
    if is_crowded:
        providers += [_further(number) for number in range(26)]
    return {
        "Providers": providers,
        "Router": ROUTER,
        "routeSets": ROUTE_SETS,
        "projects": {"/home/ada/weather*": "Offline"},
    }


def _further(number: int) -> JsonObject:
    name = f"{_LONG} {number}" if number % 5 == 0 else f"provider-{number:02d}"
    return {
        "name": name,
        "api_base_url": f"https://api{number}.example.com/v1/chat/completions",
        "api_key": f"sk-example-{number:016d}",
        "models": [f"organisation-{number}/model-{which}-instruct" for which in range(300)],
        "paused": number % 7 == 3,
    }

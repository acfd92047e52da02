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
_FURTHER, _MODELS, _LONGEST = 26, 300, 80
_ACCOUNT = "the account of the whole company for everything that is asked by night and by day"
_MODEL = "with-a-name-that-tells-of-its-size-its-training-and-its-makers-instruct"


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
    made = {
        "Providers": providers,
        "Router": ROUTER,
        "routeSets": ROUTE_SETS,
        "projects": {"/home/ada/weather*": "Offline"},
    }
    return _crowded(made) if is_crowded else made


def _crowded(made: JsonObject) -> JsonObject:
    """Names as long as may be, and as much of everything as somebody may have."""
    further = [_further(number) for number in range(_FURTHER)]
    routes = [f"{each['name']},{each['models'][0]}" for each in further]
    whens = ({"folder": f"~/clients/{name}"} for name in further[0]["name"].split())
    rules = [
        {"name": each["name"], "when": when, "route": route}
        for each, when, route in zip(further, whens, routes, strict=False)
    ]
    return {
        "Providers": [*made["Providers"], *further],
        "Router": {
            **made["Router"],
            "default": routes[:3],
            "image": routes[5],
            "agents": {"Explore": routes[0], "Plan": routes[1]},
            "rules": [*made["Router"]["rules"], *rules],
        },
        "routeSets": {
            **made["routeSets"],
            **{
                each["name"]: {"default": route}
                for each, route in zip(further, routes, strict=True)
            },
        },
        "projects": {
            **made["projects"],
            **{
                f"/home/ada/{each['name']}": route
                for each, route in zip(further[:6], routes, strict=False)
            },
        },
    }


def _further(number: int) -> JsonObject:
    long = f"{number} {_ACCOUNT}"[:_LONGEST]
    return {
        "name": long if number % 5 == 0 else f"provider-{number:02d}",
        "api_base_url": f"https://api{number}.example.com/v1/chat/completions",
        "api_key": f"sk-example-{number:016d}",
        "models": [_model(number, which) for which in range(_MODELS)],
        "paused": number % 7 == 3,
    }


def _model(number: int, which: int) -> str:
    if which % 7 == 0:
        return f"organisation-{number}/model-{which}-{_MODEL}"[:_LONGEST]
    return f"organisation-{number}/model-{which}-instruct"

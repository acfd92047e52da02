"""The settings inside of a provider and of `Router`."""

from __future__ import annotations

from ccr_desktop.core.config.schema import DEFAULT_LONG_CONTEXT_THRESHOLD, Router, Timeouts
from ccr_desktop.core.config.setting import Kind, setting

PROVIDER = (
    setting("Providers[].name", Kind.TEXT, "Its name in routes; each once.", example='"deepseek"'),
    setting(
        "Providers[].api_base_url",
        Kind.ADDRESS,
        "Where requests go.",
        example='"https://api.deepseek.com/chat/completions"',
    ),
    setting(
        "Providers[].api_key",
        Kind.TEXT,
        "A key, `$VARIABLE`, or `keyring:NAME`. Servers on this machine need none, nor do "
        "transformers that sign by themselves.",
        default="",
        example='"keyring:deepseek"',
        is_secret=True,
    ),
    setting(
        "Providers[].api_keys",
        Kind.LIST,
        "A pool: keys, or `{key, weight, limit_per_minute}`.",
        default=[],
        example='["$KEY_1", {"key": "$KEY_2", "weight": 2}]',
        is_secret=True,
    ),
    setting(
        "Providers[].auth",
        Kind.TEXT,
        "`none` for a server that wants no key.",
        default="",
        choices=("none",),
        example='"none"',
    ),
    setting(
        "Providers[].models",
        Kind.LIST,
        "Its models. Others can be asked for too.",
        default=[],
        example='["deepseek-v4-pro"]',
    ),
    setting(
        "Providers[].paused",
        Kind.FLAG,
        "Switched off: the fallbacks of its routes answer, and its models are not listed.",
        default=False,
        example="true",
    ),
    setting(
        "Providers[].transformer",
        Kind.OBJECT,
        "What changes requests and answers: `use` for all models, or by model.",
        default={},
        example='{"use": ["deepseek"], "m": {"use": [["maxtoken", {"max_tokens": 8192}]]}}',
    ),
    setting(
        "Providers[].dialect",
        Kind.TEXT,
        "What it speaks; else the address tells.",
        default="",
        choices=("openai-chat", "openai-responses", "gemini", "anthropic", "ollama"),
        example='"anthropic"',
    ),
    setting(
        "Providers[].profile",
        Kind.TEXT,
        "The API that it serves, by a name of `docs/providers.md`, where the address does not "
        "tell: for gateways and own servers.",
        default="",
        example='"mistral"',
    ),
    setting(
        "Providers[].headers",
        Kind.OBJECT,
        "Headers for each request.",
        default={},
        example='{"X-Team": "blue"}',
    ),
    setting(
        "Providers[].proxy_url",
        Kind.ADDRESS,
        "Its own proxy; `none`: no proxy.",
        default="",
        example='"http://proxy:8080"',
        is_secret=True,
    ),
    setting(
        "Providers[].timeout",
        Kind.OBJECT,
        "Limits of the phases of a request.",
        default={},
        example='{"connect_s": 10, "idle_s": 60}',
    ),
    setting(
        "Providers[].timeout.connect_s",
        Kind.AMOUNT,
        "Until a connection stands.",
        unit="s",
        default=Timeouts().connect_s,
        example="10",
    ),
    setting(
        "Providers[].timeout.first_byte_s",
        Kind.AMOUNT,
        "Until an answer begins.",
        unit="s",
        default=Timeouts().first_byte_s,
        example="120",
    ),
    setting(
        "Providers[].timeout.idle_s",
        Kind.AMOUNT,
        "Between two pieces of it.",
        unit="s",
        default=Timeouts().idle_s,
        example="60",
    ),
    setting(
        "Providers[].timeout.total_s",
        Kind.AMOUNT,
        "For the whole; nothing: no limit.",
        unit="s",
        example="1800",
    ),
    setting(
        "Providers[].context_windows",
        Kind.OBJECT,
        "How much each model takes.",
        unit="tokens",
        default={},
        example='{"deepseek-v4-pro": 128000}',
    ),
    setting(
        "Providers[].prices",
        Kind.OBJECT,
        "By model: `input`, `output`, `cache_read`, `cache_write`.",
        unit="US dollars for a million tokens",
        default={},
        example='{"m": {"input": 0.5, "output": 2}}',
        is_idle=True,
    ),
    setting(
        "Providers[].tokenizer",
        Kind.OBJECT,
        "claude-code-router 2: by which vocabulary tokens are counted, `cl100k_base` or "
        "`o200k_base`; for all models (`default`), or by model (`models`).",
        default={},
        example='{"default": {"type": "tiktoken", "encoding": "o200k_base"}}',
    ),
)
ROUTER = (
    setting(
        "Router.default", Kind.ROUTE, "Answers what no other rule takes.", example='["p,m", "q,n"]'
    ),
    setting(
        "Router.background",
        Kind.ROUTE,
        "Claude Code's small tasks (Haiku).",
        example='"ollama,qwen3-coder"',
    ),
    setting(
        "Router.think",
        Kind.ROUTE,
        "Requests that ask for much thinking: see `thinkWhen`.",
        example='"deepseek,deepseek-v4-pro"',
    ),
    setting(
        "Router.longContext",
        Kind.ROUTE,
        "Requests above `longContextThreshold`.",
        example='"gemini,gemini-3.1-pro-preview"',
    ),
    setting(
        "Router.longContextThreshold",
        Kind.NUMBER,
        "From where a request is long.",
        unit="tokens",
        default=DEFAULT_LONG_CONTEXT_THRESHOLD,
        minimum=1,
        example="100000",
    ),
    setting(
        "Router.webSearch",
        Kind.ROUTE,
        "Requests with Anthropic's web search tool.",
        example='"openrouter,google/gemini-3.5-flash:online"',
    ),
    setting(
        "Router.image",
        Kind.ROUTE,
        "New pictures; and looks at older ones, for other models.",
        example='"gemini,gemini-3.6-flash"',
    ),
    setting(
        "Router.subagent",
        Kind.ROUTE,
        "Requests of sub-agents.",
        example='"deepseek,deepseek-v4-flash"',
    ),
    setting(
        "Router.agents",
        Kind.OBJECT,
        "By the name of a sub-agent: its route.",
        default={},
        example='{"Explore": "p,m"}',
    ),
    setting(
        "Router.thinkWhen",
        Kind.LIST,
        "The signs of much thinking; `any` is all that claude-code-router looked at.",
        default=list(Router().think_when),
        example='["effort:max", "plan"]',
    ),
    setting(
        "Router.rules",
        Kind.LIST,
        "Your own rules, in order.",
        default=[],
        example='[{"when": {"contains": "review"}, "route": "p,m"}]',
    ),
    setting(
        "Router.rules[].name",
        Kind.TEXT,
        "What the rule is called in decisions.",
        default="",
        example='"cheap nights"',
    ),
    setting(
        "Router.rules[].when",
        Kind.OBJECT,
        "Conditions that must all hold.",
        default={},
        example='{"time": "22:00-06:00"}',
    ),
    setting(
        "Router.rules[].route", Kind.ROUTE, "Where the request goes.", example='["p,m", "q,n"]'
    ),
    setting(
        "Router.rules[].only",
        Kind.LIST,
        "Providers that may answer, whatever chose.",
        example='["ollama"]',
    ),
    setting(
        "Router.rules[].never",
        Kind.LIST,
        "Providers that may not answer.",
        example='["openrouter"]',
    ),
    setting(
        "Router.rules[].block",
        Kind.TEXT,
        "Refuse with this sentence.",
        example='"Not from this folder."',
    ),
    setting(
        "Router.custom",
        Kind.OBJECT,
        "Kept for claude-code-router, where it does nothing either.",
        is_idle=True,
    ),
)

"""Every setting of `config.json`, declared once: for the reader, the command line and the docs.

Keys are JSON paths, with `[]` for any item of a list.
"""

from __future__ import annotations

from functools import cache

from ccr_desktop.core.config.desktop import DESKTOP
from ccr_desktop.core.config.parts import FAILOVER, PROVIDER, ROUTER
from ccr_desktop.core.config.schema import (
    DEFAULT_HOST,
    DEFAULT_PORT,
)
from ccr_desktop.core.config.setting import Kind, Setting, setting

_SERVICE = (
    setting(
        "HOST",
        Kind.TEXT,
        "Address to listen on. Any other than this machine needs `APIKEY`.",
        default=DEFAULT_HOST,
        example='"0.0.0.0"',
        member="host",
    ),
    setting(
        "PORT",
        Kind.NUMBER,
        "Port to listen on. The environment variable `SERVICE_PORT` wins, `--port` beats both.",
        default=DEFAULT_PORT,
        example="4000",
        minimum=1,
        maximum=65535,
        member="port",
    ),
    setting(
        "APIKEY",
        Kind.TEXT,
        "Key that clients must send; empty: none, and only this machine is heard.",
        default="",
        example='"$CCR_KEY"',
        member="api_key",
        is_secret=True,
    ),
    setting(
        "ClientKeys",
        Kind.LIST,
        "Further keys, each for one device: `{name, key, expires}`, the last a day if there is an "
        "end. They count beside `APIKEY`, and need it.",
        default=[],
        example='[{"name": "laptop", "key": "$LAPTOP_KEY", "expires": "2027-03-31"}]',
        is_secret=True,
    ),
    setting(
        "LOG",
        Kind.FLAG,
        "Whether log files are written.",
        default=True,
        example="false",
        member="writes_log",
    ),
    setting(
        "LOG_LEVEL",
        Kind.TEXT,
        "How much is logged, in any case.",
        default="info",
        example='"debug"',
        choices=("fatal", "error", "warn", "info", "debug", "trace"),
        member="log_level",
    ),
    setting(
        "PROXY_URL",
        Kind.ADDRESS,
        "HTTP or SOCKS proxy for all providers but those on this machine; `system`: the one that "
        "the system has.",
        default="",
        example='"socks5://127.0.0.1:1080"',
        synonyms=("HTTPS_PROXY", "https_proxy", "httpsProxy"),
        synonyms_first=True,
        member="proxy_url",
        is_secret=True,
    ),
    setting(
        "CA_FILE",
        Kind.PATH,
        "Certificates in PEM form that are trusted beside the system's.",
        default="",
        example='"/etc/ssl/company.pem"',
        member="ca_file",
    ),
    setting(
        "CUSTOM_ROUTER_PATH",
        Kind.PATH,
        "Python file with a `route` function that is asked first; or one of claude-code-router's.",
        default="",
        example='"~/.config/ccr-desktop/router.py"',
        member="custom_router_path",
    ),
    setting(
        "REWRITE_SYSTEM_PROMPT",
        Kind.PATH,
        "Text file that replaces most of Claude Code's system prompt.",
        default="",
        example='"~/prompt.md"',
        member="rewrite_system_prompt",
    ),
    setting(
        "forceUseImageAgent",
        Kind.FLAG,
        "Let the image agent look at new pictures too, so that the usual model keeps the turn.",
        default=False,
        example="true",
        member="force_image_agent",
    ),
)
_CLAUDE_CODE = (
    setting(
        "API_TIMEOUT_MS",
        Kind.NUMBER,
        "How long Claude Code waits for an answer.",
        unit="ms",
        default=600_000,
        example="1200000",
        minimum=1,
        member="api_timeout_ms",
    ),
    setting(
        "CLAUDE_PATH",
        Kind.TEXT,
        "The Claude Code program; empty: `claude` on the PATH.",
        default="",
        example='"~/.claude/local/claude"',
        member="claude_path",
        variable="CLAUDE_PATH",
    ),
    setting(
        "NON_INTERACTIVE_MODE",
        Kind.FLAG,
        "Start Claude Code for a machine without a user.",
        default=False,
        example="true",
        member="non_interactive",
    ),
    setting(
        "ANTHROPIC_SMALL_FAST_MODEL",
        Kind.TEXT,
        "Model that Claude Code 1 asks for in small tasks.",
        default="",
        example='"claude-haiku-4-5"',
        member="small_fast_model",
    ),
)
_STRUCTURE = (
    setting(
        "Providers",
        Kind.LIST,
        "The accounts at APIs.",
        synonyms=("providers",),
        default=[],
        example='[{"name": "ollama", "api_base_url": "http://localhost:11434/v1"}]',
    ),
    setting(
        "Router", Kind.OBJECT, "Which model answers what.", default={}, example='{"default": "p,m"}'
    ),
    setting(
        "fallback",
        Kind.OBJECT,
        "By scenario: routes that are tried after those of `Router`.",
        default={},
        example='{"default": ["q,n"]}',
    ),
    setting(
        "Failover",
        Kind.OBJECT,
        "When another try is made, and when a provider is left alone.",
        default={},
        example='{"tries": 3}',
    ),
    setting(
        "routeSets",
        Kind.OBJECT,
        "Named groups that can take the place of `Router`.",
        default={},
        example='{"Offline": {"default": "ollama,qwen3-coder"}}',
    ),
    setting(
        "routeSet", Kind.TEXT, "The group in use; empty: `Router`.", default="", example='"Offline"'
    ),
    setting(
        "projects",
        Kind.OBJECT,
        "By folder: a route set, a route, or a list of routes.",
        default={},
        example='{"~/code/acme": "Offline"}',
    ),
    setting(
        "transformers",
        Kind.LIST,
        "Your own transformers: `{path, options}`.",
        default=[],
        example='[{"path": "~/mine.py"}]',
    ),
    setting(
        "plugins",
        Kind.LIST,
        "Plugins of claude-code-router 2; `token-speed` is known.",
        synonyms=("Plugins",),
        default=[],
        example='[{"name": "token-speed", "enabled": true}]',
        is_idle=True,
    ),
    setting(
        "StatusLine",
        Kind.OBJECT,
        "What `ccr statusline` shows.",
        default={},
        example='{"enabled": true}',
        member="status_line",
    ),
    setting(
        "Desktop",
        Kind.OBJECT,
        "Settings of the desktop app.",
        default={},
        example='{"theme": "dark"}',
    ),
    setting(
        "Budgets",
        Kind.OBJECT,
        "Limits on what is spent.",
        default={},
        member="budgets",
        is_idle=True,
    ),
    setting(
        "Retention",
        Kind.OBJECT,
        "How long records are kept.",
        default={},
        member="retention",
        is_idle=True,
    ),
    setting(
        "OPENAI_API_KEY",
        Kind.TEXT,
        "Key of a provider `openai`, when there is no `Providers`.",
        default="",
        example='"$OPENAI_API_KEY"',
        is_secret=True,
    ),
    setting(
        "OPENAI_BASE_URL",
        Kind.ADDRESS,
        "Its address.",
        default="https://api.openai.com/v1/chat/completions",
        example='"https://api.deepseek.com"',
    ),
    setting("OPENAI_MODEL", Kind.TEXT, "Its model.", default="", example='"deepseek-v4-pro"'),
)
SETTINGS: tuple[Setting, ...] = (
    *_SERVICE,
    *_CLAUDE_CODE,
    *_STRUCTURE,
    *PROVIDER,
    *ROUTER,
    *FAILOVER,
    *DESKTOP,
)
BY_KEY = {setting.key: setting for setting in SETTINGS}


@cache
def keys_of(parent: str = "") -> tuple[str, ...]:
    """The keys, with synonyms, that an object may have: `""` is the file, `Router` its member."""
    prefix = f"{parent}." if parent else ""
    inner = [s for s in SETTINGS if s.key.startswith(prefix) and "." not in s.key[len(prefix) :]]
    return tuple(name[len(prefix) if name == s.key else 0 :] for s in inner for name in s.spellings)

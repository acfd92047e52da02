"""The settings that `config.json` can hold, and the records they are read into.

Each scalar setting is declared once, in `SETTINGS`. This module and the reader are the only
places that know the file's spellings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ccr_desktop.core.config.issues import Issue

DEFAULT_PORT = 3456
DEFAULT_HOST = "127.0.0.1"
DEFAULT_LONG_CONTEXT_THRESHOLD = 60_000
SCENARIOS = ("default", "background", "think", "longContext", "webSearch", "image", "subagent")
THINKING_SIGNS = ("any", "plan", "ultrathink", "enabled-without-effort")


@dataclass(frozen=True, slots=True)
class Setting:
    """One scalar setting: its key, the type of its value, its default and what it does."""

    key: str
    kind: type
    default: Any
    help: str
    is_secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("HOST", str, DEFAULT_HOST, "Address to listen on; another than loopback needs APIKEY."),
    Setting("PORT", int, DEFAULT_PORT, "Port to listen on; the variable SERVICE_PORT wins."),
    Setting("APIKEY", str, "", "Key that clients must send; empty: no key, loopback only.", True),
    Setting("LOG", bool, True, "Whether a log file is written."),
    Setting("LOG_LEVEL", str, "info", "fatal, error, warn, info, debug or trace."),
    Setting("PROXY_URL", str, "", "HTTP proxy for all providers but those on this machine.", True),
    Setting("API_TIMEOUT_MS", int, 600_000, "How long Claude Code waits for an answer, in ms."),
    Setting("CLAUDE_PATH", str, "", "The Claude Code program; empty: `claude` on the PATH."),
    Setting("NON_INTERACTIVE_MODE", bool, False, "Start Claude Code for a machine without a user."),
)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Limits of the phases of one exchange with a provider, in seconds."""

    connect_s: float = 30.0
    first_byte_s: float = 600.0
    idle_s: float = 300.0
    total_s: float | None = None


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One use of a transformer: a name, or the path of a plugin file, with its options."""

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""
    """The JSON path of this use, for messages."""


@dataclass(frozen=True, slots=True)
class PluginFile:
    """A Python file of the user's: a transformer of the top-level `transformers` list."""

    path: str
    options: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True, slots=True)
class PoolKey:
    """One key of a provider's pool `api_keys`."""

    key: str = field(repr=False)
    weight: float = 1.0
    limit_per_minute: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An account at an API. `transformers` are the names of the provider's own chain."""

    name: str
    url: str
    api_key: str = field(default="", repr=False)
    keys: tuple[PoolKey, ...] = field(default=(), repr=False)
    models: tuple[str, ...] = ()
    transformers: tuple[str, ...] = ()
    chain: tuple[ChainLink, ...] = ()
    """What runs for every model of the provider, in order."""
    model_chains: Mapping[str, tuple[ChainLink, ...]] = field(default_factory=dict)
    """What runs after it for single models."""
    dialect: str = "openai-chat"
    bearer: bool = False
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    proxy_url: str = field(default="", repr=False)
    timeouts: Timeouts = Timeouts()
    context_windows: Mapping[str, int] = field(default_factory=dict)
    max_tokens: Mapping[str, int] = field(default_factory=dict)
    """The largest answer by model, in tokens; `""` stands for every other model."""


@dataclass(frozen=True, slots=True)
class Route:
    """A model of a provider."""

    provider: str
    model: str

    def __str__(self) -> str:
        return f"{self.provider},{self.model}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRule:
    """One of the user's own rules. All conditions of `when` must hold.

    A rule with `routes` chooses; one with `only` or `never` restricts which providers may serve
    the request, whatever chose; `block` is the sentence that a refused request is answered with.
    """

    name: str
    when: Mapping[str, Any] = field(default_factory=dict)
    routes: tuple[Route, ...] = ()
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    block: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Router:
    """Which route serves which scenario; the rest of a list are its fallbacks."""

    routes: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)
    agents: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)
    """Routes of sub-agents whose name is known."""
    rules: tuple[OwnRule, ...] = ()
    fallbacks: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)
    """claude-code-router's `fallback`: by scenario, tried after the rest of the route's list."""
    long_context_threshold: int = DEFAULT_LONG_CONTEXT_THRESHOLD
    think_when: tuple[str, ...] = (
        "plan",
        "ultrathink",
        "effort:xhigh",
        "effort:max",
        "enabled-without-effort",
    )

    def route(self, scenario: str) -> Route | None:
        return next(iter(self.routes.get(scenario, ())), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A whole configuration. `raw` is the file as read, with all that we do not know."""

    source: Path | None = None
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    api_key: str = field(default="", repr=False)
    writes_log: bool = True
    log_level: str = "info"
    proxy_url: str = field(default="", repr=False)
    api_timeout_ms: int = 600_000
    claude_path: str = ""
    non_interactive: bool = False
    providers: Mapping[str, Provider] = field(default_factory=dict)
    router: Router = field(default_factory=Router)
    route_sets: Mapping[str, Router] = field(default_factory=dict)
    """Named groups of routes; `router` is already the one in use."""
    route_set: str = ""
    """The name of the set in use; empty: `Router` itself."""
    projects: Mapping[str, str | tuple[Route, ...]] = field(default_factory=dict)
    """Folder -> name of a route set, or routes for everything sent from there."""
    custom_router_path: str = ""
    rewrite_system_prompt: str = ""
    force_image_agent: bool = False
    plugins: tuple[PluginFile, ...] = ()
    ca_file: str = ""
    """Certificates in PEM form that are trusted beside the system's."""
    issues: Sequence[Issue] = ()
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

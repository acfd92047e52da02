"""The records that a configuration is read into. What the file calls them is in `settings`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from ccr_desktop.core.config.issues import Issue

DEFAULT_PORT = 3456
DEFAULT_HOST = "127.0.0.1"
DEFAULT_LONG_CONTEXT_THRESHOLD = 60_000
DEFAULT_ENCODING = "cl100k_base"
UPDATE_SOURCE = "https://api.github.com/repos/ccr-desktop/ccr-desktop/releases/latest"
# Kinds of notifications, and whether they are shown unless the user says otherwise.
NOTIFICATIONS = {
    "movedToBackup": True,
    "backToNormal": False,
    "providerPaused": True,
    "noModelLeft": True,
    "keyProblem": True,
    "balanceLow": True,
    "budget": True,
    "serviceStopped": True,
    "agentUpdated": True,
    "updateReady": True,
    "routeUsed": False,
}
# What may be wrong with an answer so that another try could end better.
FAILURES = ("connection", "timeout", "rateLimit", "serverError", "emptyAnswer", "account")
SCENARIOS = ("default", "background", "think", "longContext", "webSearch", "image", "subagent")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Limits of the phases of one exchange with a provider, in seconds."""

    connect_s: float = 30.0
    first_byte_s: float = 600.0
    idle_s: float = 300.0
    total_s: float | None = None


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One use of a transformer, by its name."""

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
    number: int = field(default=0, compare=False)
    """Its place in the list, from 1; 0 is `api_key` beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a model costs, in US dollars for a million tokens; None: as much as `input`."""

    input: float = 0.0
    output: float = 0.0
    cache_read: float | None = None
    cache_write: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An account at an API."""

    name: str
    url: str
    paused: bool = False
    """The user switched it off: its routes are left out."""
    api_key: str = field(default="", repr=False)
    key_problem: str = ""
    """Why there is no key though one is configured; requests fail with this sentence."""
    awaits_key: bool = False
    """It will go by itself: the password store is slow, or waits for a person."""
    keys: tuple[PoolKey, ...] = field(default=(), repr=False)
    """The pool `api_keys`; empty when there is only `api_key`."""
    models: tuple[str, ...] = ()
    chain: tuple[ChainLink, ...] = ()
    """What runs for every model of the provider, in order."""
    model_chains: Mapping[str, tuple[ChainLink, ...]] = field(default_factory=dict)
    """What runs after it for single models."""
    dialect: str = "openai-chat"
    profile: str = ""
    """The API that it serves, when its entry says so."""
    bearer: bool = False
    brings_key: bool = False
    """Whether a transformer of its chain signs requests by means of its own."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    proxy_url: str = field(default="", repr=False)
    timeouts: Timeouts = Timeouts()
    context_windows: Mapping[str, int] = field(default_factory=dict)
    prices: Mapping[str, Price] = field(default_factory=dict)
    encodings: Mapping[str, str] = field(default_factory=dict)
    """tiktoken's vocabulary by model; `""` stands for every other model."""

    @property
    def transformers(self) -> tuple[str, ...]:
        """The names of its own chain."""
        return tuple(link.name for link in self.chain)

    def transformers_of(self, model: str) -> tuple[str, ...]:
        """The names of what runs for *model*, what is said of it alone first."""
        further = self.model_chains.get(model, ())
        return (*(link.name for link in further), *self.transformers)

    def context_window(self, model: str) -> int | None:
        """What `context_windows` says, in tokens: by the exact name, else by the first pattern."""
        if not self.context_windows:
            return None  # every request asks, several times
        if model in self.context_windows:
            return self.context_windows[model]
        folded, windows = model.casefold(), self.context_windows.items()
        return next((n for name, n in windows if fnmatchcase(folded, name.casefold())), None)

    def encoding(self, model: str) -> str:
        """The vocabulary that the model's tokens are counted by."""
        return self.encodings.get(model) or self.encodings.get("", DEFAULT_ENCODING)


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
    `changes` and `chain` hold where the rule chose, and without `routes` whatever chose.
    """

    name: str
    when: Mapping[str, Any] = field(default_factory=dict)
    routes: tuple[Route, ...] = ()
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    block: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)
    """Members of the request's body by their dotted paths; None takes one out."""
    chain: tuple[ChainLink, ...] = ()
    """What runs after the transformers of the model."""
    where: str = ""

    @property
    def forbids(self) -> bool:
        return bool(self.only or self.never or self.block)

    @property
    def changes_requests(self) -> bool:
        return bool(self.changes or self.chain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Router:
    """Which route serves which scenario; the rest of a list are its fallbacks."""

    routes: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)
    agents: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)
    """Routes of sub-agents whose name is known."""
    models: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)
    """By a part of the name that the client asks for, as `opus`: what answers for `default`."""
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
class Failover:
    """When another try is made, and for how long a provider is left alone that keeps failing."""

    tries: int = 2
    """Of one route, before the next one is asked."""
    longest_wait_s: float = 5.0
    """Whom a provider asks for more patience asks somebody else meanwhile."""
    when: tuple[str, ...] = FAILURES
    pause_after: int = 0
    """So many failures in a row; 0: never."""
    pause_s: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DesktopSettings:
    """How the desktop app looks and behaves."""

    theme: str = "system"
    language: str = "system"
    start_hidden: bool = False
    on_close: str = "ask"
    terminal: str = ""
    service_thread: bool = False
    notifications: Mapping[str, bool] = field(default_factory=lambda: dict(NOTIFICATIONS))
    """By kind, all of them."""
    quiet_hours: str = ""
    """A span of the day without notices; empty: none."""
    updates: str = "weekly"
    """How often the app looks for a new version of itself."""
    update_source: str = UPDATE_SOURCE
    """Empty: the file names a place that can't be used, and nothing is asked."""
    favourites: tuple[Route, ...] = ()
    """What the tray offers as main model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientKey:
    """The key of one device, which can go while the others keep theirs."""

    name: str
    key: str = field(repr=False)
    expires: date | None = None
    """The last day on which it opens anything, where this computer is."""

    def is_over(self, today: date) -> bool:
        return self.expires is not None and self.expires < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A whole configuration. `raw` is the file as read, with all that we do not know."""

    source: Path | None = None
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    api_key: str = field(default="", repr=False)
    client_keys: tuple[ClientKey, ...] = ()
    """They count beside `api_key`, and only where there is one."""
    writes_log: bool = True
    log_level: str = "info"
    proxy_url: str = field(default="", repr=False)
    api_timeout_ms: int = 600_000
    claude_path: str = ""
    small_fast_model: str = ""
    """What Claude Code 1 is told to use for small tasks."""
    non_interactive: bool = False
    providers: Mapping[str, Provider] = field(default_factory=dict)
    router: Router = field(default_factory=Router)
    route_sets: Mapping[str, Router] = field(default_factory=dict)
    """Named groups of routes; `router` is already the one in use."""
    route_set: str = ""
    """The name of the set in use; empty: `Router` itself."""
    failover: Failover = Failover()
    projects: Mapping[str, str | tuple[Route, ...]] = field(default_factory=dict)
    """Folder -> name of a route set, or routes for everything sent from there."""
    custom_router_path: str = ""
    rewrite_system_prompt: str = ""
    force_image_agent: bool = False
    plugins: tuple[PluginFile, ...] = ()
    ca_file: str = ""
    """Certificates in PEM form that are trusted beside the system's."""
    shows_token_speed: bool = False
    """claude-code-router's plugin `token-speed` is switched on."""
    status_line: Mapping[str, Any] = field(default_factory=dict)
    desktop: DesktopSettings = field(default_factory=DesktopSettings)
    budgets: Mapping[str, Any] = field(default_factory=dict)
    retention: Mapping[str, Any] = field(default_factory=dict)
    is_demo: bool = False
    """Nobody named a provider or a route yet, so the demo answers."""
    issues: Sequence[Issue] = ()
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

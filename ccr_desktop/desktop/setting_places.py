"""Where each setting is in the window: one table, for the search and for the rows themselves.

`setting_places.PLACES` names for every declared setting its page, the section in Settings, what it
is called there, and the widget that changes it. A test compares it with the declarations and with
the window. `OTHERS` are things to look for that are no declared settings.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ccr_desktop.core.config.settings import BY_KEY


@dataclass(frozen=True, slots=True)
class Place:
    """`where` is a page, `settings/SECTION` or `routes/VIEW`.

    `field` is the object name of a widget there, `words` are further ones by which it is found.
    """

    where: str
    label: str
    field: str = ""
    words: str = ""

    @property
    def title(self) -> str:
        return QCoreApplication.translate("Settings", self.label)

    @property
    def page(self) -> str:
        return self.where.partition("/")[0]

    @property
    def section(self) -> str:
        return self.where.partition("/")[2]


def row_name(key: str) -> str:
    """The object name of the row in Settings that shows a setting."""
    return f"setting-{key}"


def title_of(key: str) -> str:
    """What a setting is called on the screen."""
    return ALL_PLACES[key].title


def help_of(key: str) -> str:
    """What a setting means, from its one declaration; empty for what is none."""
    setting = BY_KEY.get(key)
    text = QCoreApplication.translate("Help", setting.help) if setting else ""
    return text.replace("`", "")  # which are for the documentation


def _row(section: str, key: str, label: object, words: str = "") -> tuple[str, Place]:
    return key, Place(f"settings/{section}", str(label), row_name(key), words)


def _in_transfer(key: str, label: object, field: str, words: str) -> tuple[str, Place]:
    return key, Place("settings/transfer", str(label), field, words)


def _of_provider(key: str, label: object, field: str, words: str = "") -> tuple[str, Place]:
    return f"Providers[].{key}", Place("providers", str(label), field, words)


def _of_routes(key: str, label: object, field: str, words: str = "") -> tuple[str, Place]:
    return key, Place("routes", str(label), field, words)


def _of_rules(key: str, label: object) -> tuple[str, Place]:
    return key, Place("routes/rules", str(label), "rules")


def _of_folders(key: str, label: object, field: str, words: str) -> tuple[str, Place]:
    return key, Place("routes/folders", str(label), field, words)


def _of_failover(key: str, label: object, field: str) -> tuple[str, Place]:
    return key, Place("routes/failover", str(label), field)


_IN_SETTINGS = (
    _row("general", "Desktop.theme", QT_TRANSLATE_NOOP("Settings", "Colours"), "dark light theme"),
    _row("general", "Desktop.language", QT_TRANSLATE_NOOP("Settings", "Language"), "中文 Chinese"),
    _row("general", "Desktop.startHidden", QT_TRANSLATE_NOOP("Settings", "Start hidden"), "tray"),
    _row("general", "Desktop.onClose", QT_TRANSLATE_NOOP("Settings", "Closing the window")),
    _row("service", "PORT", QT_TRANSLATE_NOOP("Settings", "Port")),
    _row(
        "service",
        "HOST",
        QT_TRANSLATE_NOOP("Settings", "Reach from other devices"),
        "address network LAN",
    ),
    _row("service", "APIKEY", QT_TRANSLATE_NOOP("Settings", "Client key"), "password"),
    _row("service", "Desktop.serviceThread", QT_TRANSLATE_NOOP("Settings", "A thread of its own")),
    _row(
        "network", "PROXY_URL", QT_TRANSLATE_NOOP("Settings", "Network proxy"), "socks HTTPS_PROXY"
    ),
    _row("network", "CA_FILE", QT_TRANSLATE_NOOP("Settings", "Own certificates"), "TLS SSL PEM"),
    _row(
        "claude-code",
        "API_TIMEOUT_MS",
        QT_TRANSLATE_NOOP("Settings", "Patience of Claude Code"),
        "time-out timeout",
    ),
    _row("claude-code", "CLAUDE_PATH", QT_TRANSLATE_NOOP("Settings", "Claude Code program")),
    _row(
        "claude-code",
        "NON_INTERACTIVE_MODE",
        QT_TRANSLATE_NOOP("Settings", "Nobody at the keyboard"),
        "non-interactive CI",
    ),
    _row(
        "claude-code",
        "ANTHROPIC_SMALL_FAST_MODEL",
        QT_TRANSLATE_NOOP("Settings", "Model for small tasks"),
        "haiku",
    ),
    _row(
        "pictures",
        "forceUseImageAgent",
        QT_TRANSLATE_NOOP("Settings", "Image agent for new pictures"),
        "images vision",
    ),
    (
        "CUSTOM_ROUTER_PATH",
        Place(
            "settings/plugins",
            str(QT_TRANSLATE_NOOP("Settings", "Own router")),
            row_name("CUSTOM_ROUTER_PATH"),
            "script plugin python",
        ),
    ),
    (
        "transformers",
        Place(
            "settings/plugins",
            str(QT_TRANSLATE_NOOP("Settings", "Own compatibility fixes")),
            "add-plugin",
            "transformer plugin python",
        ),
    ),
    (
        "StatusLine",
        Place(
            "settings/status-line",
            str(QT_TRANSLATE_NOOP("Settings", "Status line")),
            "line-style",
        ),
    ),
    _row("logs", "LOG", QT_TRANSLATE_NOOP("Settings", "Write log files")),
    _row("logs", "LOG_LEVEL", QT_TRANSLATE_NOOP("Settings", "How much is logged"), "debug trace"),
    _row(
        "advanced",
        "REWRITE_SYSTEM_PROMPT",
        QT_TRANSLATE_NOOP("Settings", "Own system prompt"),
    ),
    _row(
        "advanced",
        "Router.thinkWhen",
        QT_TRANSLATE_NOOP("Settings", "Signs of much thinking"),
        "think effort ultrathink",
    ),
    _row("advanced", "OPENAI_API_KEY", QT_TRANSLATE_NOOP("Settings", "Key from older files")),
    _row("advanced", "OPENAI_BASE_URL", QT_TRANSLATE_NOOP("Settings", "Address from older files")),
    _row("advanced", "OPENAI_MODEL", QT_TRANSLATE_NOOP("Settings", "Model from older files")),
    _row("advanced", "plugins", QT_TRANSLATE_NOOP("Settings", "Plugins of claude-code-router")),
    _row("advanced", "Budgets", QT_TRANSLATE_NOOP("Settings", "Budgets"), "cost money limit"),
    _row("advanced", "Retention", QT_TRANSLATE_NOOP("Settings", "Records")),
    _row("advanced", "Router.custom", QT_TRANSLATE_NOOP("Settings", "Custom route")),
    (
        "Desktop",
        Place(
            "settings/general",
            str(QT_TRANSLATE_NOOP("Settings", "Settings of this app")),
            "settings-general",
        ),
    ),
)
_NOTIFICATIONS = (
    ("movedToBackup", QT_TRANSLATE_NOOP("Settings", "Moved to a backup")),
    ("backToNormal", QT_TRANSLATE_NOOP("Settings", "Back to normal")),
    ("providerPaused", QT_TRANSLATE_NOOP("Settings", "Provider paused")),
    ("noModelLeft", QT_TRANSLATE_NOOP("Settings", "No model left")),
    ("keyProblem", QT_TRANSLATE_NOOP("Settings", "Key problem")),
    ("balanceLow", QT_TRANSLATE_NOOP("Settings", "Balance or plan low")),
    ("budget", QT_TRANSLATE_NOOP("Settings", "Budget")),
    ("serviceStopped", QT_TRANSLATE_NOOP("Settings", "Router stopped")),
    ("agentUpdated", QT_TRANSLATE_NOOP("Settings", "Claude Code updated")),
    ("updateReady", QT_TRANSLATE_NOOP("Settings", "Update ready")),
    ("routeUsed", QT_TRANSLATE_NOOP("Settings", "Every request")),
)
_IN_NOTIFICATIONS = (
    (
        "Desktop.notifications",
        Place(
            "settings/notifications",
            str(QT_TRANSLATE_NOOP("Settings", "What you are told")),
            "notification-kinds",
        ),
    ),
    *(
        _row("notifications", f"Desktop.notifications.{kind}", name)
        for kind, name in _NOTIFICATIONS
    ),
    _row(
        "notifications",
        "Desktop.quietHours",
        QT_TRANSLATE_NOOP("Settings", "Quiet hours"),
        "night silence do not disturb",
    ),
)
_PROVIDERS = (
    ("Providers", Place("providers", str(QT_TRANSLATE_NOOP("Settings", "Providers")), "providers")),
    _of_provider("name", QT_TRANSLATE_NOOP("Settings", "Name of a provider"), "provider-name"),
    _of_provider("api_base_url", QT_TRANSLATE_NOOP("Settings", "Address of a provider"), "address"),
    _of_provider("api_key", QT_TRANSLATE_NOOP("Settings", "Key of a provider"), "key"),
    _of_provider("api_keys", QT_TRANSLATE_NOOP("Settings", "Extra keys of a provider"), "pool"),
    _of_provider("auth", QT_TRANSLATE_NOOP("Settings", "A server that wants no key"), "no-key"),
    _of_provider("models", QT_TRANSLATE_NOOP("Settings", "Models of a provider"), "models"),
    _of_provider("paused", QT_TRANSLATE_NOOP("Settings", "Pause a provider"), "providers", "off"),
    _of_provider(
        "transformer",
        QT_TRANSLATE_NOOP("Settings", "Compatibility fixes"),
        "fixes",
        "transformer use",
    ),
    _of_provider(
        "dialect", QT_TRANSLATE_NOOP("Settings", "Kind of service"), "dialect", "protocol"
    ),
    _of_provider("profile", QT_TRANSLATE_NOOP("Settings", "API behind the address"), "profile"),
    _of_provider("headers", QT_TRANSLATE_NOOP("Settings", "Headers of a provider"), "headers"),
    _of_provider("proxy_url", QT_TRANSLATE_NOOP("Settings", "Proxy of a provider"), "proxy"),
    _of_provider("timeout", QT_TRANSLATE_NOOP("Settings", "Time-outs of a provider"), "connect_s"),
    _of_provider(
        "timeout.connect_s",
        QT_TRANSLATE_NOOP("Settings", "Seconds until a connection stands"),
        "connect_s",
        "timeout",
    ),
    _of_provider(
        "timeout.first_byte_s",
        QT_TRANSLATE_NOOP("Settings", "Seconds until an answer begins"),
        "first_byte_s",
        "timeout",
    ),
    _of_provider(
        "timeout.idle_s",
        QT_TRANSLATE_NOOP("Settings", "Seconds between two pieces of an answer"),
        "idle_s",
        "timeout",
    ),
    _of_provider(
        "timeout.total_s",
        QT_TRANSLATE_NOOP("Settings", "Seconds for a whole answer"),
        "total_s",
        "timeout",
    ),
    _of_provider(
        "context_windows",
        QT_TRANSLATE_NOOP("Settings", "Memory size of models"),
        "windows",
        "context length tokens",
    ),
    _of_provider("prices", QT_TRANSLATE_NOOP("Settings", "Prices of models"), "prices", "cost"),
    _of_provider("tokenizer", QT_TRANSLATE_NOOP("Settings", "How tokens are counted"), "tokenizer"),
)
_ROUTES = (
    _of_routes("Router", QT_TRANSLATE_NOOP("Settings", "Which model does which work"), "kinds"),
    _of_routes("Router.default", QT_TRANSLATE_NOOP("Settings", "Main work"), "kind-default"),
    _of_routes(
        "Router.background",
        QT_TRANSLATE_NOOP("Settings", "Small background jobs"),
        "kind-background",
        "haiku",
    ),
    _of_routes(
        "Router.think", QT_TRANSLATE_NOOP("Settings", "Thinking and planning"), "kind-think"
    ),
    _of_routes(
        "Router.longContext",
        QT_TRANSLATE_NOOP("Settings", "Long conversations"),
        "kind-longContext",
    ),
    _of_routes(
        "Router.longContextThreshold",
        QT_TRANSLATE_NOOP("Settings", "From where a conversation is long"),
        "threshold",
        "tokens",
    ),
    _of_routes("Router.webSearch", QT_TRANSLATE_NOOP("Settings", "Web search"), "kind-webSearch"),
    _of_routes("Router.image", QT_TRANSLATE_NOOP("Settings", "Pictures"), "kind-image", "images"),
    _of_routes("Router.subagent", QT_TRANSLATE_NOOP("Settings", "Helper agents"), "kind-subagent"),
    _of_routes(
        "Router.models",
        QT_TRANSLATE_NOOP("Settings", "Models by Claude's model names"),
        "kinds",
        "opus sonnet fable",
    ),
    _of_routes("Router.agents", QT_TRANSLATE_NOOP("Settings", "Helper agents by name"), "agents"),
    _of_rules("Router.rules", QT_TRANSLATE_NOOP("Settings", "Own rules")),
    _of_rules("Router.rules[].name", QT_TRANSLATE_NOOP("Settings", "Name of a rule")),
    _of_rules("Router.rules[].when", QT_TRANSLATE_NOOP("Settings", "Conditions of a rule")),
    _of_rules("Router.rules[].route", QT_TRANSLATE_NOOP("Settings", "Model of a rule")),
    _of_rules("Router.rules[].only", QT_TRANSLATE_NOOP("Settings", "Providers a rule allows")),
    _of_rules("Router.rules[].never", QT_TRANSLATE_NOOP("Settings", "Providers a rule forbids")),
    _of_rules("Router.rules[].block", QT_TRANSLATE_NOOP("Settings", "Refusal of a rule")),
    _of_rules("Router.rules[].set", QT_TRANSLATE_NOOP("Settings", "Fields a rule changes")),
    _of_rules("Router.rules[].use", QT_TRANSLATE_NOOP("Settings", "Compatibility fixes of a rule")),
    _of_rules("Router.rules[].enabled", QT_TRANSLATE_NOOP("Settings", "Switch of a rule")),
    _of_failover("Failover", QT_TRANSLATE_NOOP("Settings", "Backup behaviour"), "failover"),
    _of_failover(
        "Failover.tries",
        QT_TRANSLATE_NOOP("Settings", "How often one model is asked"),
        row_name("Failover.tries"),
    ),
    _of_failover(
        "Failover.longestWait",
        QT_TRANSLATE_NOOP("Settings", "Longest wait"),
        row_name("Failover.longestWait"),
    ),
    _of_failover(
        "Failover.when", QT_TRANSLATE_NOOP("Settings", "Which failures count"), "failure-connection"
    ),
    _of_failover(
        "Failover.pauseAfter",
        QT_TRANSLATE_NOOP("Settings", "Leave a provider alone that keeps failing"),
        "failover-pausing",
    ),
    _of_failover(
        "Failover.pauseFor",
        QT_TRANSLATE_NOOP("Settings", "How long a provider is left alone"),
        "failover-pausing",
    ),
    _of_folders(
        "projects",
        QT_TRANSLATE_NOOP("Settings", "Projects with routes of their own"),
        "folders",
        "folder route set",
    ),
    _of_routes("fallback", QT_TRANSLATE_NOOP("Settings", "Backup models"), "kinds"),
    _of_routes("routeSets", QT_TRANSLATE_NOOP("Settings", "Route sets"), "new-set"),
    _of_routes("routeSet", QT_TRANSLATE_NOOP("Settings", "Route set in use"), "new-set"),
    _of_routes(
        "Desktop.favourites",
        QT_TRANSLATE_NOOP("Settings", "Quick choices of the tray"),
        "favourites",
    ),
)
_ON_LAUNCH = (
    (
        "Desktop.terminal",
        Place("launch", str(QT_TRANSLATE_NOOP("Settings", "Terminal")), "terminal"),
    ),
)
PLACES: dict[str, Place] = dict(
    (*_IN_SETTINGS, *_IN_NOTIFICATIONS, *_PROVIDERS, *_ROUTES, *_ON_LAUNCH)
)
OTHERS: dict[str, Place] = dict(
    (
        _row(
            "general",
            "start-at-login",
            QT_TRANSLATE_NOOP("Settings", "Start at login"),
            "autostart",
        ),
        _row("keys", "key-store", QT_TRANSLATE_NOOP("Settings", "Where keys are kept"), "keyring"),
        _row("logs", "log-files", QT_TRANSLATE_NOOP("Settings", "Log files"), "folder size"),
        _row("files", "config-file", QT_TRANSLATE_NOOP("Settings", "Settings file"), "config.json"),
        (
            "versions",
            Place(
                "settings/history",
                str(QT_TRANSLATE_NOOP("Settings", "Earlier versions")),
                "states",
                "restore undo compare",
            ),
        ),
        (
            "text",
            Place(
                "settings/text",
                str(QT_TRANSLATE_NOOP("Settings", "Text of the settings file")),
                "settings-file-text",
                "JSON5 raw editor",
            ),
        ),
        (
            "import",
            Place(
                "settings/transfer",
                str(QT_TRANSLATE_NOOP("Settings", "Import and export")),
                "import-text",
                "backup preset link cc-switch",
            ),
        ),
        _row("files", "reports", QT_TRANSLATE_NOOP("Settings", "Reports of failures"), "crash"),
        _in_transfer(
            "import", QT_TRANSLATE_NOOP("Settings", "Import"), "import-text", "link CC Switch"
        ),
        _in_transfer(
            "export", QT_TRANSLATE_NOOP("Settings", "Export"), "export", "backup share move"
        ),
        _in_transfer("presets", QT_TRANSLATE_NOOP("Settings", "Presets"), "preset-address", "team"),
        _row("advanced", "unknown-keys", QT_TRANSLATE_NOOP("Settings", "What is not known here")),
    )
)
ALL_PLACES = {**PLACES, **OTHERS}

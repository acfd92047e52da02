"""Where the settings of providers and routes are: on the pages of their own."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ccr_desktop.desktop.place import Place, row_name


def _of_provider(key: str, label: object, field: str, words: str = "") -> tuple[str, Place]:
    return f"Providers[].{key}", Place("providers", str(label), field, words)


def _of_routes(key: str, label: object, field: str, words: str = "") -> tuple[str, Place]:
    return key, Place("routes", str(label), field, words)


def _of_rules(key: str, label: object, words: str = "") -> tuple[str, Place]:
    return key, Place("routes/rules", str(label), "rules", words)


def _of_folders(key: str, label: object, field: str, words: str) -> tuple[str, Place]:
    return key, Place("routes/folders", str(label), field, words)


def _of_failover(key: str, label: object, field: str, words: str = "") -> tuple[str, Place]:
    return key, Place("routes/failover", str(label), field, words)


OF_PROVIDERS = (
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
    _of_provider(
        "timeout", QT_TRANSLATE_NOOP("Settings", "Time-outs of a provider"), "connect_s", "超时"
    ),
    _of_provider(
        "timeout.connect_s",
        QT_TRANSLATE_NOOP("Settings", "Seconds until a connection stands"),
        "connect_s",
        "timeout 超时",
    ),
    _of_provider(
        "timeout.first_byte_s",
        QT_TRANSLATE_NOOP("Settings", "Seconds until an answer begins"),
        "first_byte_s",
        "timeout 超时",
    ),
    _of_provider(
        "timeout.idle_s",
        QT_TRANSLATE_NOOP("Settings", "Seconds of silence within an answer"),
        "idle_s",
        "timeout 超时",
    ),
    _of_provider(
        "timeout.total_s",
        QT_TRANSLATE_NOOP("Settings", "Seconds for a whole answer"),
        "total_s",
        "timeout 超时",
    ),
    _of_provider(
        "context_windows",
        QT_TRANSLATE_NOOP("Settings", "Memory size of models"),
        "windows",
        "context length tokens 上下文",
    ),
    _of_provider("prices", QT_TRANSLATE_NOOP("Settings", "Prices of models"), "prices", "cost"),
    _of_provider("tokenizer", QT_TRANSLATE_NOOP("Settings", "How tokens are counted"), "tokenizer"),
)
OF_ROUTES = (
    _of_routes("Router", QT_TRANSLATE_NOOP("Settings", "Which model does which work"), "kinds"),
    _of_routes("Router.default", QT_TRANSLATE_NOOP("Settings", "Main work"), "kind-default"),
    _of_routes(
        "Router.background",
        QT_TRANSLATE_NOOP("Settings", "Background jobs"),
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
        "长上下文",
    ),
    _of_routes(
        "Router.longContextThreshold",
        QT_TRANSLATE_NOOP("Settings", "From where a conversation is long"),
        "threshold",
        "tokens",
    ),
    _of_routes("Router.webSearch", QT_TRANSLATE_NOOP("Settings", "Web search"), "kind-webSearch"),
    _of_routes("Router.image", QT_TRANSLATE_NOOP("Settings", "Pictures"), "kind-image", "images"),
    _of_routes(
        "Router.subagent", QT_TRANSLATE_NOOP("Settings", "Helper agents"), "kind-subagent", "子代理"
    ),
    _of_routes(
        "Router.models",
        QT_TRANSLATE_NOOP("Settings", "Models by Claude's model names"),
        "kinds",
        "opus sonnet fable",
    ),
    _of_routes(
        "Router.agents", QT_TRANSLATE_NOOP("Settings", "Helper agents by name"), "agents", "子代理"
    ),
    _of_rules("Router.rules", QT_TRANSLATE_NOOP("Settings", "Own rules")),
    _of_rules("Router.rules[].name", QT_TRANSLATE_NOOP("Settings", "Name of a rule")),
    _of_rules(
        "Router.rules[].when",
        QT_TRANSLATE_NOOP("Settings", "Conditions of a rule"),
        "schedule time of day folder header 定时",
    ),
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
        "retry retries tries again 重试",
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
        "folder route set never send forbid private 隐私 禁止",
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

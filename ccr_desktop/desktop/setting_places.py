"""Where each setting is in the window: one table, for the search and for the rows themselves.

`setting_places.PLACES` names for every declared setting its page, the section in Settings, what it
is called there, and the widget that changes it. A test compares it with the declarations and with
the window. `OTHERS` are things to look for that are no declared settings.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ccr_desktop.core.config.settings import BY_KEY
from ccr_desktop.desktop.core_words import help_words
from ccr_desktop.desktop.page_places import OF_PROVIDERS, OF_ROUTES
from ccr_desktop.desktop.place import Place, row_name

__all__ = [
    "ALL_PLACES",
    "OTHERS",
    "PLACES",
    "Place",
    "help_of",
    "nearest_key",
    "nearest_title",
    "row_name",
    "title_of",
]

_LAST_STEP = re.compile(r"(?:\.[^.\[]*|\[\d*\])$")


def title_of(key: str) -> str:
    """What a setting is called on the screen."""
    return ALL_PLACES[key].title


def nearest_key(key: str) -> str:
    """The setting itself, or the nearest one around it; empty within nothing known."""
    while key and key not in ALL_PLACES:
        shorter = _LAST_STEP.sub("", key)
        key = shorter if shorter != key else ""
    return key


def nearest_title(key: str) -> str:
    """What the setting, or the nearest one around it, is called; empty within nothing known."""
    nearest = nearest_key(key)
    is_around_all = nearest in {"", "Providers", "Router"} and nearest != key
    return "" if is_around_all else title_of(nearest)


def help_of(key: str) -> str:
    """What a setting means, from its one declaration; empty for what is none."""
    setting = BY_KEY.get(key)
    return help_words(setting.help) if setting else ""


def _row(section: str, key: str, label: object, words: str = "") -> tuple[str, Place]:
    return key, Place(f"settings/{section}", str(label), row_name(key), words)


def _in_transfer(key: str, label: object, field: str, words: str) -> tuple[str, Place]:
    return key, Place("settings/transfer", str(label), field, words)


def _in_help(key: str, label: object, field: str, words: str) -> tuple[str, Place]:
    return key, Place("help", str(label), field, words)


_IN_SETTINGS = (
    _row(
        "general",
        "Desktop.theme",
        QT_TRANSLATE_NOOP("Settings", "Colours"),
        "dark light mode theme 深色 浅色 暗色 主题 外观",
    ),
    _row(
        "general",
        "Desktop.language",
        QT_TRANSLATE_NOOP("Settings", "Language"),
        "中文 Chinese locale 简体",
    ),
    _row("general", "Desktop.startHidden", QT_TRANSLATE_NOOP("Settings", "Start hidden"), "tray"),
    _row(
        "general",
        "Desktop.onClose",
        QT_TRANSLATE_NOOP("Settings", "Closing the window"),
        "quit exit background 退出 后台",
    ),
    _row(
        "general",
        "Desktop.updates",
        QT_TRANSLATE_NOOP("Settings", "New versions"),
        "update upgrade release 更新 升级",
    ),
    _row(
        "advanced",
        "Desktop.updateSource",
        QT_TRANSLATE_NOOP("Settings", "Where new versions are"),
        "update feed mirror company",
    ),
    _row("service", "PORT", QT_TRANSLATE_NOOP("Settings", "Port")),
    _row(
        "service",
        "HOST",
        QT_TRANSLATE_NOOP("Settings", "Reach from other devices"),
        "address network LAN firewall 局域网 地址 防火墙",
    ),
    _row("service", "APIKEY", QT_TRANSLATE_NOOP("Settings", "Client key"), "password 密码"),
    _row(
        "service",
        "ClientKeys",
        QT_TRANSLATE_NOOP("Settings", "Keys of single devices"),
        "password expiry revoke laptop phone 密码 设备 有效期",
    ),
    _row("service", "Desktop.serviceThread", QT_TRANSLATE_NOOP("Settings", "A thread of its own")),
    _row(
        "network", "PROXY_URL", QT_TRANSLATE_NOOP("Settings", "Network proxy"), "socks HTTPS_PROXY"
    ),
    _row("network", "CA_FILE", QT_TRANSLATE_NOOP("Settings", "Own certificates"), "TLS SSL PEM"),
    _row(
        "claude-code",
        "API_TIMEOUT_MS",
        QT_TRANSLATE_NOOP("Settings", "Patience of Claude Code"),
        "time-out timeout 超时",
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
        "images vision 图像 视觉",
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
        "night silence mute do not disturb 免打扰 勿扰 静音 夜间",
    ),
)
_ON_LAUNCH = (
    (
        "Desktop.terminal",
        Place("launch", str(QT_TRANSLATE_NOOP("Settings", "Terminal")), "terminal"),
    ),
)
PLACES: dict[str, Place] = dict(
    (*_IN_SETTINGS, *_IN_NOTIFICATIONS, *OF_PROVIDERS, *OF_ROUTES, *_ON_LAUNCH)
)
OTHERS: dict[str, Place] = dict(
    (
        _row(
            "general",
            "start-at-login",
            QT_TRANSLATE_NOOP("Settings", "Start at login"),
            "autostart startup boot 开机 自启 自动启动",
        ),
        _row(
            "general",
            "last-check",
            QT_TRANSLATE_NOOP("Settings", "Newest version"),
            "update upgrade check now",
        ),
        _row("keys", "key-store", QT_TRANSLATE_NOOP("Settings", "Where keys are kept"), "keyring"),
        _row(
            "logs", "log-files", QT_TRANSLATE_NOOP("Settings", "Log files"), "folder size privacy"
        ),
        _row("files", "config-file", QT_TRANSLATE_NOOP("Settings", "Settings file"), "config.json"),
        (
            "versions",
            Place(
                "settings/history",
                str(QT_TRANSLATE_NOOP("Settings", "Earlier versions")),
                "states",
                "history restore undo compare 历史 恢复 撤销 比较",
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
        _row("files", "reports", QT_TRANSLATE_NOOP("Settings", "Reports of failures"), "crash"),
        _in_transfer(
            "import", QT_TRANSLATE_NOOP("Settings", "Import"), "import-text", "link CC Switch"
        ),
        _in_transfer(
            "export",
            QT_TRANSLATE_NOOP("Settings", "Export"),
            "export",
            "backup share move passphrase",
        ),
        _in_transfer("presets", QT_TRANSLATE_NOOP("Settings", "Presets"), "preset-address", "team"),
        _in_help(
            "check-everything",
            QT_TRANSLATE_NOOP("Settings", "Check everything"),
            "checks",
            "doctor diagnose test firewall problem 诊断 检测 防火墙",
        ),
        _in_help(
            "support-file",
            QT_TRANSLATE_NOOP("Settings", "Make a support file"),
            "support",
            "report problem bug",
        ),
        _in_help(
            "shortcuts",
            QT_TRANSLATE_NOOP("Settings", "Keyboard shortcuts"),
            "keys",
            "keys hotkeys",
        ),
        _row("advanced", "unknown-keys", QT_TRANSLATE_NOOP("Settings", "What is not known here")),
    )
)
ALL_PLACES = {**PLACES, **OTHERS}

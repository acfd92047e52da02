"""What is wrong in `StatusLine`. Nothing of it stops the router; everything is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.fields import shown
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.spelling import did_you_mean, note_unknown_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.config.user_files import UserFiles

STYLES = ("default", "powerline", "simple", "full")
TYPES = (
    *("workDir", "gitBranch", "model", "usage", "speed", "context", "cost", "duration", "lines"),
    *("route", "provider", "script"),
)
PLACEHOLDERS = (
    *("workDirName", "workDir", "gitBranch", "model", "route", "provider", "scenario"),
    *("inputTokens", "outputTokens", "totalInputTokens", "totalOutputTokens"),
    *("contextPercent", "contextUsed", "contextWindowSize"),
    *("tokenSpeed", "isStreaming", "streamingIndicator", "timeToFirstToken"),
    *("cost", "duration", "linesAdded", "linesRemoved", "netLines", "version", "sessionId"),
)
COLORS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
OTHER_COLORS = ("gray", "grey", "orange", "purple", "bright_orange", "bright_purple")
LINE_KEYS = ("enabled", "currentStyle", "fontFamily")
"""The members of `StatusLine` beside its styles."""
STYLE_KEYS = ("modules",)
MODULE_KEYS = ("type", "icon", "text", "color", "background", "scriptPath", "options")
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}")


def check_status_line(line: Mapping[str, Any], files: UserFiles) -> None:
    """Note every mistake that would leave something out of the line."""
    issues = files.issues
    style = line.get("currentStyle") or "default"
    if not isinstance(style, str) or (style not in line and style not in STYLES):
        hint = f"Name a group of StatusLine, or one of {', '.join(STYLES)}."
        issue = Issue(
            "StatusLine.currentStyle", f"there is no style {shown(style)}.", hint, "warning"
        )
        issues.append(issue)
    for key, group in line.items():
        where = f"StatusLine.{key}"
        if key in LINE_KEYS:
            if key == "enabled" and not isinstance(group, bool | None):
                hint = "Allowed is true or false."
                issues.append(Issue(where, f"found {shown(group)}.", hint, "warning"))
            continue
        modules = group.get("modules") if isinstance(group, dict) else None
        if not isinstance(modules, list):
            hint = 'A style is {"modules": [{"type": "model"}, …]}.'
            issues.append(Issue(where, f"found {shown(group)}.", hint, "warning"))
            continue
        for index, module in enumerate(modules):
            _check_module(module, f"{where}.modules[{index}]", files)


def is_color(text: str) -> bool:
    """Whether the status line knows this colour."""
    name = text.strip().lower().removeprefix("bg_").replace("-", "_")
    plain = name.removeprefix("bright_")
    return plain in COLORS or name in OTHER_COLORS or _HEX.fullmatch(name) is not None


def _check_module(module: Any, where: str, files: UserFiles) -> None:
    if not isinstance(module, dict):
        hint = 'A module is {"type": "model", "text": "{{model}}"}.'
        files.issues.append(Issue(where, f"found {shown(module)}.", hint, "warning"))
        return
    note_unknown_keys(module, MODULE_KEYS, where, files.issues)
    for key in ("type", "icon", "text", "color", "background", "scriptPath"):
        if key in module and not isinstance(module[key], str):
            issue = Issue(
                f"{where}.{key}", f"found {shown(module[key])}.", "Text is allowed.", "warning"
            )
            files.issues.append(issue)
            return
    _check_words(module, where, files)


def _check_words(module: Mapping[str, str], where: str, files: UserFiles) -> None:
    issues = files.issues
    kind, text = module.get("type", ""), module.get("text", "")
    if kind not in TYPES and not text:
        hint = f"{did_you_mean(kind, TYPES)}Without a text it shows nothing."
        issues.append(Issue(f"{where}.type", f"there is no type {kind!r}.", hint, "warning"))
    for key in ("color", "background"):
        if (color := module.get(key)) and not is_color(color):
            hint = "A name (red, bright_blue, bg_cyan) or #rrggbb is allowed."
            issue = Issue(f"{where}.{key}", f"there is no colour {color!r}.", hint, "warning")
            issues.append(issue)
    for name in PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            hint = f"{did_you_mean(name, PLACEHOLDERS)}It is replaced by nothing."
            problem = f"there is no placeholder {{{{{name}}}}}."
            issues.append(Issue(f"{where}.text", problem, hint, "warning"))
    if kind == "script":
        if path := module.get("scriptPath", "").strip():
            files.script(path, f"{where}.scriptPath")
        else:
            hint = "Give the path of a Python file or a program."
            issues.append(Issue(f"{where}.scriptPath", "is missing.", hint, "warning"))

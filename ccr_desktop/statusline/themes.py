"""The modules that are drawn when the configuration names none, and the text of each type."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    Module = dict[str, str]

_FOLDER, _BRANCH, _ROBOT = "\U000f024b", "\ue725", "\U000f06a9"  # icons of Nerd Fonts

TEXTS = {
    "workDir": "{{workDirName}}",
    "gitBranch": "{{gitBranch}}",
    "model": "{{model}}",
    "usage": "↑{{inputTokens}} ↓{{outputTokens}}",
    "speed": "{{tokenSpeed}} t/s {{streamingIndicator}}",
    "context": "{{contextPercent}}% of {{contextWindowSize}}",
    "cost": "{{cost}}",
    "duration": "{{duration}}",
    "lines": "+{{linesAdded}} -{{linesRemoved}}",
    "route": "{{route}}",
    "provider": "{{provider}}",
}

_DEFAULT: list[Module] = [
    {"type": "workDir", "icon": _FOLDER, "color": "bright_blue"},
    {"type": "gitBranch", "icon": _BRANCH, "color": "bright_magenta"},
    {"type": "model", "icon": _ROBOT, "color": "bright_cyan"},
    {"type": "usage", "icon": "↑", "text": "{{inputTokens}}", "color": "bright_green"},
    {"type": "usage", "icon": "↓", "text": "{{outputTokens}}", "color": "bright_yellow"},
]
BACKGROUNDS = (
    *("bg_bright_blue", "bg_bright_magenta", "bg_bright_cyan"),
    *("bg_bright_green", "bg_bright_yellow"),
)
INK = "black"  # to be read on each of them
_POWERLINE: list[Module] = [
    {**module, "color": INK, "background": behind}
    for module, behind in zip(_DEFAULT, BACKGROUNDS, strict=True)
]
_SIMPLE: list[Module] = [
    module if module["icon"] in {"↑", "↓"} else {**module, "icon": ""} for module in _DEFAULT
]
_FULL: list[Module] = [
    *_DEFAULT,
    {"type": "context", "icon": "◔", "color": "bright_white"},
    {"type": "speed", "icon": "⚡", "color": "bright_green"},
    {"type": "cost", "color": "bright_magenta"},
    {"type": "duration", "color": "bright_white"},
    {"type": "lines", "color": "bright_blue"},
]
_THEMES = {"default": _DEFAULT, "powerline": _POWERLINE, "simple": _SIMPLE, "full": _FULL}


def theme(style: str, environment: Mapping[str, str]) -> list[Module]:
    """The built-in modules of a style; without icons where the terminal has no font for them."""
    wants_simple = environment.get("USE_SIMPLE_ICONS", "").lower() == "true"
    is_simple = wants_simple or environment.get("TERM") in {"dumb", "unknown"}
    if is_simple and style in {"default", "simple"}:
        return _SIMPLE
    return _THEMES.get(style, _DEFAULT)

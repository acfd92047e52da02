"""The parts of the status line in words: types, placeholders, colours, styles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.status_line import COLORS, OTHER_COLORS


def styles() -> dict[str, str]:
    """The built-in ones; a group of the user's own is called by its name."""
    return {
        "default": _tr("Usual"),
        "powerline": _tr("Powerline"),
        "simple": _tr("Simple"),
        "full": _tr("Full"),
    }


def about_style(style: str) -> str:
    known = {
        "default": _tr("Coloured texts with icons."),
        "powerline": _tr("On coloured backgrounds that arrows join. Needs a Nerd Font."),
        "simple": _tr("Without icons, for any font."),
        "full": _tr("Also memory, speed, cost, time and lines."),
    }
    return known.get(style) or _tr("A group of your own.")


def types() -> dict[str, str]:
    return {
        "workDir": _tr("Folder"),
        "gitBranch": _tr("Branch"),
        "model": _tr("Model that answered"),
        "route": _tr("Provider and model"),
        "provider": _tr("Provider"),
        "usage": _tr("Tokens of the last answer"),
        "context": _tr("Memory in use"),
        "speed": _tr("Speed"),
        "cost": _tr("Cost"),
        "duration": _tr("Time of the session"),
        "lines": _tr("Lines changed"),
        "script": _tr("Text of a script"),
    }


def type_word(kind: str) -> str:
    return types().get(kind) or kind or _tr("Text")


def placeholders() -> dict[str, str]:
    return {
        "workDirName": _tr("Name of the folder"),
        "workDir": _tr("Path of the folder"),
        "gitBranch": _tr("Branch, or the first digits of the commit"),
        "model": _tr("Model that answered last"),
        "route": _tr("Provider and model of the last request"),
        "provider": _tr("Provider of the last request"),
        "scenario": _tr("Kind of work of the last request"),
        "inputTokens": _tr("Tokens sent for the last answer"),
        "outputTokens": _tr("Tokens of the last answer"),
        "totalInputTokens": _tr("Tokens sent in the session"),
        "totalOutputTokens": _tr("Tokens of all answers of the session"),
        "contextPercent": _tr("How full the model's memory is, in percent"),
        "contextUsed": _tr("Tokens of the last prompt, with cached ones"),
        "contextWindowSize": _tr("Memory size of the model that answers"),
        "tokenSpeed": _tr("Tokens a second, while that is news"),
        "timeToFirstToken": _tr("How long the first word took"),
        "isStreaming": _tr("The word “streaming” while an answer comes"),
        "streamingIndicator": _tr("A sign while an answer comes"),
        "cost": _tr("Cost of the session, as Claude Code estimates it"),
        "duration": _tr("Length of the session"),
        "linesAdded": _tr("Lines added"),
        "linesRemoved": _tr("Lines removed"),
        "netLines": _tr("Lines added less lines removed"),
        "version": _tr("Version of Claude Code"),
        "sessionId": _tr("First eight characters of the session"),
    }


def colors() -> list[str]:
    """The names that a terminal's colours have."""
    bright = [f"bright_{name}" for name in COLORS]
    return [*COLORS, *bright, *(name for name in OTHER_COLORS if name != "grey")]


def color_word(name: str) -> str:
    """A colour as it is spoken of; one that is given by a number stays as it is."""
    return color_words([name])[0]


def color_words(names: Iterable[str]) -> list[str]:
    known = _known_colors()
    return [_color_word(name, known) for name in names]


def _color_word(name: str, known: Mapping[str, str]) -> str:
    plain = name.strip().removeprefix("bg_")
    is_bright = plain.startswith("bright_")
    base = plain.removeprefix("bright_")
    word = known.get(base, base.replace("_", " "))
    return _tr("bright {color}").format(color=word) if is_bright else word


def _known_colors() -> dict[str, str]:
    return {
        "black": _tr("black"),
        "red": _tr("red"),
        "green": _tr("green"),
        "yellow": _tr("yellow"),
        "blue": _tr("blue"),
        "magenta": _tr("magenta"),
        "cyan": _tr("cyan"),
        "white": _tr("white"),
        "gray": _tr("gray"),
        "orange": _tr("orange"),
        "purple": _tr("purple"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("StatusLine", text)

"""The kinds of work in plain words, and by the names that Claude Code's models have."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.schema import SCENARIOS

CLAUDE_NAMES = ("opus", "sonnet", "fable")
"""Parts of the names of Claude's models; Haiku's work is that of `background`."""
ORDER = SCENARIOS
"""In which the rows stand: the main work first, as all others fall back on it."""


def kind_title(scenario: str) -> str:
    def words(text: str) -> str:
        return QCoreApplication.translate("Routes", text)

    match scenario:
        case "default":
            return words("Main work")
        case "background":
            return words("Background jobs")
        case "think":
            return words("Thinking and planning")
        case "longContext":
            return words("Long conversations")
        case "webSearch":
            return words("Web search")
        case "image":
            return words("Pictures")
        case "subagent":
            return words("Helper agents")
        case _:
            return scenario


def claude_title(scenario: str) -> str:
    """Which of Claude's models Claude Code asks for where this kind of work is done."""

    def words(text: str) -> str:
        return QCoreApplication.translate("Routes", text)

    match scenario:
        case "default":
            return words("Any other model")
        case "background":
            return words("Haiku")
        case "think":
            return words("Opus or Sonnet, thinking hard")
        case "longContext":
            return words("Any model, long conversation")
        case "webSearch":
            return words("Any model, web search")
        case "image":
            return words("Any model, pictures")
        case "subagent":
            return words("Any model, helper agents")
        case _:
            return scenario


def kind_about(scenario: str) -> str:
    def words(text: str) -> str:
        return QCoreApplication.translate("Routes", text)

    match scenario:
        case "default":
            return words("Answers whatever no other row takes.")
        case "background":
            return words("Titles, summaries and other housekeeping.")
        case "think":
            return words("Plan mode, “ultrathink”, and high effort.")
        case "longContext":
            return words("When a conversation has grown.")
        case "webSearch":
            return words("Needs a model that can search.")
        case "image":
            return words("Needs a model that sees pictures.")
        case "subagent":
            return words("Agents that Claude Code starts for parts of the work.")
        case _:
            return ""


def model_title(part: str) -> str:
    """*part* of a name as Claude's models are called: `opus` is Opus."""
    return part.capitalize() if part.casefold() in CLAUDE_NAMES else part


def model_about(part: str) -> str:
    text = QCoreApplication.translate("Routes", "When Claude Code asks for {name}.")
    return text.format(name=model_title(part))


def last_title(scenario: str) -> str:
    """The row of what is asked last for a kind of work; that of the main work is for all."""
    if scenario == "default":
        return QCoreApplication.translate("Routes", "Last of all")
    text = QCoreApplication.translate("Routes", "Last: {kind}")
    return text.format(kind=kind_title(scenario))


def last_about(scenario: str) -> str:
    if scenario == "default":
        return QCoreApplication.translate(
            "Routes", "Backup models for all work, behind those of its own row."
        )
    return QCoreApplication.translate("Routes", "In place of those for all work.")

"""The kinds of work, and what decides between them, in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_tr = QCoreApplication.translate


def work_words(scenario: str) -> str:
    """A kind of work as a heading: `longContext` -> Long conversations."""
    known = {
        "": _tr("Work", "Not decided"),
        "default": _tr("Work", "Main work"),
        "background": _tr("Work", "Background jobs"),
        "think": _tr("Work", "Thinking"),
        "longContext": _tr("Work", "Long conversations"),
        "webSearch": _tr("Work", "Web search"),
        "image": _tr("Work", "Pictures"),
        "subagent": _tr("Work", "Helper agents"),
        "explicit": _tr("Work", "Chosen by name"),
        "custom": _tr("Work", "Own router"),
        "rule": _tr("Work", "Own rule"),
    }
    return known.get(scenario, scenario)


def rule_words(rule: str) -> str:
    """A step of a decision, by the name that the trace has for it."""
    kind, _, name = rule.partition(":")
    if kind == "rule" and name:
        return _tr("Work", "Rule “{name}”").format(name=name)
    known = {
        "paused": _tr("Work", "Pause of the routing"),
        "custom": _tr("Work", "Own router"),
        "subagentTag": _tr("Work", "Model named by a helper agent"),
        "agent": _tr("Work", "Helper agent by name"),
        "project": _tr("Work", "Settings of the project"),
        "session": _tr("Work", "Settings of the session"),
        "switchedOff": _tr("Work", "Switched off"),
        "contextWindow": _tr("Work", "Memory size"),
        "imageAgent": _tr("Work", "Pictures"),
    }
    return known.get(kind) or work_words(kind)

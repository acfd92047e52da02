"""The settings as tables for the documentation."""

from __future__ import annotations

from typing import Any

from ccr_desktop.core.config.conditions import CONDITIONS
from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.config.setting import Setting
from ccr_desktop.core.config.settings import SETTINGS


def reference_table(parent: str = "") -> str:
    """The settings of an object, or those below it, as a table for the documentation."""
    lines = ["| Key | Value | Default | Meaning | Example |", "| --- | --- | --- | --- | --- |"]
    prefix = f"{parent}." if parent else ""
    for setting in SETTINGS:
        is_top = "." not in setting.key
        if (is_top and not parent) or (parent and setting.key.startswith(prefix)):
            lines.append(_row(setting, setting.key[len(prefix) :]))
    return "\n".join(lines) + "\n"


def _row(setting: Setting, name: str) -> str:
    value = setting.kind.value.replace("|", "\\|")
    if setting.choices:
        value = ", ".join(f"`{choice}`" for choice in setting.choices)
    if setting.unit:
        value += f" ({setting.unit})"
    text = setting.help
    if setting.synonyms:
        text += f" Also spelled {', '.join(f'`{name}`' for name in setting.synonyms)}."
    if setting.is_idle:
        text += " *Without effect so far.*"
    default = "" if setting.default in (None, "", [], {}) else f"`{_json(setting.default)}`"
    example = f"`{setting.example}`" if setting.example else ""
    return f"| `{name}` | {value} | {default} | {text} | {example} |"


def _json(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return f"[{', '.join(_json(item) for item in value)}]"
        case float():
            return f"{value:g}"
        case _:
            return f'"{value}"' if isinstance(value, str) else str(value)


def conditions_table() -> str:
    """The conditions of own rules."""
    lines = ["| Condition | Holds when | Value | Example |", "| --- | --- | --- | --- |"]
    for condition in CONDITIONS:
        value = condition.values.value
        lines.append(f"| `{condition.name}` | {condition.help} | {value} | `{condition.example}` |")
    return "\n".join(lines) + "\n"


def transformers_table() -> str:
    """The built-in transformers."""
    lines = ["| Name | Does | Options | In a chain |", "| --- | --- | --- | --- |"]
    for known in KNOWN_TRANSFORMERS.values():
        options = "<br>".join(_option(option) for option in known.options)
        options = "any: they go to the provider" if known.takes_any else options
        lines.append(f"| `{known.name}` | {known.help} | {options} | `{known.example}` |")
    return "\n".join(lines) + "\n"


def _option(option: Setting) -> str:
    text = f"`{option.key}`: {option.kind.value}"
    if option.unit:
        text += f" ({option.unit})"
    if option.default is not None:
        text += f", `{_json(option.default)}` if not given"
    return f"{text}. {option.help}".rstrip() if option.help else text

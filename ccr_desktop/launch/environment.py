"""The environment that leads Claude Code to the router, and what else could lead it elsewhere."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.regular_files import read_regular
from ccr_desktop.core.server.port import address, client_host
from ccr_desktop.own_program import LIBRARY_PATHS, is_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccr_desktop.core.config.schema import Config

DUMMY_TOKEN = "ccr-desktop"  # noqa: S105  # Claude Code wants some token; the router wants none
REMOVED = ("ANTHROPIC_API_KEY", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX")
OTHER_CLOUDS = (
    "CLAUDE_CODE_USE_BEDROCK",
    "CLAUDE_CODE_USE_VERTEX",
    "CLAUDE_CODE_USE_FOUNDRY",
)
"""Switches that lead Claude Code past any address."""
KEYS = ("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY")
DECISIVE = ("ANTHROPIC_BASE_URL", *KEYS, *OTHER_CLOUDS)
KEY_HELPER = "apiKeyHelper"
_OFF = ("", "0", "false", "no", "off")
_MANAGED = {
    "darwin": Path("/Library/Application Support/ClaudeCode"),
    "win32": Path("C:/Program Files/ClaudeCode"),
}
_UNATTENDED = {"CI": "true", "FORCE_COLOR": "0", "NODE_NO_READLINE": "1", "TERM": "dumb"}
_OF_A_BUNDLE = ("_PYI_", "_MEIPASS", "QT_", "QML", "PYTHON")


def claude_environment(config: Config, environment: Mapping[str, str]) -> dict[str, str]:
    """The variables for Claude Code: the user's own, and those that lead it to the router."""
    kept = {name: value for name, value in environment.items() if name not in REMOVED}
    unattended = _UNATTENDED if config.non_interactive else {}
    return {**kept, **unattended, **router_variables(config, environment)}


def router_variables(config: Config, environment: Mapping[str, str]) -> dict[str, str]:
    """What leads Claude Code to the router. The user's own proxy exceptions stay."""
    return {
        **decisive_variables(config),
        **_bypass(client_host(config.host), environment),
        "DISABLE_TELEMETRY": "true",
        "DISABLE_COST_WARNINGS": "true",
    }


def decisive_variables(config: Config) -> dict[str, str]:
    """The least of it: where the router is, and what it has to be told."""
    small = {"ANTHROPIC_SMALL_FAST_MODEL": config.small_fast_model}
    return {
        **(small if config.small_fast_model else {}),
        "ANTHROPIC_BASE_URL": address(config),
        "ANTHROPIC_AUTH_TOKEN": config.api_key or DUMMY_TOKEN,
        "API_TIMEOUT_MS": str(config.api_timeout_ms),
    }


def _bypass(host: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The hosts that no proxy serves: the user's and the router's, in every spelling in use.

    Programs differ in which of two spellings wins, so both get all hosts.
    """
    spellings = [name for name in ("NO_PROXY", "no_proxy") if environment.get(name)]
    own = [part.strip() for name in spellings for part in environment[name].split(",")]
    if "*" in own:  # everything; among others, many programs take it for a name
        return dict.fromkeys([*spellings, "NO_PROXY"], "*")
    hosts = ",".join(dict.fromkeys([*filter(None, own), "127.0.0.1", "localhost", host]))
    return dict.fromkeys([*spellings, "NO_PROXY"], hosts)


def outside_of_bundle(environment: Mapping[str, str]) -> dict[str, str | None]:
    """What a program that is not ours must find otherwise: None for what it must not find.

    A bundle puts its own libraries first, and its interpreter and Qt into the environment.
    """
    if not is_bundle():
        return {}
    changes: dict[str, str | None] = {
        name: None for name in environment if name.startswith(_OF_A_BUNDLE)
    }
    for name in LIBRARY_PATHS:
        if f"{name}_ORIG" in environment or _is_ours(environment.get(name, "")):
            changes[name] = environment.get(f"{name}_ORIG") or None
            changes[f"{name}_ORIG"] = None
    return changes


def _is_ours(value: str) -> bool:
    """Whether a list of folders holds that of this bundle."""
    return str(getattr(sys, "_MEIPASS", "")) in value.split(os.pathsep)


def own_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """*environment* as it was before a bundle changed it."""
    changed = {**environment, **outside_of_bundle(environment)}
    return {name: value for name, value in changed.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Override:
    """A settings file of Claude Code that would lead it elsewhere, by these variables."""

    file: Path
    names: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Those that lead nowhere, and have the router be told another key than its own."""
        return tuple(name for name in self.names if name in KEYS)

    @property
    def places(self) -> tuple[str, ...]:
        """Those that say where to go."""
        return tuple(name for name in self.names if name not in KEYS)

    def __str__(self) -> str:
        names = ", ".join(self.names)
        return (
            f"{self.file} sets {names}, which wins over the router's: Claude Code may not use it."
        )


def overriding_settings(config: Config, home: Path, project: Path) -> Iterator[Override]:
    """Each settings file of Claude Code that would lead it elsewhere; its text is a sentence."""
    own = decisive_variables(config)
    for file, settings in _settings_in_force(home, project):
        try:
            set_there = leading_elsewhere(settings.get("env") or {}, own)
        except TypeError:
            continue
        if set_there:
            yield Override(file, set_there)


def key_helper(home: Path, project: Path) -> Path | None:
    """The settings file that has Claude Code ask a program for a key; None where none does.

    Claude Code sends that key as `x-api-key` beside the token of its environment, which comes as
    `Authorization`, and warns of the two at its start (1.0.128 does not; 2.1.330 does).
    """
    found = [
        (file, settings[KEY_HELPER])
        for file, settings in _settings_in_force(home, project)
        if isinstance(settings.get(KEY_HELPER), str)
    ]
    file, command = found[-1] if found else (None, "")
    return file if command else None


def _settings_in_force(home: Path, project: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """What Claude Code reads, the later ones winning; what can't be read is left out.

    It reads no `settings.local.json` of a user, and it reads a file that begins with a byte order
    mark (2.1.330 does).
    """
    of_project = [project / ".claude" / name for name in ("settings.json", "settings.local.json")]
    files = [claude_folder(home) / "settings.json", *of_project, *managed_settings()]
    for file in dict.fromkeys(files):
        try:
            settings = json.loads(read_regular(file).decode("utf-8-sig"))
        except (OSError, ValueError, RecursionError):
            continue
        if isinstance(settings, dict):
            yield file, settings


def leading_elsewhere(variables: Mapping[str, object], own: Mapping[str, str]) -> tuple[str, ...]:
    """The names of *variables* that lead Claude Code elsewhere than *own* do."""
    return tuple(
        name
        for name in DECISIVE
        if name in variables
        and variables[name] != own.get(name)
        and not (name in OTHER_CLOUDS and str(variables[name]).casefold() in _OFF)
    )


def managed_settings(system: str = sys.platform) -> list[Path]:
    """The files of an administrator, which win over all others; the later ones over the earlier.

    https://code.claude.com/docs/en/settings has the places.
    """
    folder = _MANAGED.get(system, Path("/etc/claude-code"))
    return [folder / "managed-settings.json", *sorted(folder.glob("managed-settings.d/*.json"))]


def claude_folder(home: Path | None = None) -> Path:
    """Where Claude Code keeps its settings and sessions."""
    own = os.environ.get("CLAUDE_CONFIG_DIR")
    return Path(own) if own else (home or Path.home()) / ".claude"

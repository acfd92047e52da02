"""Files of the user's that a configuration names: where they are, and whether they are there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config import certificate_file
from ccr_desktop.core.config.fields import is_given, shown
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.known_transformers import replaced_script
from ccr_desktop.core.config.schema import PluginFile
from ccr_desktop.core.config.spelling import note_unknown_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

OF_TRANSFORMERS = ("path", "options", "name", "type")
"""The members of an entry of `transformers`."""
OF_PLUGINS = ("name", "enabled", "options")
"""Those of an entry of `plugins`."""
_SERVER_PLUGINS = ("token-speed",)


@dataclass(frozen=True, slots=True)
class UserFiles:
    """Relative paths begin at the folder of the configuration, `~` is the user's own."""

    folder: Path
    issues: list[Issue]

    def path(self, text: str, where: str) -> str:
        """The whole path of a file, reported when there is none; empty when *text* is."""
        if not text:
            return ""
        path = self.folder / paths.expanded(text)
        if not paths.is_file(path):
            is_folder = paths.is_folder(path)
            problem = f"{path} is a folder." if is_folder else f"there is no file {path}."
            self.issues.append(Issue(where, problem, "Correct the path.", "warning"))
        return str(path)

    def certificates(self, text: str, where: str) -> str:
        """The path of a file with certificates; empty when it can't be used, which is reported."""
        path = self.path(text, where)
        if not path or not paths.is_file(Path(path)):
            return ""
        problem = certificate_file.problem_with(Path(path))
        if problem:
            self.issues.append(Issue(where, problem, certificate_file.HINT, "warning"))
        return "" if problem else path

    def program(self, text: str, where: str) -> str:
        """A program: a name that the system looks for, or the path of a file."""
        is_name = not any(separator in text for separator in ("/", os.sep, "~"))
        return text if is_name else self.path(text, where)

    def script(self, text: str, where: str) -> None:
        """Report a script of the status line that is neither a file nor a program."""
        is_there = text.startswith("$") or paths.is_file(self.folder / text) or which(text)
        if not is_there:
            self.path(text, where)

    def plugins(self, found: Any) -> tuple[PluginFile, ...]:
        """The `transformers` list: `{path, options}`, or just a path."""
        plugins = []
        for where, entry in self._entries(found, "transformers"):
            entry = {"path": entry} if isinstance(entry, str) else entry  # noqa: PLW2901
            match entry:
                case {"path": str(text)} if text.strip():
                    note_unknown_keys(entry, OF_TRANSFORMERS, where, self.issues)
                    path = self._plugin(text.strip(), f"{where}.path")
                    options = self._options(entry.get("options"), f"{where}.options")
                    plugins.append(PluginFile(path, options, where))
                case _:
                    hint = 'Write {"path": "/path/of/file.py", "options": {…}}.'
                    self.issues.append(Issue(where, f"found {shown(entry)} without a path.", hint))
        return tuple(plugins)

    def _plugin(self, text: str, where: str) -> str:
        """The path of a plugin; nobody looks into a file that a built-in one stands for."""
        return text if replaced_script(text) else self.path(text, where)

    def shows_token_speed(self, values: Mapping[str, Any]) -> bool:
        """Whether claude-code-router's one server plugin is switched on; others are reported."""
        key = next((key for key in ("plugins", "Plugins") if is_given(values.get(key))), "plugins")
        is_on = False
        for where, entry in self._entries(values.get(key), key):
            name = entry.get("name") if isinstance(entry, dict) else entry
            if name in _SERVER_PLUGINS:
                is_on = isinstance(entry, str) or entry.get("enabled") is True
                continue
            hint = f"Known: {', '.join(_SERVER_PLUGINS)}. Own code goes into `transformers`."
            issue = Issue(where, f"there is no plugin {shown(name)}.", hint, "warning")
            self.issues.append(issue)
        return is_on

    def _entries(self, found: Any, where: str) -> list[tuple[str, Any]]:
        if isinstance(found, list):
            return [(f"{where}[{index}]", entry) for index, entry in enumerate(found)]
        if is_given(found):
            self.issues.append(Issue(where, f"found {shown(found)}.", "A list is allowed."))
        return []

    def _options(self, found: Any, where: str) -> dict[str, Any]:
        if isinstance(found, dict):
            return found
        if found is not None:
            self.issues.append(Issue(where, f"found {shown(found)}.", "An object is allowed."))
        return {}

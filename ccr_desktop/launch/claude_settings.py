"""The settings file of Claude Code: read, and changed in its `env` with all else left as it is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.files import read_bytes
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.errors import CcrError, ConfigError
from ccr_desktop.launch.environment import claude_folder
from ccr_desktop.launch.json_text import with_member, without_member

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOM = b"\xef\xbb\xbf"
PRIVATE = 0o600


def settings_path() -> Path:
    return claude_folder() / "settings.json"


@dataclass(frozen=True, slots=True)
class ClaudeSettings:
    """The file as it was read. `data` is None when there is none."""

    path: Path
    data: bytes | None = field(repr=False)
    env: Mapping[str, Any] = field(default_factory=dict, repr=False)
    has_env: bool = False

    def with_env(
        self, values: Mapping[str, Any], *, without: frozenset[str] = frozenset()
    ) -> bytes:
        """The file with these variables and without those; an `env` that gets empty is left."""
        text = self._text()
        if not text.strip():
            text = "{}\n"
        for name in sorted(without & set(self.env)):
            text = without_member(text, ("env", name))
        for name, value in values.items():
            if name not in self.env or self.env[name] != value:
                text = with_member(text, ("env", name), value)
        return self._encoded(text)

    def without_empty_env(self) -> bytes:
        return self.without("env")

    def without(self, name: str) -> bytes:
        """The file without one of its outermost members."""
        return self._encoded(without_member(self._text(), (name,)))

    def _text(self) -> str:
        return (self.data or b"").removeprefix(_BOM).decode("utf-8")

    def _encoded(self, text: str) -> bytes:
        bom = _BOM if (self.data or b"").startswith(_BOM) else b""
        return bom + text.encode("utf-8")


def read_settings(path: Path) -> ClaudeSettings:
    """Raises `CcrError` for a file that is not what Claude Code writes; it is better left alone."""
    if not path.exists():
        if path.is_symlink():
            raise _unusable(path, "It is a link to a file that is not there")
        return ClaudeSettings(path, None)
    try:
        data = read_bytes(path)
    except ConfigError as exc:
        raise CcrError(f"{path} can't be read", exc.issues[0].problem) from exc
    return parsed(path, data)


def parsed(path: Path, data: bytes) -> ClaudeSettings:
    """The same of what was in the file; a blank one is none, as it is to Claude Code.

    Raises `CcrError`.
    """
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
        raw = json.loads(text) if text.strip() else {}
    except json.JSONDecodeError as exc:
        raise _unusable(path, f"Line {exc.lineno} is no valid JSON ({exc.msg})") from exc
    except (ValueError, RecursionError) as exc:
        raise _unusable(path, "It is no text in UTF-8 that could be read") from exc
    if not isinstance(raw, dict):
        raise _unusable(path, "It holds no JSON object")
    env = raw.get("env", {})
    if not isinstance(env, dict):
        raise _unusable(path, "`env` in it is no object")
    return ClaudeSettings(path, data, env, has_env="env" in raw)


def write_settings(path: Path, data: bytes, mode: int | None = None) -> None:
    """Replace the file, of a link what it points to; without *mode* the same may read it."""
    now = mode_of(path)
    write_safely(path, data, mode if mode is not None else PRIVATE if now is None else now)


def mode_of(path: Path) -> int | None:
    """Who may read and write the file; None when there is none."""
    return path.stat().st_mode & 0o777 if path.exists() else None


def _unusable(path: Path, problem: str) -> CcrError:
    return CcrError(f"{path} was left as it is", f"{problem}. Mend the file, then try again.")

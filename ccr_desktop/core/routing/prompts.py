"""The user's own texts that requests are compared with or changed by.

Agents: `.claude/agents/<name>.md` in the home folder and in the project, whose text after the
front matter is the system prompt of the sub-agent. And `REWRITE_SYSTEM_PROMPT`, a file that takes
the place of Claude Code's own prompt.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.core.regular_files import open_regular

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)^---\s*$", re.S | re.M)
_NAME = re.compile(r"^name:[ \t]*[\"']?([^\"'\r\n]+)", re.M)
_ENVIRONMENT = "<env>"
_MAX_BYTES = 1024 * 1024


class TextFiles:
    """Texts of files, read again only when they change."""

    def __init__(self) -> None:
        self._texts: dict[Path, tuple[int, str]] = {}

    def read(self, path: Path) -> str:
        """The text of *path*; raises `OSError` when it can't be read."""
        try:
            changed = path.stat().st_mtime_ns
        except ValueError as exc:  # it can be no path, with a null in it
            raise OSError(str(exc)) from exc
        if self._texts.get(path, (None, ""))[0] != changed:
            with open_regular(path) as file:
                text = file.read(_MAX_BYTES).decode("utf-8", "replace")
            self._texts[path] = (changed, text)
        return self._texts[path][1]


def agent_prompts(files: TextFiles, home: Path, folder: Path | None) -> dict[str, str]:
    """The prompts of the user's own agents by name; the project's come first."""
    prompts: dict[str, str] = {}
    for place in filter(None, (folder, home)):
        for path in sorted((place / ".claude" / "agents").glob("**/*.md")):
            try:
                text = files.read(path)
            except OSError:
                continue
            front = _FRONT_MATTER.match(text)
            named = _NAME.search(front.group(1)) if front else None
            prompt = (text[front.end() :] if front else text).strip()
            if prompt:
                prompts.setdefault(named.group(1).strip() if named else path.stem, prompt)
    return prompts


def rewritten(body: JsonObject, replacement: str) -> JsonObject:
    """*body* with *replacement* instead of Claude Code's prompt, up to its environment part.

    As in claude-code-router: only where the prompt is a list and one of its later blocks holds
    `<env>`.
    """
    system = body.get("system")
    if not isinstance(system, list):
        return body
    for index, block in enumerate(system[1:], 1):
        text = block.get("text") if isinstance(block, dict) else None
        if isinstance(text, str) and _ENVIRONMENT in text:
            kept = text[text.rindex(_ENVIRONMENT) :]
            changed = {**block, "text": f"{replacement}{kept}"}
            return {**body, "system": [*system[:index], changed, *system[index + 1 :]]}
    return body

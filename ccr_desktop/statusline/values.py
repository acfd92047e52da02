"""What `{{placeholders}}` stand for. Each value is found out when the line first asks for it."""

from __future__ import annotations

import os
import time

from ccr_desktop.statusline.places import folder
from ccr_desktop.statusline.reading import dig, loads, number_of, read_file, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ccr_desktop.statusline.settings import Settings

_MOST_BYTES = 64 * 1024
_SPEED_HOLDS_S = 3.0
_USED = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")


class Values:
    """The values of one line: *payload* is what Claude Code sent.

    Those in *known* are not looked for.
    """

    def __init__(
        self, payload: dict[str, Any], settings: Settings, known: dict[str, str] | None = None
    ) -> None:
        self.payload = payload
        self._settings = settings
        self._known: dict[str, str] = dict(known or ())
        self._message: dict[str, Any] | None = None
        self._session: dict[str, Any] | None = None

    def get(self, name: str) -> str:
        """The value of a placeholder; an unknown one is nothing."""
        if name not in self._known:
            find = _FINDERS.get(name)
            self._known[name] = find(self) if find else ""
        return self._known[name]

    def all(self) -> dict[str, str]:
        return {name: self.get(name) for name in _FINDERS}

    # -- where values come from ------------------------------------------------------------

    @property
    def folder(self) -> str:
        """The folder Claude Code works in."""
        named = text_of(dig(self.payload, "workspace", "current_dir"))
        if found := named or text_of(dig(self.payload, "cwd")):
            return found
        try:
            return os.getcwd()
        except OSError:  # it was deleted
            return os.environ.get("PWD", "")

    @property
    def message(self) -> dict[str, Any]:
        """The last answer in the transcript."""
        if self._message is None:
            from ccr_desktop.statusline.transcript import last_answer

            self._message = last_answer(text_of(dig(self.payload, "transcript_path")))
        return self._message

    @property
    def session(self) -> dict[str, Any]:
        """What the router left about this session."""
        if self._session is None:
            self._session = _left_by_router(text_of(dig(self.payload, "session_id")))
        return self._session

    # -- the values ------------------------------------------------------------------------

    def work_dir_name(self) -> str:
        path = self.folder
        is_windows = path[1:3] in {":\\", ":/"} or path.startswith("\\\\")
        parts = (path.replace("\\", "/") if is_windows else path).rstrip("/").rsplit("/", 1)
        return parts[-1] or path

    def git_branch(self) -> str:
        from ccr_desktop.statusline.git import branch  # not every line asks

        return branch(self.folder)

    def model(self) -> str:
        """The model that answered last; before that, the one that will."""
        answered = text_of(self.session.get("model")) or text_of(self.message.get("model"))
        if answered:
            return answered
        return self._project_model() or self._settings.default_model or self._display_name()

    def _project_model(self) -> str:
        from ccr_desktop.statusline.settings import Settings  # a cycle otherwise

        path = os.path.join(self.folder, ".claude-code-router", "config.json")
        try:
            return Settings(loads(read_file(path, _MOST_BYTES))).default_model
        except (OSError, ValueError):
            return ""

    def _display_name(self) -> str:
        model = dig(self.payload, "model")
        name = text_of(dig(model, "display_name")) or text_of(dig(model, "id"))
        return name or text_of(model)

    def usage(self, key: str) -> str:
        """Tokens of the last answer."""
        tokens = number_of(dig(self.message, "usage", key))
        if tokens is None:
            tokens = number_of(dig(self.payload, "context_window", "current_usage", key))
        return "" if tokens is None else thousands(tokens)

    def window(self) -> float:
        """The context window of the model that really answers; 0 when it is not known."""
        named = number_of(self.session.get("context_window"))
        return named or number_of(dig(self.payload, "context_window", "context_window_size")) or 0

    def used(self) -> float:
        """Tokens of the last prompt, cached ones included."""
        if prompt := number_of(self.session.get("prompt_tokens")):
            return prompt
        usage = dig(self.payload, "context_window", "current_usage") or self.message.get("usage")
        return sum(number_of(dig(usage, key)) or 0 for key in _USED)

    def context_percent(self) -> str:
        window, used = self.window(), self.used()
        return str(round(used / window * 100)) if window and used else ""

    def context_used(self) -> str:
        used = self.used()
        return thousands(used) if used else ""

    def context_window_size(self) -> str:
        window = self.window()
        if not window:
            return ""
        return f"{window / 1e6:.3g}M" if window >= 1e6 else f"{window / 1000:.0f}k"

    def total(self, key: str) -> str:
        tokens = number_of(dig(self.payload, "context_window", key))
        return "" if tokens is None else thousands(tokens)

    def token_speed(self) -> str:
        """Tokens a second, as long as that is news."""
        speed = number_of(self.session.get("tokens_per_s")) if self._is_fresh() else 0
        return str(round(speed or 0))

    def is_streaming(self) -> str:
        return "streaming" if self._is_fresh() and self.session.get("is_streaming") is True else ""

    def streaming_indicator(self) -> str:
        return "▶" if self.get("isStreaming") else ""

    def time_to_first_token(self) -> str:
        seconds = number_of(self.session.get("first_s")) if self._is_fresh() else None
        return "" if seconds is None else duration(seconds * 1000)

    def _is_fresh(self) -> bool:
        updated = number_of(self.session.get("updated_s"))
        return updated is not None and abs(time.time() - updated) <= _SPEED_HOLDS_S

    def cost(self) -> str:
        dollars = number_of(dig(self.payload, "cost", "total_cost_usd"))
        if dollars is None:
            return ""
        return f"{dollars * 100:.2f}¢" if 0 < dollars < 0.01 else f"${dollars:.2f}"

    def duration(self) -> str:
        spent = number_of(dig(self.payload, "cost", "total_duration_ms"))
        return "" if spent is None else duration(spent)

    def lines(self, key: str) -> str:
        lines = number_of(dig(self.payload, "cost", key))
        return "" if lines is None else str(round(lines))

    def net_lines(self) -> str:
        added, removed = self.get("linesAdded"), self.get("linesRemoved")
        return str(int(added or 0) - int(removed or 0)) if added or removed else ""

    def router(self, key: str) -> str:
        """A word of the router about the last answer."""
        return text_of(self.session.get(key))


_FINDERS: dict[str, Callable[[Values], str]] = {
    "workDirName": Values.work_dir_name,
    "workDir": lambda values: values.folder,
    "gitBranch": Values.git_branch,
    "model": Values.model,
    "inputTokens": lambda values: values.usage("input_tokens"),
    "outputTokens": lambda values: values.usage("output_tokens"),
    "tokenSpeed": Values.token_speed,
    "isStreaming": Values.is_streaming,
    "streamingIndicator": Values.streaming_indicator,
    "timeToFirstToken": Values.time_to_first_token,
    "contextPercent": Values.context_percent,
    "contextUsed": Values.context_used,
    "contextWindowSize": Values.context_window_size,
    "totalInputTokens": lambda values: values.total("total_input_tokens"),
    "totalOutputTokens": lambda values: values.total("total_output_tokens"),
    "cost": Values.cost,
    "duration": Values.duration,
    "linesAdded": lambda values: values.lines("total_lines_added"),
    "linesRemoved": lambda values: values.lines("total_lines_removed"),
    "netLines": Values.net_lines,
    "version": lambda values: text_of(values.payload.get("version")),
    "sessionId": lambda values: text_of(values.payload.get("session_id"))[:8],
    "route": lambda values: values.router("route"),
    "provider": lambda values: values.router("provider"),
    "scenario": lambda values: values.router("scenario"),
}


def thousands(tokens: float) -> str:
    return f"{tokens / 1000:.1f}k" if tokens > 1000 else str(round(tokens))


def duration(milliseconds: float) -> str:
    """`850ms`, `12.3s`, `2m5s`, `1h2m`."""
    if milliseconds < 1000:
        return f"{milliseconds:.0f}ms"
    seconds = milliseconds / 1000
    if seconds < 60:
        return f"{seconds:.1f}s"
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}m{rest}s" if minutes < 60 else f"{minutes // 60}h{minutes % 60}m"


def _left_by_router(session_id: str) -> dict[str, Any]:
    if not session_id.replace("-", "").replace("_", "").isalnum():
        return {}  # no name of a file
    try:
        path = os.path.join(folder("data"), "sessions", f"{session_id}.json")
        found = loads(read_file(path, _MOST_BYTES))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}

"""What the rules may know of a request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, loads
from ccr_desktop.core.protocol.messages import blocks, objects, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEGACY_SESSION = re.compile(r"_session_([0-9A-Za-z-]+)")
_PLAN_MODE = "Plan mode is active"
_ULTRATHINK = re.compile(r"\bultrathink\b", re.I)


@dataclass(frozen=True, eq=False)
class RequestFacts:
    """A request as routing sees it. `tokens` is None while no rule needed the count.

    `is_estimate` says that only a part of a very large request was counted.
    `headers` have lower-case names. `last_prompt` is the size of the session's last prompt as
    its provider reported it, in tokens; 0 when there is none.
    """

    body: JsonObject
    headers: Mapping[str, str]
    tokens: int | None = None
    is_estimate: bool = False
    last_prompt: int = 0

    @property
    def model(self) -> str:
        """The model that the client asks for, without the client's own context marker."""
        return str(self.body["model"]).strip().removesuffix("[1m]")

    @property
    def thinking_signs(self) -> frozenset[str]:
        """What in the request speaks for hard thinking, in the words of `Router.thinkWhen`."""
        return frozenset(_thinking_signs(self.body))


def session_id(body: JsonObject, headers: Mapping[str, str]) -> str:
    """Claude Code's session: from its header, or from either form of `metadata.user_id`."""
    if header := headers.get("x-claude-code-session-id"):
        return header
    metadata = body.get("metadata")
    user_id = metadata.get("user_id") if isinstance(metadata, dict) else None
    if not isinstance(user_id, str):
        return ""
    if found := _LEGACY_SESSION.search(user_id):
        return found.group(1)
    try:
        described = loads(user_id)
    except (JSONDecodeError, UnicodeEncodeError):
        return ""
    return str(described.get("session_id") or "") if isinstance(described, dict) else ""


def _thinking_signs(body: JsonObject) -> Iterator[str]:
    thinking, config = body.get("thinking"), body.get("output_config")
    kind = thinking.get("type") if isinstance(thinking, dict) else None
    effort = config.get("effort") if isinstance(config, dict) else None
    if kind not in {None, "disabled"}:
        yield "any"
        yield f"thinking:{kind}"
    if kind == "enabled" and not effort:
        yield "enabled-without-effort"
    if isinstance(effort, str):
        yield f"effort:{effort}"
    words = list(_last_words(body))
    if _has_plan_mode(body) or any(_PLAN_MODE in text for text in words):
        yield "plan"
    if any(_ULTRATHINK.search(text) for text in words):
        yield "ultrathink"


def _has_plan_mode(body: JsonObject) -> bool:
    for guard in objects(body.get("safeguards")):
        context = guard.get("classifier_context")
        if isinstance(context, dict) and context.get("permission_mode") == "plan":
            return True
    return False


def _last_words(body: JsonObject) -> Iterator[str]:
    """What the user said last, with the client's reminders, back over the tool calls since.

    The words stay the same through all requests of a turn, and so does the route.
    """
    has_user_spoken = False
    for message in reversed(body["messages"]):
        if not isinstance(message, dict):
            return
        content = message.get("content")
        if message.get("role") == "assistant":
            if has_user_spoken:
                return
            continue
        is_result = any(block.get("type") == "tool_result" for block in blocks(content))
        has_user_spoken |= message.get("role") == "user" and not is_result
        yield from texts(content)

"""What the rules may know of a request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, loads
from ccr_desktop.core.protocol.messages import blocks, objects, texts
from ccr_desktop.core.routing.decision import Verdict
from ccr_desktop.core.routing.folders import Whereabouts
from ccr_desktop.core.routing.sent import folded, sent_text
from ccr_desktop.core.routing.subagents import NO_TAG, Tag, is_subagent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.routing.unknown import Fact

FOLDER_HEADER = "x-ccr-folder"
_LEGACY_SESSION = re.compile(r"_session_([0-9A-Za-z-]+)")
_FOLDER = re.compile(r"^\W*(?:Primary )?[Ww]orking directory: *(\S[^\n<]*)", re.M)
_ENVIRONMENT_WITHIN = 4  # messages
_PLAN_MODE = "Plan mode is active"
_ULTRATHINK = re.compile(r"\bultrathink\b", re.I)


@dataclass(frozen=True, eq=False)
class RequestFacts:
    """A request as routing sees it. `tokens` is None while no rule needed the count.

    `is_estimate` says that only a part of a very large request was counted. `by_encoding` has the
    counts by each vocabulary, where the models of a configuration count by different ones.
    `headers` have lower-case names. `last_prompt` is the size of the session's last prompt as
    its provider reported it, in tokens; 0 when there is none. `folder` is where the client works
    and None when that can't be known, `where` is all that prohibitions look at. `agent` is the name
    of the sub-agent that asks, as far as it is known. `custom` is what the user's own router said.
    `now` is the time of day here. `unknown` is what a supposed request does not say. `paused_s` is
    how long routing stays paused; None: it is not.
    """

    body: JsonObject
    headers: Mapping[str, str]
    tokens: int | None = None
    is_estimate: bool = False
    by_encoding: Mapping[str, int] = field(default_factory=dict)
    last_prompt: int = 0
    tag: Tag = NO_TAG
    folder: Path | None = None
    where: Whereabouts | None = None
    agent: str = ""
    custom: Verdict | None = None
    now: time | None = None
    unknown: frozenset[Fact] = frozenset()
    paused_s: float | None = None

    @cached_property
    def model(self) -> str:
        """The model that the client asks for, without the client's own context marker."""
        return str(self.body["model"]).strip().removesuffix("[1m]")

    @property
    def is_subagent(self) -> bool:
        return is_subagent(self.body, self.headers)

    @property
    def last_text(self) -> str:
        return last_text(self.body)

    @cached_property
    def last_folded(self) -> str:
        """What the user said last, as rules compare it: once for however many of them."""
        return folded(self.last_text)

    @cached_property
    def sent_text(self) -> str:
        """All that is sent, for prohibitions, without regard to case."""
        return folded(sent_text(self.body))

    @property
    def has_new_image(self) -> bool:
        """Whether what the client sends since the last answer holds a picture."""
        for message in reversed(self.body["messages"]):
            if message.get("role") == "assistant":
                return False
            if _has_image(message.get("content")):
                return True
        return False

    @cached_property
    def has_image(self) -> bool:
        """Whether any message holds a picture."""
        return any(_has_image(message.get("content")) for message in self.body["messages"])

    @property
    def tool_names(self) -> list[str]:
        return [str(tool.get("name")) for tool in objects(self.body.get("tools"))]

    @cached_property
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


def last_text(body: JsonObject) -> str:
    """The text of the last user message that holds any."""
    for message in reversed(body["messages"]):
        if message.get("role") == "user" and (said := "\n".join(texts(message.get("content")))):
            return said
    return ""


def folder_of(body: JsonObject) -> Path | None:
    """The first folder that is named, be it in a user's text: enough to choose a route by."""
    said = [*texts(body.get("system"))]
    for message in body["messages"][:_ENVIRONMENT_WITHIN]:
        said += texts(message.get("content"))
    found = next(filter(None, map(_FOLDER.search, said)), None)
    return Path(found.group(1).strip()) if found else None


def told_folder(headers: Mapping[str, str]) -> Path | None:
    """The folder that a client names in a header, percent-encoded as headers hold no others."""
    text = unquote(headers.get(FOLDER_HEADER, "")).strip()
    folder = Path(text) if text and "\0" not in text else None
    return folder if folder and folder.root else None


def _has_image(content: Any) -> bool:
    for block in objects(content):
        kind = block.get("type")
        if kind == "image" or (kind == "tool_result" and _has_image(block.get("content"))):
            return True
    return False


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
    words = "\n".join(_last_words(body))
    if _PLAN_MODE in words or _has_plan_mode(body):
        yield "plan"
    if _ULTRATHINK.search(words):
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

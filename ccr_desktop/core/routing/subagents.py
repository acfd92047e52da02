"""Claude Code's sub-agents: how their requests are told, and the tag that names their model.

`<CCR-SUBAGENT-MODEL>provider,model</CCR-SUBAGENT-MODEL>` stands in an agent's prompt, which the
client sends in the system prompt, in a message of the role system, or at the beginning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.messages import is_billing_line, system_texts, texts

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

MARK = b"CCR-SUBAGENT-MODEL"
"""Stands in every body that may hold a tag, also where `<` is written as an escape."""
_BEGIN = "<CCR-SUBAGENT-MODEL>"
_TAG = re.compile(r"<CCR-SUBAGENT-MODEL>(.*?)</CCR-SUBAGENT-MODEL>", re.S)
_USER_MESSAGES = 2  # a sub-agent's task stands in the first, behind reminders
AGENT_HEADER = "x-claude-code-agent-id"
# How the prompts of Claude Code's own agents begin (2.1).
OWN_AGENTS = {
    "You are an agent for Claude Code": "general-purpose",
    "You are a file search specialist for Claude Code": "Explore",
    "You are a software architect and planning specialist for Claude Code": "Plan",
}


@dataclass(frozen=True, slots=True)
class Tag:
    """What a request's tag says. `is_open` means that one begins and never ends."""

    model: str = ""
    is_open: bool = False


NO_TAG = Tag()


def take_tag(body: JsonObject) -> tuple[JsonObject, Tag]:
    """The body without its tags, and what the first says of those that are meant for us.

    Tags go from all that system, operator and user say: each message alone, so that what was sent
    before is sent the same again. What tools returned is left as it is.
    """
    reading, rest = _Stripper(), _Stripper()
    new = dict(body)
    if "system" in body:
        new["system"] = reading.content(body["system"])
    users = 0
    new["messages"] = messages = []
    for message in body["messages"]:
        role = message.get("role")
        users += role == "user"
        if role in {"system", "user"}:
            stripper = rest if role == "user" and users > _USER_MESSAGES else reading
            messages.append({**message, "content": stripper.content(message.get("content"))})
        else:
            messages.append(message)
    tag = Tag(next(iter(reading.found), ""), is_open=reading.marks > len(reading.found))
    return (new if reading.found or rest.found else body), tag


class _Stripper:
    """Takes the tags out of texts. `found` are the names in them, `marks` counts beginnings."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.marks = 0

    def content(self, content: Any) -> Any:
        """Content with its texts changed; blocks that hold none stay the same objects."""
        if isinstance(content, str):
            return self._text(content)
        if not isinstance(content, list):
            return content
        blocks = [self._block(block) for block in content]
        # Anthropic refuses empty texts, and a tag that stood alone leaves one.
        full = [new for new, old in zip(blocks, content, strict=True) if new is old or new["text"]]
        return full or blocks

    def _block(self, block: Any) -> Any:
        if not isinstance(block, dict) or not isinstance(text := block.get("text"), str):
            return block
        stripped = self._text(text)
        return block if stripped == text else {**block, "text": stripped}

    def _text(self, text: str) -> str:
        begun = text.count(_BEGIN)
        if not begun:
            return text
        self.marks += begun
        self.found.extend(name.strip() for name in _TAG.findall(text))
        return _TAG.sub("", text)


def is_subagent(body: JsonObject, headers: Mapping[str, str]) -> bool:
    """Whether the request comes from a sub-agent, which Claude Code says in two places."""
    if headers.get(AGENT_HEADER):
        return True
    lines = (text for text in texts(body.get("system")) if is_billing_line(text))
    return any("cc_is_subagent=true" in line for line in lines)


def agent_name(body: JsonObject, prompts: Mapping[str, str]) -> str:
    """The sub-agent's name, where its prompt tells it; *prompts* are the user's own, by name."""
    said = system_texts(body)
    for text in said:
        for beginning, name in OWN_AGENTS.items():
            if text.lstrip().startswith(beginning):
                return name
    fitting = (name for name, prompt in prompts.items() if any(prompt in text for text in said))
    return next(fitting, "")

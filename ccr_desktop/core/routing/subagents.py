"""Claude Code's sub-agents: how their requests are told, and the tag that names their model.

`<CCR-SUBAGENT-MODEL>provider,model</CCR-SUBAGENT-MODEL>` stands in an agent's prompt, which the
client sends in the system prompt, in a message of the role system, or at the beginning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.messages import is_billing_line, system_texts, texts

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

MARK = b"<CCR-SUBAGENT-MODEL>"
_TAG = re.compile(r"<CCR-SUBAGENT-MODEL>(.*?)</CCR-SUBAGENT-MODEL>", re.S)
_USER_MESSAGES = 2  # a sub-agent's task stands in the first, behind reminders
AGENT_HEADER = "x-claude-code-agent-id"
# How the prompts of Claude Code's own agents begin (2.1).
_OWN_AGENTS = {
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
    """The body without its tags, and what the first of them says."""
    found: list[str] = []
    marks = 0

    def strip(text: str) -> str:
        nonlocal marks
        marks += text.count(MARK.decode())
        found.extend(name.strip() for name in _TAG.findall(text))
        return _TAG.sub("", text)

    new = dict(body)
    if "system" in body:
        new["system"] = _mapped(body["system"], strip)
    new["messages"] = list(_mapped_messages(body["messages"], strip))
    tag = Tag(next(iter(found), ""), is_open=marks > len(found))
    return (new if found else body), tag


def _mapped_messages(messages: list[JsonObject], change: Callable[[str], str]) -> Iterator[Any]:
    users = 0
    for message in messages:
        role = message.get("role")
        users += role == "user"
        if role == "system" or (role == "user" and users <= _USER_MESSAGES):
            yield {**message, "content": _mapped(message.get("content"), change)}
        else:
            yield message


def _mapped(content: Any, change: Callable[[str], str]) -> Any:
    """Content with its texts changed; blocks that hold none stay the same objects."""
    if isinstance(content, str):
        return change(content)
    if not isinstance(content, list):
        return content
    return [_mapped_block(block, change) for block in content]


def _mapped_block(block: Any, change: Callable[[str], str]) -> Any:
    if not isinstance(block, dict) or not isinstance(block.get("text"), str):
        return block
    return {**block, "text": change(block["text"])}


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
        for beginning, name in _OWN_AGENTS.items():
            if text.lstrip().startswith(beginning):
                return name
    fitting = (name for name, prompt in prompts.items() if any(prompt in text for text in said))
    return next(fitting, "")

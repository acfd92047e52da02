"""A request for `/api/chat`, made of the one for Chat Completions.

The order of messages and results is the same in both; what differs is where things are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.dialects.openai_chat import request as openai_chat
from ccr_desktop.core.protocol.effort import wanted_effort
from ccr_desktop.core.protocol.json import JSONDecodeError, loads_lenient
from ccr_desktop.core.providers.profile import ThinkingSwitch

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Encoded, Target
    from ccr_desktop.core.protocol.json import JsonObject

# Chat Completions' members that are Ollama's options under other names.
_OPTIONS = {
    "max_tokens": "num_predict",
    "temperature": "temperature",
    "top_p": "top_p",
    "stop": "stop",
}


def encode_request(body: JsonObject, target: Target, session_id: str) -> Encoded:
    """The provider's request for *body*. `tool_choice` is left out: it makes servers hang."""
    encoded = openai_chat.encode_request(body, target, session_id)
    chat = encoded.body
    options = {own: chat[name] for name, own in _OPTIONS.items() if name in chat}
    if isinstance(top_k := body.get("top_k"), int):
        options["top_k"] = top_k
    if target.context_window:
        options["num_ctx"] = target.context_window
    made: JsonObject = {
        "model": chat["model"],
        "messages": _messages(chat["messages"]),
        "stream": chat["stream"],
        **_thinking(body, target),
        **({"tools": chat["tools"]} if "tools" in chat else {}),
        **({"options": options} if options else {}),
    }
    if form := chat.get("response_format"):
        made["format"] = form["json_schema"]["schema"]
    return replace(encoded, body=made)


def _thinking(body: JsonObject, target: Target) -> JsonObject:
    """Models that can't think refuse to be asked for it, so they are only where a user says so."""
    effort = wanted_effort(body)
    if effort == "none":
        return {"think": False}
    is_wanted = effort is not None and target.profile.thinking is not ThinkingSwitch.NONE
    return {"think": True} if is_wanted else {}


def _messages(messages: Sequence[JsonObject]) -> list[JsonObject]:
    names: dict[str, str] = {}
    return [_message(message, names) for message in messages]


def _message(message: JsonObject, names: dict[str, str]) -> JsonObject:
    """One message. *names* are those of the calls before it, by id."""
    text, images = _content(message.get("content"))
    made: JsonObject = {"role": message["role"], "content": text}
    if images:
        made["images"] = images
    if thinking := message.get("reasoning"):
        made["thinking"] = thinking
    if calls := message.get("tool_calls"):
        made["tool_calls"] = [_call(call, names) for call in calls]
    if call_id := message.get("tool_call_id"):
        made |= {"tool_name": names.get(call_id, ""), "tool_call_id": call_id}
    return made


def _call(call: JsonObject, names: dict[str, str]) -> JsonObject:
    function = call["function"]
    names[call["id"]] = function["name"]
    arguments = {"name": function["name"], "arguments": _object(function["arguments"])}
    return {"id": call["id"], "function": arguments}


def _object(text: str) -> JsonObject:
    try:
        found = loads_lenient(text)
    except JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _content(content: Any) -> tuple[str, list[str]]:
    """The text of a message, and its images as base64."""
    if not isinstance(content, list):
        return content or "", []
    texts, images = [], []
    for part in content:
        url = part["image_url"]["url"] if part["type"] == "image_url" else ""
        if url.startswith("data:"):
            images.append(url.partition(",")[2])
        else:
            texts.append(f"[Image: {url}]" if url else str(part.get("text") or ""))
    return "\n\n".join(filter(None, texts)), images

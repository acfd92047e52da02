"""Readers for the Anthropic Messages request as clients send it.

Bodies stay mappings: unknown members must survive. Source:
https://docs.anthropic.com/en/api/messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, loads_lenient
from ccr_desktop.core.protocol.sentences import ended
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

UNSEEN = "[An image that this model can't see]"
"""What stands in the place of a picture."""


def parse_body(raw: bytes) -> JsonObject:
    """A request body as an object; a `ClientError` says what is wrong with it."""
    if not raw.strip():
        raise ClientError("The request has no body", "Send a JSON object with model and messages.")
    try:
        # Text first: halves of surrogate pairs are let through, bytes that are no UTF-8 are not.
        body = loads_lenient(raw.decode())
    except UnicodeDecodeError as exc:
        raise ClientError("The request body is not valid JSON", f"It is not UTF-8: {exc}") from exc
    except JSONDecodeError as exc:
        problem = str(exc) if exc.doc else exc.msg
        raise ClientError("The request body is not valid JSON", ended(problem)) from exc
    if not isinstance(body, dict):
        raise ClientError("The request body must be a JSON object")
    return body


def blocks(content: Any) -> list[JsonObject]:
    """Content as a list of blocks; a string is one text block."""
    if isinstance(content, str):
        return [{"type": "text", "text": content}] if content else []
    return objects(content)


def as_object(value: Any) -> JsonObject:
    """An object as it is; anything else is an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[JsonObject]:
    """The objects in a list; anything else holds none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts(content: Any) -> Iterator[str]:
    """The texts of content that are not blank."""
    for block in blocks(content):
        text = block.get("text")
        if block.get("type") == "text" and isinstance(text, str) and text.strip():
            yield text


def last_user_words(messages: Sequence[JsonObject]) -> str:
    """What the user said last, without the client's reminders and the results of tools."""
    for message in reversed(messages):
        content = message.get("content")
        is_result = any(block.get("type") == "tool_result" for block in blocks(content))
        if message.get("role") != "user" or is_result:
            continue
        said = [text for text in texts(content) if not text.startswith("<system-reminder>")]
        if said:
            return "\n".join(said)
    return ""


def is_server_tool(tool: JsonObject) -> bool:
    """Whether Anthropic's servers would define or run this tool: it has a dated type."""
    return "input_schema" not in tool and tool.get("type") not in (None, "", "custom")


def is_billing_line(text: str) -> bool:
    """Claude Code's attribution, which changes with the conversation and spoils prefix caches."""
    return text.startswith("x-anthropic-billing-header:")


def system_texts(body: JsonObject) -> list[str]:
    """The system prompt without Claude Code's attribution line."""
    return [text for text in texts(body.get("system")) if not is_billing_line(text)]


def tool_use_ids(body: JsonObject) -> set[str]:
    """The ids of all tool calls of the conversation."""
    return {
        block["id"]
        for message in body["messages"]
        if message.get("role") == "assistant"
        for block in blocks(message.get("content"))
        if block.get("type") == "tool_use"
    }


def answer_schema(body: JsonObject) -> JsonObject | None:
    """The schema of a structured answer, in its present and its older spelling."""
    form = (body.get("output_config") or {}).get("format") or body.get("output_format")
    schema = form.get("schema") if isinstance(form, dict) else None
    return schema if isinstance(schema, dict) else None


def without_signatures(body: JsonObject) -> JsonObject:
    """*body* with thinking that nobody has signed; what carries state there carries none."""
    return {**body, "messages": [_unsigned(message) for message in body["messages"]]}


def _unsigned(message: JsonObject) -> JsonObject:
    content = message.get("content")
    if not isinstance(content, list):
        return message
    bare = [
        {**block, "signature": ""} if block.get("type") == "thinking" else block
        for block in objects(content)
    ]
    return {**message, "content": bare}


def without_addresses(body: JsonObject) -> JsonObject:
    """*body* with words for the pictures and documents that it knows by their address alone."""
    return _with_blocks(body, _named_file)


def without_images(body: JsonObject) -> JsonObject:
    """*body* with words for its pictures, for a model that sees none."""
    return _with_blocks(body, _unseen)


def without_references(body: JsonObject) -> JsonObject:
    """*body* with words for the tools that a search for tools has found."""
    return _with_blocks(body, _told_reference)


def _with_blocks(body: JsonObject, change: Callable[[JsonObject], JsonObject]) -> JsonObject:
    """*body* with *change* made to each block of its messages, also in the results of tools."""
    return {**body, "messages": [_changed(message, change) for message in body["messages"]]}


def _changed(holder: JsonObject, change: Callable[[JsonObject], JsonObject]) -> JsonObject:
    content = holder.get("content")
    if not isinstance(content, list):
        return holder
    changed = [
        _changed(block, change) if block.get("type") == "tool_result" else change(block)
        for block in objects(content)
    ]
    return {**holder, "content": changed}


def _unseen(block: JsonObject) -> JsonObject:
    return {"type": "text", "text": UNSEEN} if block.get("type") == "image" else block


def _told_reference(block: JsonObject) -> JsonObject:
    if block.get("type") != "tool_reference":
        return block
    return {"type": "text", "text": reference_words(block)}


def reference_words(block: JsonObject) -> str:
    return f"The tool {block.get('tool_name')} is loaded and can be called now."


def _named_file(block: JsonObject) -> JsonObject:
    source = as_object(block.get("source"))
    if block.get("type") in ("image", "document") and source.get("type") == "url":
        words = f"[The {block['type']} at {source.get('url')}, which could not be read]"
        return {"type": "text", "text": words}
    return block


_MARKED = ("system", "messages", "tools", "content")  # the lists where cache marks are


def with_marks(item: JsonObject, is_known: Callable[[str], bool]) -> JsonObject:
    """*item* with those members of its cache marks alone that are known."""
    changed: JsonObject = {
        name: [with_marks(entry, is_known) if isinstance(entry, dict) else entry for entry in found]
        for name in _MARKED
        if isinstance(found := item.get(name), list)
    }
    mark = as_object(item.get("cache_control"))
    if not all(map(is_known, mark)):
        changed["cache_control"] = {name: mark[name] for name in mark if is_known(name)}
    return {**item, **changed}

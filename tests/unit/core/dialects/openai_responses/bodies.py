"""Short ways to see what a Responses server gets, and to read what it answers."""

from dataclasses import replace
from typing import Any

from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.dialects.openai_responses.decoder import ResponsesDecoder
from ccr_desktop.core.dialects.openai_responses.request import encode_request
from ccr_desktop.core.protocol.checks import check_request, check_translatable
from ccr_desktop.core.protocol.deltas import Delta
from ccr_desktop.core.protocol.json import dumps
from ccr_desktop.core.protocol.sse import SseEvent
from ccr_desktop.core.providers import catalog
from ccr_desktop.core.providers.profile import Profile
from tests.unit.core.dialects.openai_chat.bodies import request

JsonObject = dict[str, Any]

TARGET = Target(
    provider="maker", model="gpt-5.1", url="https://h", api_key="k", profile=catalog.OPENAI
)


def sent(
    body: JsonObject, target: Target = TARGET, session: str = "", **profile: Any
) -> JsonObject:
    """The provider's request for one that passed all checks."""
    check_request(body)
    check_translatable(body)
    return encode_request(body, with_profile(target, **profile), session).body


def items(*messages: JsonObject, target: Target = TARGET) -> list[JsonObject]:
    """The input items for a conversation."""
    found: list[JsonObject] = sent(request(*messages), target)["input"]
    return found


def with_profile(target: Target, **profile: Any) -> Target:
    return replace(target, profile=replace(target.profile or Profile(), **profile))


def said(role: str, *texts: str) -> JsonObject:
    """A message item of the user or the system."""
    content = [{"type": "input_text", "text": text} for text in texts]
    return {"type": "message", "role": role, "content": content}


def answered(text: str) -> JsonObject:
    return {"type": "message", "role": "assistant", "content": text}


def reasoning(identity: str = "rs_1", encrypted: str = "enc", *summary: str) -> JsonObject:
    parts = [{"type": "summary_text", "text": text} for text in summary]
    return {
        "type": "reasoning",
        "id": identity,
        "summary": parts,
        "encrypted_content": encrypted,
    }


def message(*content: JsonObject) -> JsonObject:
    return {"type": "message", "id": "msg_1", "role": "assistant", "content": list(content)}


def text(words: str, *annotations: JsonObject) -> JsonObject:
    return {"type": "output_text", "text": words, "annotations": list(annotations)}


def function_call(name: str, arguments: str, call_id: str = "call_1", **more: Any) -> JsonObject:
    call = {"type": "function_call", "call_id": call_id, "name": name, "arguments": arguments}
    return {**call, "id": "fc_1", **more}


def event(kind: str, **members: Any) -> JsonObject:
    return {"type": f"response.{kind}", **members}


def decode(*events: JsonObject, target: Target = TARGET) -> list[Delta]:
    """The deltas of a stream."""
    decoder = ResponsesDecoder(target)
    out = [delta for e in events for delta in decoder.feed(SseEvent("", dumps(e)))]
    return [*out, *decoder.finish()]

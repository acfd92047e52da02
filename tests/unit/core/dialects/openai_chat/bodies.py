"""Short ways to write requests and to see what a provider gets."""

from typing import Any

from ccr_desktop.core.dialects.base import Encoded, Target
from ccr_desktop.core.dialects.openai_chat.request import encode_request
from ccr_desktop.core.protocol.checks import check_request, check_translatable
from ccr_desktop.core.providers import catalog
from ccr_desktop.core.providers.profile import Profile
from ccr_desktop.core.providers.web_search import SearchWish

JsonObject = dict[str, Any]

PROFILES: dict[str, Profile] = {**catalog.PROFILES, "generic": catalog.COMPATIBLE}

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)
IMAGE: JsonObject = {
    "type": "image",
    "source": {"type": "base64", "media_type": "image/png", "data": PIXEL},
}
IMAGE_PART: JsonObject = {
    "type": "image_url",
    "image_url": {"url": f"data:image/png;base64,{PIXEL}"},
}
PDF: JsonObject = {
    "type": "document",
    "title": "plan",
    "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0="},
}


def target_for(
    profile: Profile | str = "generic", model: str = "some-model", search: SearchWish | None = None
) -> Target:
    """A target whose provider has the profile's name."""
    profile = PROFILES[profile] if isinstance(profile, str) else profile
    return Target(
        provider=profile.name,
        model=model,
        url="https://host/v1",
        api_key="k",
        profile=profile.for_model(model),
        search=search,
    )


def request(*messages: JsonObject, **members: Any) -> JsonObject:
    return {"model": "claude-x", "max_tokens": 100, "messages": list(messages), **members}


def user(*content: JsonObject | str) -> JsonObject:
    return {"role": "user", "content": [_block(item) for item in content]}


def assistant(*content: JsonObject | str) -> JsonObject:
    return {"role": "assistant", "content": [_block(item) for item in content]}


def text(words: str, **members: Any) -> JsonObject:
    return {"type": "text", "text": words, **members}


def call(call_id: str, name: str = "Bash", **arguments: Any) -> JsonObject:
    return {"type": "tool_use", "id": call_id, "name": name, "input": arguments}


def result(call_id: str, content: Any = "done", **members: Any) -> JsonObject:
    return {"type": "tool_result", "tool_use_id": call_id, "content": content, **members}


def tool(name: str = "Bash", **members: Any) -> JsonObject:
    return {"name": name, "description": "d", "input_schema": {"type": "object"}, **members}


def encoded(body: JsonObject, profile: Profile | str = "generic", **members: Any) -> Encoded:
    """What is made of a request that passed all checks."""
    check_request(body)
    check_translatable(body)
    return encode_request(body, target_for(profile, **members))


def sent(body: JsonObject, profile: Profile | str = "generic", **members: Any) -> JsonObject:
    """The provider's request."""
    return encoded(body, profile, **members).body


def sent_messages(*messages: JsonObject, profile: Profile | str = "generic") -> list[JsonObject]:
    """The provider's messages for a conversation."""
    found: list[JsonObject] = sent(request(*messages), profile)["messages"]
    return found


def _block(item: JsonObject | str) -> JsonObject:
    return text(item) if isinstance(item, str) else item

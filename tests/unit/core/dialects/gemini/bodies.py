"""Short ways to see what Gemini gets of a request."""

from typing import Any

from ccr_desktop.core.dialects.base import Encoded, Target
from ccr_desktop.core.dialects.gemini import Gemini
from ccr_desktop.core.protocol.checks import check_request, check_translatable
from ccr_desktop.core.providers.catalog import GEMINI_NATIVE
from tests.support.gemini_rules import refusal
from tests.unit.core.dialects.openai_chat.bodies import JsonObject, request

NEW, OLD, OLDEST = "gemini-3-flash", "gemini-2.5-pro", "gemini-2.0-flash"


def target_for(model: str = NEW, **members: Any) -> Target:
    url = "https://generativelanguage.googleapis.com/v1beta/models"
    known = {"provider": "google", "url": url, "api_key": "k", "profile": GEMINI_NATIVE, **members}
    return Target(model=model, **known)


def encoded(body: JsonObject, model: str = NEW, **members: Any) -> Encoded:
    """What is made of a request; it is always one that the API takes."""
    check_request(body)
    check_translatable(body)
    made = Gemini().encode(body, target_for(model, **members), "")
    assert refusal(made.body, model) is None
    return made


def sent(body: JsonObject, model: str = NEW, **members: Any) -> JsonObject:
    return encoded(body, model, **members).body


def contents(*messages: JsonObject, model: str = NEW) -> list[tuple[str, list[JsonObject]]]:
    """Roles and parts for a conversation."""
    made = sent(request(*messages), model)
    return [(content["role"], content["parts"]) for content in made["contents"]]

"""What real clients sent, held to the types that Groq and Mistral publish for their own APIs."""

from typing import Any

import pytest
from groq.types.chat.completion_create_params import CompletionCreateParams
from mistralai.client.models import ChatCompletionRequest
from pydantic import ConfigDict, TypeAdapter

from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.protocol.messages import parse_body
from ccr_desktop.core.providers.catalog import PROFILES
from tests.component.test_captured_requests import (
    CAPTURES,
    captured,
    dumps,
    materialised,
    names,
    translated,
)
from tests.support.programs import leave_out

JsonObject = dict[str, Any]

GROQ = TypeAdapter(
    CompletionCreateParams | None,  # on its own it would not take the configuration
    config=ConfigDict(extra="forbid", arbitrary_types_allowed=True),
)


def sent(name: str, provider: str, model: str) -> JsonObject:
    """What the provider gets of a captured request."""
    if not captured():
        leave_out(f"there are no captured requests in {CAPTURES}")
    profile = PROFILES[provider].for_model(model)
    target = Target(provider="p", model=model, url="https://h", api_key="k", profile=profile)
    return translated(parse_body(dumps(captured()[name]["body"])), target)


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("model", ["openai/gpt-oss-120b", "qwen/qwen3-32b"])
def test_what_groq_gets_fits_its_types(name: str, model: str) -> None:
    body = sent(name, "groq", model)

    assert materialised(GROQ.validate_python(body)) == body


@pytest.mark.parametrize("name", names())
def test_what_mistral_gets_fits_its_types(name: str) -> None:
    body = sent(name, "mistral", "mistral-large-3")

    read = ChatCompletionRequest.model_validate(body).model_dump(by_alias=True)

    assert known(body, read) == body


def known(body: Any, read: Any) -> Any:
    """*body* less what is not in *read*: the members that the types do not know."""
    if isinstance(body, dict) and isinstance(read, dict):
        return {key: known(value, read[key]) for key, value in body.items() if key in read}
    if isinstance(body, list) and isinstance(read, list):
        return [known(one, other) for one, other in zip(body, read, strict=True)]
    return read if read == body else body

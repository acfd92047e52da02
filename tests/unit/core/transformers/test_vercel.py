from dataclasses import replace
from typing import Any

from ccr_desktop.core.dialects.openai_chat import OpenAIChat
from ccr_desktop.core.transformers.vercel import Vercel
from tests.unit.core.transformers.bodies import CONTEXT, body, target, user

MARKED = {"type": "text", "text": "a", "cache_control": {"type": "ephemeral"}}
IMAGE = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "aaaa"}}


def sent(asked: dict[str, Any], **options: Any) -> dict[str, Any]:
    unit = Vercel(options)
    where = target()
    where = replace(where, profile=unit.profile(where.profile))
    return unit.upstream_request(OpenAIChat().encode(asked, where, "").body, CONTEXT)


def test_options_stand_in_every_request() -> None:
    routing = {"gateway": {"only": ["anthropic"]}}

    assert sent(body(), providerOptions=routing)["providerOptions"] == routing


def test_the_wish_to_think_is_one_object_for_all_models() -> None:
    asked = body(thinking={"type": "adaptive"}, output_config={"effort": "max"})

    assert sent(asked)["reasoning"] == {"effort": "xhigh"}


def test_cache_marks_stay_and_images_are_complete_once() -> None:
    (message,) = sent(body(messages=[user([MARKED, IMAGE])]))["messages"]

    assert message["content"][0] == MARKED
    assert message["content"][1]["image_url"]["url"] == "data:image/png;base64,aaaa"

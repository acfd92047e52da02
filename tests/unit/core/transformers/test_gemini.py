from dataclasses import replace

from google.genai import types
from pydantic import TypeAdapter

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.transformers.base import ProviderInfo, TransformContext
from ccr_desktop.core.transformers.chain import Chain, Link
from ccr_desktop.core.transformers.gemini import GeminiFilters
from tests.unit.core.transformers.bodies import CONTEXT

GEMINI = ProviderInfo(name="google", url="https://h.test/v1beta/models", dialect="gemini")


async def sent(
    body: dict[str, object], options: dict[str, str], context: TransformContext
) -> dict[str, object]:
    chain = Chain([Link("gemini", GeminiFilters(options), options)])
    return await chain.begin(context).upstream_request(body)


async def test_every_filter_gets_the_threshold() -> None:
    for threshold in KNOWN_TRANSFORMERS["gemini"].options[0].choices:
        made = await sent({"contents": []}, {"block": threshold}, replace(CONTEXT, provider=GEMINI))

        settings = TypeAdapter(list[types.SafetySetting]).validate_python(made["safetySettings"])
        assert {str(setting.threshold and setting.threshold.value) for setting in settings} == {
            threshold
        }
        assert len({setting.category for setting in settings}) == 4


async def test_what_is_set_already_stays() -> None:
    body: dict[str, object] = {"safetySettings": []}

    assert await sent(body, {"block": "OFF"}, replace(CONTEXT, provider=GEMINI)) == body


async def test_other_protocols_know_no_filters() -> None:
    assert await sent({"messages": []}, {"block": "OFF"}, CONTEXT) == {"messages": []}


def test_without_a_threshold_nothing_runs() -> None:
    assert not Chain([Link("gemini", GeminiFilters({}))]).is_active

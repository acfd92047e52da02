"""Addresses; `tests/component/test_vertex.py` has everything else."""

from dataclasses import replace

import pytest

from ccr_desktop.core.dialects.base import UpstreamCall
from ccr_desktop.core.transformers.vertex import VertexOpenAI
from tests.unit.core.transformers.bodies import CONTEXT

PLACE = "https://us-central1-aiplatform.googleapis.com/v1/projects/PROJECT/locations/us-central1"
OPEN_PATH = "v1/projects/PROJECT/locations/us-central1/endpoints/openapi/chat/completions"
OPEN = f"{PLACE}/endpoints/openapi"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://aiplatform.googleapis.com/v1/chat/completions", f"{OPEN}/chat/completions"),
        (OPEN, f"{OPEN}/chat/completions"),
        (f"{OPEN}/", f"{OPEN}/chat/completions"),
        (f"{OPEN}/chat/completions", f"{OPEN}/chat/completions"),
        ("https://gateway.test/my/way", f"https://gateway.test/my/way/{OPEN_PATH}"),
        (
            "https://gateway.test/my/v1/projects/p/locations/l",
            "https://gateway.test/my/v1/projects/p/locations/l/endpoints/openapi/chat/completions",
        ),
        (
            "https://gateway.test/my/v1/chat/completions",
            "https://gateway.test/my/v1/chat/completions",
        ),
    ],
)
async def test_an_address_for_chat_is_completed_where_it_is_not_complete(
    url: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOOGLE_CLOUD_PROJECT", raising=False)
    monkeypatch.delenv("GOOGLE_CLOUD_LOCATION", raising=False)
    context = replace(CONTEXT, provider=replace(CONTEXT.provider, url=url))

    made = await VertexOpenAI({}).upstream_call(UpstreamCall(url, {}, b"{}"), context)

    assert made.url == expected

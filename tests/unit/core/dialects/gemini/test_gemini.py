"""The HTTP call."""

import json

import pytest

from ccr_desktop.core.dialects.base import Encoded
from ccr_desktop.core.dialects.gemini import Gemini
from tests.unit.core.dialects.gemini.bodies import target_for

BASE = "https://generativelanguage.googleapis.com/v1beta/models"


@pytest.mark.parametrize(
    ("url", "model", "is_stream", "expected"),
    [
        pytest.param(BASE, "m", True, f"{BASE}/m:streamGenerateContent?alt=sse", id="streamed"),
        pytest.param(BASE, "m", False, f"{BASE}/m:generateContent", id="whole"),
        pytest.param(BASE, "models/m", False, f"{BASE}/m:generateContent", id="a resource name"),
        pytest.param(BASE, "a/b c", False, f"{BASE}/a%2Fb%20c:generateContent", id="odd name"),
        pytest.param(
            f"{BASE}?a=b&alt=json",
            "m",
            True,
            f"{BASE}/m:streamGenerateContent?a=b&alt=sse",
            id="a query",
        ),
    ],
)
def test_model_and_method_are_part_of_the_address(
    url: str, model: str, is_stream: bool, expected: str
) -> None:
    call = Gemini().call(Encoded({}, is_stream=is_stream), target_for(model, url=url))

    assert call.url == expected


def test_the_key_is_in_a_header_of_its_own() -> None:
    call = Gemini().call(Encoded({"contents": []}), target_for(headers={"X-Team": "blue"}))

    assert call.headers == {
        "Content-Type": "application/json",
        "x-goog-api-key": "k",
        "X-Team": "blue",
    }
    assert json.loads(call.body) == {"contents": []}
    assert "k" not in call.url.split("?")[-1]


def test_without_a_key_there_is_no_header_for_it() -> None:
    call = Gemini().call(Encoded({}), target_for(api_key=""))

    assert "x-goog-api-key" not in call.headers

"""Claude on Vertex AI in conversations that others have thought in.

What it refuses is what Anthropic's own endpoint does: a signature that is not its own.
"""

import json
from pathlib import Path

import pytest
from aiohttp import web
from google.auth.compute_engine import _metadata

from ccr_desktop.core.protocol.carrier import encode_carrier
from tests.component.client import QUESTION, Client
from tests.component.conftest import KEY, Connect
from tests.component.google_cloud import GoogleCloud
from tests.component.provider import Call, JsonObject, Provider
from tests.support.refusing.anthropic import Claude

SAID = {"type": "text", "text": "Yes."}


class Vertex(Claude):
    """Claude behind Google's signatures; `asked` are the conversations that it saw."""

    def __init__(self) -> None:
        super().__init__("signed-on-vertex")
        self.cloud = GoogleCloud()
        self.asked: list[list[JsonObject]] = []

    async def __call__(self, call: Call) -> web.StreamResponse:
        if call.target == "/token":
            return await self.cloud(call)
        self.asked.append(call.body["messages"])
        return await super().__call__(call)


@pytest.fixture
def vertex(provider: Provider, home: Path, monkeypatch: pytest.MonkeyPatch) -> Vertex:
    monkeypatch.setattr(_metadata, "_NO_GCE_CHECK", True)
    provider.script = claude = Vertex()
    path = claude.cloud.key_file(home / "key.json", f"{provider.url}/token")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", path)
    return claude


@pytest.fixture
async def client(connect: Connect, provider: Provider, second: Provider, vertex: Vertex) -> Client:
    """`vertex` is the one that is looked at, `other` an endpoint of Anthropic's own."""
    second.script = Claude("signed-elsewhere")
    assert vertex.asked == []
    use = [["vertex-claude", {"project": "my-project", "location": "global"}]]
    on_vertex = {"name": "vertex", "api_base_url": provider.url, "transformer": {"use": use}}
    other = {"name": "other", "api_base_url": f"{second.url}/v1/messages", "api_key": KEY}
    providers = [{**entry, "models": ["claude-x"]} for entry in (on_vertex, other)]
    return await connect(Providers=providers, Router={"default": "vertex,claude-x"})


async def asked(client: Client, messages: list[JsonObject], model: str, *, is_stream: bool) -> None:
    """Ask on, and note the answer."""
    messages.append({"role": "user", "content": "Well?"})
    body = {**QUESTION, "model": model, "messages": messages, "stream": is_stream}
    answer = await client.ask(body)
    assert answer.status == 200
    content = _folded(answer.events) if is_stream else answer.json["content"]
    messages.append({"role": "assistant", "content": content})


def _folded(events: list[JsonObject]) -> list[JsonObject]:
    blocks: list[JsonObject] = []
    for each in events:
        if each["type"] == "content_block_start":
            blocks.append(dict(each["content_block"]))
        if each["type"] == "content_block_delta":
            blocks[-1] |= {name: v for name, v in each["delta"].items() if name != "type"}
    return blocks


@pytest.mark.parametrize("is_stream", [True, False], ids=["stream", "json"])
async def test_thinking_that_another_provider_signed_is_never_sent(
    client: Client, vertex: Vertex, *, is_stream: bool
) -> None:
    messages: list[JsonObject] = []

    for model in ("other,claude-x", "vertex,claude-x", "vertex,claude-x", "other,claude-x"):
        await asked(client, messages, model, is_stream=is_stream)

    assert vertex.refusals == []
    assert vertex.asked[0][1]["content"] == [SAID]
    own = vertex.asked[1][3]["content"]
    assert [block["type"] for block in own] == ["thinking", "redacted_thinking", "text"]
    assert "signed-elsewhere" not in json.dumps(vertex.asked)


@pytest.mark.parametrize(
    "thought",
    [
        {"thinking": "Hm.", "signature": encode_carrier("gemini", {"m": "x", "call": "c2ln"})},
        {"thinking": "Hm.", "signature": ""},
        {"thinking": "Hm."},
    ],
    ids=["a carrier", "empty", "missing"],
)
async def test_thinking_of_other_protocols_is_never_sent(
    client: Client, vertex: Vertex, thought: JsonObject
) -> None:
    block = {"type": "thinking", **thought}
    messages = [
        {"role": "user", "content": "Look."},
        {"role": "assistant", "content": [block, SAID]},
    ]

    await asked(client, messages, "vertex,claude-x", is_stream=False)

    assert vertex.refusals == []
    assert vertex.asked[0][1]["content"] == [SAID]


async def test_a_signature_of_another_day_is_left_out_once_it_is_refused(
    client: Client, vertex: Vertex
) -> None:
    old = {"type": "thinking", "thinking": "Before.", "signature": "of-another-day"}
    messages = [
        {"role": "user", "content": "Look."},
        {"role": "assistant", "content": [old, SAID]},
    ]

    await asked(client, messages, "vertex,claude-x", is_stream=False)

    assert len(vertex.refusals) == 1
    assert vertex.asked[1][1]["content"] == [SAID]

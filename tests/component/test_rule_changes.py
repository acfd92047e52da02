"""What own rules change of a request, seen by the provider that gets it."""

from typing import Any

import aiohttp
import pytest

from ccr_desktop.core.observe.events import ExchangeEnded, RouteChosen
from tests.component.client import QUESTION
from tests.component.conftest import Connect, StartService, configuration
from tests.component.provider import JsonObject, Provider

FOLDER = "Primary working directory: /code/acme"
HERE: JsonObject = {"name": "here", "when": {"folder": "/code/*"}}


def anthropic(provider: Provider) -> list[JsonObject]:
    entry = {**configuration(provider.url)["Providers"][0], "dialect": "anthropic"}
    return [{**entry, "api_base_url": f"{provider.url}/v1/messages"}]


def says(**members: Any) -> JsonObject:
    return {**QUESTION, "system": FOLDER, **members}


async def test_a_rule_sets_members_of_the_request(connect: Connect, provider: Provider) -> None:
    rule = {**HERE, "set": {"max_tokens": 77, "temperature": None}}
    client = await connect(Router={"default": "mock,big", "rules": [rule]})

    answer = await client.ask(says(temperature=0.25))

    assert answer.status == 200
    sent = provider.calls[0].body
    assert 77 in (sent.get("max_tokens"), sent.get("max_completion_tokens"))
    assert "temperature" not in sent


async def test_an_anthropic_provider_gets_what_a_rule_set(
    connect: Connect, provider: Provider
) -> None:
    rule = {**HERE, "set": {"output_config.effort": "low"}}
    client = await connect(
        Providers=anthropic(provider), Router={"default": "mock,big", "rules": [rule]}
    )

    await client.ask(says(output_config={"effort": "high", "format": None}))

    assert provider.calls[0].body["output_config"] == {"effort": "low", "format": None}


@pytest.mark.parametrize(
    ("when", "limit"), [({"folder": "/code/*"}, 50), ({"folder": "/elsewhere"}, 900)]
)
async def test_a_transformer_of_a_rule_runs_where_the_rule_holds(
    connect: Connect, provider: Provider, when: JsonObject, limit: int
) -> None:
    rule = {"name": "short", "when": when, "use": [["maxtoken", {"max_tokens": 50}]]}
    client = await connect(Router={"default": "mock,big", "rules": [rule]})

    await client.ask(says(max_tokens=900))
    sent = provider.calls[0].body

    assert limit in (sent.get("max_tokens"), sent.get("max_completion_tokens"))


async def test_a_rule_that_is_off_does_nothing(connect: Connect, provider: Provider) -> None:
    rule = {**HERE, "block": "Not here.", "set": {"max_tokens": 1}, "enabled": False}
    client = await connect(Router={"default": "mock,big", "rules": [rule]})

    assert (await client.ask(says(max_tokens=900))).status == 200
    assert provider.calls[0].body.get("max_tokens") != 1


@pytest.mark.parametrize(
    ("rule", "chosen", "refused"),
    [
        pytest.param({"route": "mock,big"}, ["Router.rules[1]"], "", id="chooses"),
        pytest.param({"set": {"max_tokens": 7}}, ["Router.rules[1]"], "", id="changes"),
        pytest.param({"never": "other"}, ["Router.rules[1]"], "", id="forbids another"),
        pytest.param({"block": "No."}, None, "Router.rules[1]", id="refuses"),
        pytest.param({"never": "mock"}, None, "Router.rules[1]", id="forbids all"),
    ],
)
async def test_events_name_the_rules_that_had_a_part(
    start_service: StartService,
    provider: Provider,
    rule: JsonObject,
    chosen: list[str] | None,
    refused: str,
) -> None:
    raw = configuration(provider.url)
    other = {"name": "elsewhere", "when": {"folder": "/elsewhere"}, "block": "No."}
    providers = [*raw["Providers"], {**raw["Providers"][0], "name": "other"}]
    router = {"default": "mock,big", "rules": [other, {**HERE, **rule}]}
    service = await start_service({**raw, "Providers": providers, "Router": router})
    happened: list[Any] = []
    service.bus.subscribe(happened.append)

    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{service.url}/v1/messages", json=says()) as answer,
    ):
        await answer.read()

    told = [list(event.rules) for event in happened if isinstance(event, RouteChosen)]
    ended = next(event for event in happened if isinstance(event, ExchangeEnded))
    assert told == ([] if chosen is None else [chosen])
    assert ended.refused_by == refused
    assert ended.folder == "/code/acme"

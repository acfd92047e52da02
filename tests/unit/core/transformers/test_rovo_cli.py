from dataclasses import replace
from typing import Any

import pytest

from ccr_desktop.core.dialects.base import UpstreamAnswer, UpstreamCall
from ccr_desktop.core.providers.profile import Profile
from ccr_desktop.core.transformers.rovo_cli import RovoCli
from ccr_desktop.errors import UpstreamKeyMissing
from tests.unit.core.transformers.bodies import CONTEXT

CALL = UpstreamCall("https://h.test", {"Authorization": "Bearer me@x.test:token"}, b"{}")


async def fetch(_call: UpstreamCall) -> UpstreamAnswer:
    raise AssertionError("there is nothing to fetch")


def signed(key: str, **options: Any) -> dict[str, str]:
    provider = replace(CONTEXT.provider, api_key=key)
    context = replace(CONTEXT, provider=provider, fetch=fetch)
    return dict(RovoCli(options).upstream_call(CALL, context).headers)


def test_the_key_is_sent_as_basic_authorization() -> None:
    assert signed("me@x.test:token") == {"Authorization": "Basic bWVAeC50ZXN0OnRva2Vu"}


def test_the_halves_of_the_key_may_be_options() -> None:
    both = {"email": "me@x.test", "api_token": "token"}

    assert signed("not-required", **both) == {"Authorization": "Basic bWVAeC50ZXN0OnRva2Vu"}


@pytest.mark.parametrize("key", ["", "token"])
def test_a_key_that_is_none_is_told_with_the_remedy(key: str) -> None:
    with pytest.raises(UpstreamKeyMissing) as raised:
        signed(key)

    assert raised.value.failure.status == 401
    assert "EMAIL:API_TOKEN" in raised.value.failure.message


def test_the_tools_that_the_service_insists_on_are_there_once() -> None:
    unit = RovoCli({})
    own = {"type": "function", "function": {"name": "Read"}}

    made = unit.upstream_request({"tools": [own]}, CONTEXT)

    names = [tool["function"]["name"] for tool in made["tools"]]
    assert names == [
        "Read",
        "open_files_legacy",
        "create_file_legacy",
        "expand_code_chunks_legacy",
    ]
    assert unit.upstream_request(made, CONTEXT) == made
    assert len(unit.upstream_request({}, CONTEXT)["tools"]) == 3


def test_the_limit_has_its_newer_name() -> None:
    assert RovoCli({}).profile(Profile()).max_tokens_field == "max_completion_tokens"

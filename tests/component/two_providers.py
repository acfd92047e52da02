"""Two providers of which the second takes over where the first fails."""

from typing import Any

import aiohttp
import pytest

from tests.component.client import QUESTION, STREAMED, Answer, Client
from tests.component.conftest import KEY
from tests.component.provider import JsonObject

MODES = pytest.mark.parametrize("question", [QUESTION, STREAMED], ids=["json", "stream"])


def configured(first: str, second: str, **members: Any) -> JsonObject:
    providers = [
        {"name": name, "api_base_url": f"{url}/v1/chat/completions", "api_key": KEY}
        for name, url in (("one", first), ("two", second))
    ]
    return {
        "LOG": False,
        "Providers": providers,
        "Router": {"default": ["one,m", "two,n"]},
        **members,
    }


async def ask(service: Any, question: JsonObject = QUESTION) -> Answer:
    async with aiohttp.ClientSession() as session:
        return await Client(session, service.url).ask(question)

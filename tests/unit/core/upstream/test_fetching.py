import pytest

from ccr_desktop.core.dialects.base import Target, UpstreamCall
from ccr_desktop.core.providers.profile import Profile
from ccr_desktop.core.upstream.fetching import fetch
from ccr_desktop.errors import UpstreamRejected

TARGET = Target(provider="p", model="m", url="https://h.test", api_key="k", profile=Profile())
CALL = UpstreamCall("https://tokens.test", {}, b"a=b")


class Reply:
    """An answer that is complete."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.headers: dict[str, str] = {}
        self.is_closed = False

    async def read_all(self, limit: int) -> bytes:
        return b'{"error": "no"}'[:limit]

    def close(self) -> None:
        self.is_closed = True


class Client:
    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.asked: list[object] = []

    async def open(self, *asked: object) -> Reply:
        self.asked += asked
        return self.reply


async def test_an_answer_is_read_and_its_connection_let_go() -> None:
    reply = Reply(400)
    client = Client(reply)

    answer = await fetch(client, CALL, TARGET, "http://proxy.test")  # type: ignore[arg-type]

    assert (answer.status, answer.body) == (400, b'{"error": "no"}')
    assert reply.is_closed
    assert client.asked[0] is CALL
    assert client.asked[3] == "http://proxy.test"


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_what_may_pass_is_raised(status: int) -> None:
    reply = Reply(status)

    with pytest.raises(UpstreamRejected) as raised:
        await fetch(Client(reply), CALL, TARGET)  # type: ignore[arg-type]

    assert raised.value.failure.status == status
    assert reply.is_closed

"""How a provider fails, and what every answer about it must hold."""

from typing import Any

from aiohttp import web

from tests.component.client import Answer
from tests.component.conftest import KEY
from tests.component.provider import Call, Script, stream, whole

HTML = b"<!doctype html><html><head><title>Sign in</title></head><body>x</body></html>"
NOTHINGS: dict[str, Script] = {
    "empty body": whole(b""),
    "blank body": whole(b" \n "),
    "empty stream": stream([], done=False),
    "only done": stream([]),
    "only comments": stream([b": hello\n\n", b": hello\n\n"], done=False),
    "null": whole(b"null"),
    "empty object": whole({}),
    "no choices": whole({"choices": []}),
    "half json": whole(b'{"choices": [{"mess'),
    "text": whole(b"upstream request timeout", headers={"Content-Type": "text/plain"}),
    "number": whole(b"5"),
    "no content": whole(b"", 204),
}


def openai_error(message: str, **members: Any) -> dict[str, Any]:
    return {"error": {"message": message, "type": "some_type", "code": None, **members}}


def drop(call: Call) -> web.StreamResponse:
    call.reset()
    return web.Response()


async def dropped(call: Call) -> web.StreamResponse:
    return drop(call)


def assert_told_well(answer: Answer, name: str = "mock,big") -> None:
    """An envelope that names who failed, and holds nothing that is nobody's business."""
    said = answer.error["message"]
    assert name in said
    assert answer.headers["request-id"] == answer.json["request_id"]
    assert answer.headers["x-ccr-route"] == name
    shown = answer.raw.decode() + str(answer.headers)
    assert KEY not in shown
    assert "Traceback" not in shown
    assert 'File "' not in shown

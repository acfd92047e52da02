"""A planted key appears nowhere: not in a file, not in an answer, not in the log at `trace`."""

import json
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.service import Service
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.provider import Call, Provider, stream, text_chunks, whole

PLANTED = {
    name: f"planted-{name}-0123456789abcdef"
    for name in ("provider", "pool", "header", "router", "proxy", "query")
}


async def leaking(call: Call) -> web.StreamResponse:
    """Tells every header and the address that it got, in every way that providers fail."""
    said = json.dumps({**call.http.headers, "at": call.http.path_qs})
    question = call.raw.decode()
    if "401" in question:
        return await whole({"error": {"message": f"Bad key: {said}"}}, 401)(call)
    if "500" in question:
        return await whole(f"<html>{said}</html>".encode(), 500)(call)
    if "inside" in question:
        chunk = f"data: {json.dumps({'error': {'message': said}})}\n\n".encode()
        return await stream([*text_chunks("Some")[:1], chunk])(call)
    return await stream(text_chunks("Fine"))(call)


def configured(url: str) -> dict[str, Any]:
    chat = f"{url}/v1/chat/completions"
    return {
        "LOG_LEVEL": "trace",
        "APIKEY": PLANTED["router"],
        "PROXY_URL": f"http://me:{PLANTED['proxy']}@127.0.0.1:9",
        "Providers": [
            {
                "name": "one",
                "api_base_url": f"{chat}?token={PLANTED['query']}",
                "api_key": PLANTED["provider"],
                "headers": {"x-secret": PLANTED["header"]},
            },
            {"name": "pool", "api_base_url": chat, "api_keys": [PLANTED["pool"]]},
            {
                "name": "claude",
                "api_base_url": f"{url}/v1/messages",
                "api_key": PLANTED["provider"],
            },
            {"name": "far", "api_base_url": "http://far.test/v1", "api_key": PLANTED["provider"]},
        ],
        "Router": {"default": "one,m"},
    }


def written(folder: Path, but: Path) -> dict[Path, str]:
    """Every file under *folder*, with its text."""
    return {
        path: path.read_bytes().decode("utf-8", "replace")
        for path in folder.rglob("*")
        if path.is_file() and path != but
    }


async def test_no_secret_is_left_anywhere(provider: Provider, tmp_path: Path) -> None:
    provider.script = leaking
    file = tmp_path / "config" / "config.json"
    file.parent.mkdir()
    file.write_text(json.dumps(configured(provider.url)))
    store = ConfigStore(file, explicit=True, environment={}, overrides={"port": 0})
    service = Service(store.config, store)
    await service.start()
    token = service.token
    answers = []
    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        for target in ("one,m", "pool,m", "claude,m", "far,m", "nobody,m"):
            for question in (QUESTION, STREAMED):
                for word in ("fine", "401", "500", "inside"):
                    body = {**question, "model": target, "system": word}
                    answer = await client.ask(body, {"x-api-key": PLANTED["router"]})
                    answers.append(answer.raw.decode() + str(answer.headers))
        refused = await client.ask(QUESTION, {"x-api-key": "wrong-" + PLANTED["router"]})
        answers.append(refused.raw.decode())
        for path in ("status", "config", "config/issues", "providers", "decisions", "logs"):
            async with session.get(
                f"{service.url}/api/{path}", headers={"x-ccr-token": token}
            ) as told:
                answers.append(await told.text())
    await service.stop()  # which writes what the logs still have to say

    files = written(tmp_path, but=file)
    assert any(path.name.startswith("ccr-2") for path in files)
    for name, secret in {**PLANTED, "token": token}.items():
        assert not [text for text in answers if secret in text], name
        assert not [str(path) for path, text in files.items() if secret in text], name

"""`ccr ask`: one message through the real router, the quickest check that a set-up works."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ccr_desktop import runfile
from ccr_desktop.cli.local_service import is_running, manage
from ccr_desktop.cli.options import parser, read_config_in_force
from ccr_desktop.cli.output import print_json
from ccr_desktop.cli.prompts import say_awaited
from ccr_desktop.core.config.reader import load_config
from ccr_desktop.core.http_library import aiohttp
from ccr_desktop.core.protocol.sse import SseDecoder, parse_frame
from ccr_desktop.core.routing.rules import SCENARIO_HEADER
from ccr_desktop.core.routing.turn import FOLDER_HEADER
from ccr_desktop.core.server.management import TOKEN_HEADER
from ccr_desktop.core.server.port import address
from ccr_desktop.core.service import Service
from ccr_desktop.errors import CcrError, ClientError

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator

    from ccr_desktop.core.config.schema import Config

_MAX_TOKENS = 4096
_MODEL = "claude-sonnet-5"  # a plain Claude name takes the default route
_EXAMPLES = """\
  ccr ask "hello"
  ccr ask "hello" --model openrouter,z-ai/glm-5.2
  ccr ask "plan a party" --route think --json"""


def run(arguments: list[str]) -> int:
    options = parser("ask", "Send one message through the router and print the answer.", _EXAMPLES)
    options.add_argument("text", nargs="?", help="the message; without it, standard input is read")
    options.add_argument("--model", metavar="P,M", help="provider,model to answer")
    options.add_argument("--route", metavar="NAME", help="route that answers, as a whole list")
    options.add_argument("--json", action="store_true", help="answer, decision and usage as JSON")
    chosen = options.parse_args(arguments)
    text = chosen.text if chosen.text is not None else _read_text()
    if not text.strip():
        raise ClientError("There is nothing to ask", 'Write it as `ccr ask "hello"`.')
    config = read_config_in_force(chosen)
    model = _model(config, chosen)
    wish = {SCENARIO_HEADER: chosen.route} if chosen.route else {}
    wish |= _working_folder()
    logging.getLogger("ccr_desktop").addHandler(logging.NullHandler())  # told once, as an error
    return asyncio.run(_ask(config, text, model, wish, as_json=chosen.json))


def _read_text() -> str:
    say_awaited("what to ask")
    return sys.stdin.read()


def _model(config: Config, chosen: argparse.Namespace) -> str:
    if chosen.route is None:
        return chosen.model or _MODEL
    route = config.router.route(chosen.route)
    if route is None:
        known = ", ".join(config.router.routes)
        raise ClientError(f"There is no route {chosen.route!r}", f"Configured: {known}.")
    return str(route)


def _working_folder() -> dict[str, str]:
    """The header for rules and projects; none where the folder is gone."""
    try:
        return {FOLDER_HEADER: quote(str(Path.cwd()))}
    except OSError:
        return {}


async def _ask(
    config: Config, text: str, model: str, wish: dict[str, str], *, as_json: bool
) -> int:
    body = {
        "model": model,
        "max_tokens": _MAX_TOKENS,
        "stream": True,
        "messages": [{"role": "user", "content": text}],
    }
    # How long a provider may take is for the service to judge.
    patient = aiohttp.ClientTimeout(total=None)
    async with _service(config) as (url, token), aiohttp.ClientSession(timeout=patient) as session:
        headers = {**wish, **({"x-api-key": config.api_key} if config.api_key else {})}
        try:
            async with session.post(f"{url}/v1/messages", json=body, headers=headers) as response:
                answer = await _read(response, shows_text=not as_json)
            if as_json:
                answer["decision"] = await _explain(
                    session, url, body, {**wish, TOKEN_HEADER: token}
                )
        except aiohttp.ClientError as exc:
            raise CcrError("The router broke the connection off", str(exc)) from exc
    if as_json:
        print_json(answer)
    else:
        print()
        print(f"[{answer['route']}, {answer['scenario']}]", file=sys.stderr)
    return 0


@asynccontextmanager
async def _service(config: Config) -> AsyncIterator[tuple[str, str]]:
    """Address and token of the running service, or of one that lives for this question."""
    if is_running(config) and _has_same_file(config):
        info = runfile.read(config.port)
        yield address(config), info.token if info else ""
        return
    with_keys = load_config(config.source)  # which are of no use to one that only asks another
    service = Service(replace(with_keys, port=0, host="127.0.0.1", writes_log=False))
    try:
        await service.start()
        yield service.url, service.token
    finally:
        await service.stop()


def _has_same_file(config: Config) -> bool:
    """Whether the running service serves by the file that this question is about."""
    used = (manage(config, "GET", "/api/status") or {}).get("config")
    return used is None or used == str(config.source)


async def _read(response: aiohttp.ClientResponse, *, shows_text: bool) -> dict[str, Any]:
    """Print the answer as it comes; what it was in the end."""
    if response.status != 200:
        error = json.loads(await response.read())
        raise CcrError(f"No answer ({response.status})", error["error"]["message"])
    answer: dict[str, Any] = {
        "text": "",
        "route": response.headers.get("x-ccr-route"),
        "scenario": response.headers.get("x-ccr-scenario"),
        "request_id": response.headers.get("x-ccr-request-id"),
        "stop_reason": None,
        "usage": {},
    }
    decoder = SseDecoder()
    async for chunk in response.content.iter_any():
        for frame in decoder.feed(chunk):
            if (event := parse_frame(frame)) is not None:
                _take(answer, json.loads(event.data), shows_text=shows_text)
    return answer


def _take(answer: dict[str, Any], event: dict[str, Any], *, shows_text: bool) -> None:
    match event:
        case {"type": "content_block_delta", "delta": {"text": str(text)}}:
            answer["text"] += text
            if shows_text:
                print(text, end="", flush=True)
        case {"type": "message_delta", "delta": {"stop_reason": reason}, "usage": usage}:
            answer["stop_reason"] = reason
            answer["usage"] = usage
        case {"type": "error", "error": {"message": message}}:
            raise CcrError("The answer broke off", message)


async def _explain(
    session: aiohttp.ClientSession, url: str, body: dict[str, Any], headers: dict[str, str]
) -> dict[str, Any] | None:
    async with session.post(f"{url}/api/explain", json=body, headers=headers) as response:
        return await response.json() if response.status == 200 else None

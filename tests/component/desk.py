"""A program that manages the service, and checks each answer against the description."""

import json
import re
from pathlib import Path
from typing import Any

import aiohttp
from jsonschema import Draft202012Validator

from ccr_desktop import paths
from ccr_desktop.core.service import Service
from tests.component.client import QUESTION
from tests.component.provider import JsonObject

DESCRIPTION: JsonObject = json.loads(paths.resource("openapi.json").read_text(encoding="utf-8"))


class Desk:
    """A service with its file, and a program that knows the token."""

    def __init__(self, service: Service, file: Path, session: aiohttp.ClientSession) -> None:
        self.service = service
        self.file = file
        self._session = session

    async def call(
        self, method: str, path: str, *, token: str | None = None, **body: Any
    ) -> tuple[int, Any]:
        given = self.service.token if token is None else token
        url = f"{self.service.url}{path}"
        sent = {"json": body} if body else {}
        async with self._session.request(
            method, url, headers={"x-ccr-token": given}, **sent
        ) as answer:
            payload = await answer.json()
        fit(payload, method, path, answer.status)
        return answer.status, payload

    async def ask(self, question: JsonObject = QUESTION) -> int:
        async with self._session.post(f"{self.service.url}/v1/messages", json=question) as answer:
            await answer.read()
            return answer.status


def fit(payload: Any, method: str, path: str, status: int) -> None:
    """The answer is what the description says, no more and no less."""
    plain = path.partition("?")[0]
    known = next(p for p in DESCRIPTION["paths"] if re.fullmatch(re.sub("{.*?}", ".*", p), plain))
    described = DESCRIPTION["paths"][known][method.lower()]["responses"][str(status)]
    validate(payload, described["content"]["application/json"]["schema"])


def validate(payload: Any, schema: JsonObject) -> None:
    """*payload* fits, and holds nothing that is not described."""
    whole = _closed({**schema, "components": DESCRIPTION["components"]})
    Draft202012Validator(whole).validate(payload)


def _closed(schema: Any) -> Any:
    """The schema with every object limited to the members that it lists."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed

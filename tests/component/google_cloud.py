"""Google's part of a test: a token server that checks signatures, and Vertex AI."""

import base64
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.component.provider import (
    Call,
    JsonObject,
    Script,
    message,
    message_events,
    stream,
    whole,
)

EMAIL = "router@my-project.iam.gserviceaccount.com"
SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_UNKNOWN_BETAS = {
    "advanced-tool-use-2025-11-20",
    "prompt-caching-scope-2026-01-05",
    "new-2030-01-01",
}
REFRESH = "refresh-of-the-user"
PATH = re.compile(
    r"/(v1|v1beta1)/projects/my-project/locations/([\w-]+)"
    r"/(publishers/(?P<maker>google|anthropic)/models/(?P<model>[\w.@-]+):(?P<method>\w+)"
    r"|endpoints/openapi/chat/completions)(?P<query>\?alt=sse)?"
)


@dataclass
class GoogleCloud:
    """One script for both: `/token` gives tokens, everything else must be Vertex AI's.

    It refuses what Google refuses: a wrong signature, a wrong path, a missing token, and a body
    that names its model.
    """

    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    life_s: int = 3600
    tokens: list[str] = field(default_factory=list)
    served: list[Call] = field(default_factory=list)
    is_signed_out: bool = False
    forgotten: set[str] = field(default_factory=set)
    """Tokens that are refused although they have not expired."""

    @property
    def private_key(self) -> str:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    def key_file(self, path: Path, token_url: str) -> str:
        """The key file of a service account, as Google hands it out."""
        held = {
            "type": "service_account",
            "project_id": "my-project",
            "private_key": self.private_key,
            "client_email": EMAIL,
            "token_uri": token_url,
        }
        path.write_text(json.dumps(held), encoding="utf-8")
        return str(path)

    async def __call__(self, call: Call) -> web.StreamResponse:
        if call.target == "/token":
            return await self._token(call)
        self.served.append(call)
        problem = self._problem(call)
        if problem:
            status, text = problem
            return await whole({"error": {"code": status, "message": text}}, status)(call)
        return await self._answer(call)

    async def _token(self, call: Call) -> web.StreamResponse:
        form = {name: values[0] for name, values in parse_qs(call.raw.decode()).items()}
        grants = {
            "urn:ietf:params:oauth:grant-type:jwt-bearer": self._is_signed,
            "refresh_token": lambda form: form["refresh_token"] == REFRESH,
        }
        if self.is_signed_out or not grants[form["grant_type"]](form):
            told = {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
            return await whole(told, 400)(call)
        self.tokens.append(f"ya29.token-{len(self.tokens) + 1}")
        answer = {
            "access_token": self.tokens[-1],
            "expires_in": self.life_s,
            "token_type": "Bearer",
        }
        return await whole(answer)(call)

    def _is_signed(self, form: dict[str, str]) -> bool:
        """Whether the assertion is signed by the account's key and asks for the right thing."""
        signed, _, signature = form["assertion"].rpartition(".")
        self.key.public_key().verify(_decoded(signature), signed.encode(), PKCS1v15(), SHA256())
        claims = json.loads(_decoded(signed.partition(".")[2]))
        return bool(claims["iss"] == EMAIL and claims["scope"] == SCOPE)

    def _problem(self, call: Call) -> tuple[int, str] | None:
        path = PATH.fullmatch(call.target)
        if path is None:
            return 404, "Not found."
        known = {f"Bearer {token}" for token in self.tokens if token not in self.forgotten}
        if call.header("authorization") not in known:
            return 401, "Request had invalid authentication credentials."
        if call.header("x-api-key") or call.header("x-goog-api-key"):
            return 400, "There are two kinds of credentials."
        if path["maker"] and "model" in call.body:
            return 400, "model: Extra inputs are not permitted"
        if path["maker"] != "anthropic":
            return None
        return _problem_of_claude(path, call.body, call.header("anthropic-beta") or "")

    async def _answer(self, call: Call) -> web.StreamResponse:
        path = PATH.fullmatch(call.target)
        assert path is not None
        if path["maker"] == "anthropic":
            is_stream = path["method"] == "streamRawPredict"
            script = (
                stream(message_events("Hi."), done=False) if is_stream else whole(message("Hi."))
            )
            return await script(call)
        if path["maker"] == "google":
            return await _gemini(path)(call)
        return await whole(_completion())(call)


def _problem_of_claude(path: re.Match[str], body: JsonObject, betas: str) -> tuple[int, str] | None:
    is_stream = path["method"] == "streamRawPredict"
    if path["method"] not in {"rawPredict", "streamRawPredict"}:
        return 404, "Not found."
    if body.get("anthropic_version") != "vertex-2023-10-16":
        return 400, "anthropic_version: Field required"
    if unknown := [name for name in betas.split(",") if name in _UNKNOWN_BETAS]:
        return 400, f"Unexpected value(s) `{unknown}` for the `anthropic-beta` header."
    if is_stream != (body.get("stream") is True):
        return 400, "stream: does not fit the method"
    return None


def _gemini(path: re.Match[str]) -> Any:
    part = {"content": {"role": "model", "parts": [{"text": "Hi."}]}, "finishReason": "STOP"}
    answer = {
        "candidates": [part],
        "usageMetadata": {"promptTokenCount": 3, "candidatesTokenCount": 1},
    }
    if path["method"] == "generateContent":
        return whole(answer)
    if path["query"] != "?alt=sse":
        return whole({"error": {"code": 400, "message": "a list, not a stream"}}, 400)
    return stream([b"data: " + json.dumps(answer).encode() + b"\n\n"], done=False)


def _completion() -> JsonObject:
    said = {"index": 0, "message": {"role": "assistant", "content": "Hi."}, "finish_reason": "stop"}
    return {"id": "c", "object": "chat.completion", "choices": [said], "usage": {}}


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def metadata_before(cloud: GoogleCloud) -> Script:
    """The metadata server of a machine, with *cloud* behind it for everything else."""
    account = "/computeMetadata/v1/instance/service-accounts/"
    answers: dict[str, Any] = {
        "/": b"computeMetadata/",
        "/computeMetadata/v1/project/project-id": b"my-project",
        "/computeMetadata/v1/universe/universe-domain": b"googleapis.com",
        f"{account}default/": {"email": EMAIL, "scopes": [SCOPE], "aliases": ["default"]},
        f"{account}{EMAIL}/token": {"access_token": cloud.tokens[0], "expires_in": 3600},
        f"{account}default/token": {"access_token": cloud.tokens[0], "expires_in": 3600},
    }

    async def script(call: Call) -> web.StreamResponse:
        path = call.target.partition("?")[0]
        if path not in answers:
            return await cloud(call)
        if call.header("metadata-flavor") != "Google":
            return await whole({}, 403)(call)
        found = answers[path]
        kind = "application/text" if isinstance(found, bytes) else "application/json"
        headers = {"Metadata-Flavor": "Google", "Content-Type": kind}
        return await whole(found, headers=headers)(call)

    return script

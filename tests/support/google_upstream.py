"""Google's other doors to models, scripted: Code Assist, and Vertex AI for Gemini and Claude.

Each checks what is particular to it, and has the rest checked by the API behind it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.support.claude_events import stream_events
from tests.support.gemini_upstream import KEY, GeminiRequest, GeminiUpstream
from tests.support.turns import Answer, JsonObject, Raw, Turn
from tests.support.upstream import Request, Upstream

TOKEN = "ya29.scripted"
PROJECT = "my-project"
_CODE_ASSIST = re.compile(r"/v1internal:(\w+(\?alt=sse)?)")
_VERTEX = re.compile(
    rf"/(v1|v1beta1)/projects/{PROJECT}/locations/[\w-]+/publishers/"
    r"(google|anthropic)/models/([\w.@-]+):(\w+(\?alt=sse)?)"
)


class CodeAssistUpstream(GeminiUpstream):
    """Takes the envelope off; what is none stays a path that Gemini does not have."""

    def request_type(self, **members: object) -> GeminiRequest:
        body, path = members["body"], _CODE_ASSIST.fullmatch(str(members["path"]))
        assert isinstance(body, dict)
        is_whole = body.keys() == {"model", "project", "user_prompt_id", "request"}
        if path and is_whole and body["project"] == PROJECT:
            inner = {
                name: body["request"][name] for name in body["request"] if name != "session_id"
            }
            target = f"/v1beta/models/{body['model']}:{path[1]}"
            members |= {"path": target, "body": inner}
        return GeminiRequest(**_with_key(members))

    def _chunks(self, turn: Turn, model: str) -> Iterator[JsonObject]:
        return ({"response": chunk} for chunk in super()._chunks(turn, model))


class VertexGeminiUpstream(GeminiUpstream):
    """Gemini at the address of a project; also the server that gives tokens."""

    def request_type(self, **members: object) -> GeminiRequest:
        path = _VERTEX.fullmatch(str(members["path"]))
        if path and path[2] == "google":
            members |= {"path": f"/v1beta/models/{path[3]}:{path[4]}"}
        return GeminiRequest(**_with_key(members))

    async def _handle(self, http: web.Request) -> web.StreamResponse:
        return _token() if http.path == "/token" else await super()._handle(http)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaudeRequest(Request):
    """A request for Claude; its model is in the address."""

    @property
    def model(self) -> str:
        path = _VERTEX.fullmatch(self.path)
        return path[3] if path else ""


class VertexClaudeUpstream(Upstream):
    """An older Claude at the address of a project; also the server that gives tokens."""

    request_type = ClaudeRequest

    def __init__(self) -> None:
        super().__init__()
        self.refusals: list[str] = []

    async def _handle(self, http: web.Request) -> web.StreamResponse:
        return _token() if http.path == "/token" else await super()._handle(http)

    def _choose(self, request: Request) -> Answer:
        if problem := _problem_of_claude(request):
            self.requests.append(request)
            self.refusals.append(problem[1])
            return _refused(*problem)
        return super()._choose(request)

    async def _give(
        self, answer: Answer, http: web.Request, request: Request
    ) -> web.StreamResponse:
        if not isinstance(answer, Turn):
            return await super()._give(answer, http, request)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(http)
        for event in stream_events(answer, request.model, "vrtx"):
            data = json.dumps(event)
            await response.write(f"event: {event['type']}\ndata: {data}\n\n".encode())
        return response


def sign_in_to_code_assist(home: Path) -> None:
    """The file that Gemini CLI leaves behind."""
    path = home / ".gemini" / "oauth_creds.json"
    path.parent.mkdir()
    held = {"access_token": TOKEN, "refresh_token": "r", "expiry_date": 4_000_000_000_000}
    path.write_text(json.dumps(held), encoding="utf-8")


def sign_in_to_google_cloud(home: Path, token_url: str) -> None:
    """Application default credentials, where gcloud keeps them."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    held = {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key": key.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        ).decode(),
        "client_email": f"router@{PROJECT}.iam.gserviceaccount.com",
        "token_uri": token_url,
    }
    path = home / ".config" / "gcloud" / "application_default_credentials.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(held), encoding="utf-8")


def _token() -> web.Response:
    return web.json_response({"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"})


def _with_key(members: dict[str, object]) -> dict[str, object]:
    """The key of the API behind in the place of the token, if that is the right one."""
    headers = members["headers"]
    assert isinstance(headers, dict)
    is_signed = headers.get("authorization") == f"Bearer {TOKEN}"
    has_key = "x-goog-api-key" in headers
    key = {"x-goog-api-key": KEY} if is_signed and not has_key else {"x-goog-api-key": ""}
    return {**members, "headers": {**headers, **key}}


def _problem_of_claude(request: Request) -> tuple[int, str] | None:
    path, body = _VERTEX.fullmatch(request.path), request.body
    is_stream = body.get("stream") is True
    if path is None or path[2] != "anthropic":
        return 404, f"Not found: {request.path}"
    if path[4] != ("streamRawPredict" if is_stream else "rawPredict"):
        return 400, f"{path[4]}: does not fit the request"
    if request.headers.get("authorization") != f"Bearer {TOKEN}":
        return 401, "Request had invalid authentication credentials."
    if "x-api-key" in request.headers or body.get("anthropic_version") != "vertex-2023-10-16":
        return 400, "anthropic_version: Field required"
    betas = request.headers.get("anthropic-beta", "")
    if "advanced-tool-use" in betas or "prompt-caching-scope" in betas:
        return 400, f"Unexpected value(s) `{betas}` for the `anthropic-beta` header."
    if any(message["role"] == "system" for message in body["messages"]):
        return 400, "role 'system' is not supported on this model"
    if (body.get("thinking") or {}).get("type") == "adaptive" or "output_config" in body:
        return 400, "adaptive thinking is not supported on this model"
    unknown = body.keys() & {"model", "safeguards", "output_format"}
    return (400, f"{unknown}: Extra inputs are not permitted") if unknown else None


def _refused(status: int, message: str) -> Raw:
    error = {"type": "error", "error": {"type": "invalid_request_error", "message": message}}
    body = json.dumps(error).encode()
    return Raw(status=status, headers={"Content-Type": "application/json"}, body=body)

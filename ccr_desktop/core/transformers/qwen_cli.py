"""`qwen-cli`: Qwen's models with the sign-in of Qwen Code.

Source: the file `qwenOAuth2.ts` of https://github.com/QwenLM/qwen-code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.credentials.program import Program
from ccr_desktop.core.transformers.signing import authorized, signed_in, token_refused

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import UpstreamCall
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.base import TransformContext

PROGRAM = Program(
    name="Qwen Code",
    command="qwen",
    path="~/.qwen/oauth_creds.json",
    token_url="https://chat.qwen.ai/api/v1/oauth2/token",  # noqa: S106  # an address
    client_id="f0304373b74a44d2b584a3fb70ca9e56",
    early_s=300.0,
    note="Qwen ended this free service in April 2026; a key of DashScope takes its place.",
)
_PATH = "/v1/chat/completions"
_HEADERS = {"X-DashScope-AuthType": "qwen-oauth"}
_SYSTEM = {"role": "system", "content": "You are a helpful assistant."}  # one is demanded


class QwenCli:
    """Sends requests where the sign-in says, with its token."""

    name = "qwen-cli"

    def __init__(self, _options: Mapping[str, Any]) -> None: ...

    def upstream_request(self, body: JsonObject, _context: TransformContext) -> JsonObject:
        messages = body.get("messages") or []
        if messages and messages[0].get("role") == "system":
            return body
        return {**body, "messages": [_SYSTEM, *messages]}

    async def upstream_call(self, call: UpstreamCall, context: TransformContext) -> UpstreamCall:
        members = await signed_in(PROGRAM, context)
        call = authorized(call, f"Bearer {members['access_token']}")
        url = _endpoint(members.get("resource_url")) or call.url
        return replace(call, url=url, headers={**call.headers, **_HEADERS})

    def refused(self, context: TransformContext) -> bool:
        return token_refused(PROGRAM, context)


def _endpoint(resource: Any) -> str:
    """The address for a host, with or without a scheme and a version; other ones refuse."""
    if not isinstance(resource, str) or not resource:
        return ""
    url = resource if "://" in resource else f"https://{resource}"
    return url.rstrip("/").removesuffix("/v1") + _PATH

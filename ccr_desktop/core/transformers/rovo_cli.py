"""`rovo-cli`: the models of Atlassian's Rovo Dev, with an API token of the account."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.transformers.signing import STAND_IN, authorized, key_named
from ccr_desktop.errors import CredentialError

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import UpstreamCall
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile
    from ccr_desktop.core.transformers.base import TransformContext

_ARGUMENTS = {
    "open_files": "file_paths",
    "create_file": "file_path",
    "expand_code_chunks": "file_path",
}
_HINT = 'Write "EMAIL:API_TOKEN" as api_key; https://id.atlassian.com has tokens.'


class RovoCli:
    """Signs with `email:token`, and offers the three tools that the service insists on."""

    name = "rovo-cli"

    def __init__(self, options: Mapping[str, Any]) -> None:
        email, token = options.get("email"), options.get("api_token")
        self._key = f"{email}:{token}" if email and token else ""

    def profile(self, profile: Profile) -> Profile:
        return replace(profile, max_tokens_field="max_completion_tokens")

    def upstream_request(self, body: JsonObject, _context: TransformContext) -> JsonObject:
        tools = body.get("tools") or []
        names = {(tool.get("function") or {}).get("name") for tool in tools}
        missing = [tool for tool in _LEGACY if tool["function"]["name"] not in names]
        return {**body, "tools": [*tools, *missing]}

    def upstream_call(self, call: UpstreamCall, context: TransformContext) -> UpstreamCall:
        key = self._key or context.provider.api_key
        if context.fetch is None:
            key = STAND_IN
        elif ":" not in key:
            with key_named(context):
                raise CredentialError("Rovo Dev wants an e-mail address and a token", _HINT)
        return authorized(call, f"Basic {base64.b64encode(key.encode()).decode()}")


def _legacy_tool(name: str, argument: str) -> JsonObject:
    """A tool that nothing stands behind. Models must leave it alone."""
    kind = {"type": "string"}
    schema = {"type": "array", "items": kind} if argument.endswith("s") else kind
    function = {
        "name": f"{name}_legacy",
        "description": "Never call this tool: it is a placeholder and does nothing.",
        "parameters": {
            "type": "object",
            "properties": {argument: schema},
            "required": [argument],
        },
    }
    return {"type": "function", "function": function}


_LEGACY = [_legacy_tool(name, argument) for name, argument in _ARGUMENTS.items()]

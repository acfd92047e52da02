"""`gemini-cli`: Gemini by way of Code Assist, with the sign-in of Google's command line.

Source: `packages/core/src/code_assist` of https://github.com/google-gemini/gemini-cli. Answers
come in an envelope, which the decoder of Gemini's protocol takes off.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.credentials.program import Program
from ccr_desktop.core.dialects.base import UpstreamCall
from ccr_desktop.core.ids import new_id
from ccr_desktop.core.protocol.failures import read_failure
from ccr_desktop.core.protocol.json import JSONDecodeError, dumps_safe, loads_lenient
from ccr_desktop.core.transformers.signing import (
    STAND_IN,
    authorized,
    key_named,
    signed_in,
    token_refused,
)
from ccr_desktop.errors import CredentialError, UpstreamRejected

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.base import TransformContext

PROGRAM = Program(
    name="Gemini CLI",
    command="gemini",
    path="~/.gemini/oauth_creds.json",
    token_url="https://oauth2.googleapis.com/token",  # noqa: S106  # an address
    client_id="681255809395-oo8ft2oprdrnp9e3aqf6av3hmdib135j.apps.googleusercontent.com",
    client_secret="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",  # noqa: S106  # as its source publishes it
)
_BASE = re.compile(r"(.*?/v1internal)\b")
_USUAL_BASE = "https://cloudcode-pa.googleapis.com/v1internal"
_CLIENT = {
    "metadata": {
        "ideType": "IDE_UNSPECIFIED",
        "platform": "PLATFORM_UNSPECIFIED",
        "pluginType": "GEMINI",
    }
}


class GeminiCli:
    """Puts Gemini's requests into the envelope of Code Assist, and signs them."""

    name = "gemini-cli"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._said = str(options.get("project") or "")
        self._found: dict[Any, str] = {}  # projects, by the refresh token of their account

    async def upstream_call(self, call: UpstreamCall, context: TransformContext) -> UpstreamCall:
        members = await signed_in(PROGRAM, context)
        signed = authorized(call, f"Bearer {members['access_token']}")
        base = _base(context.provider.url)
        session = {"session_id": context.session_id} if context.session_id else {}
        envelope = {
            "model": context.model.removeprefix("models/"),
            "project": await self._project(members, signed, base, context),
            "user_prompt_id": new_id("prompt"),
            "request": {**loads_lenient(call.body), **session},
        }
        method = call.url.rpartition(":")[2]
        return replace(signed, url=f"{base}:{method}", body=dumps_safe(envelope))

    def refused(self, context: TransformContext) -> bool:
        return token_refused(PROGRAM, context)

    async def _project(
        self, members: JsonObject, signed: UpstreamCall, base: str, context: TransformContext
    ) -> str:
        """What is said, else what Google keeps for the account."""
        said = self._said or os.environ.get("GOOGLE_CLOUD_PROJECT")
        if said or context.fetch is None:
            return said or STAND_IN
        account = members.get("refresh_token")
        if account not in self._found:
            asked = replace(signed, url=f"{base}:loadCodeAssist", body=dumps_safe(_CLIENT))
            answer = await context.fetch(asked)
            if answer.status != 200:
                failure = read_failure(answer.body, answer.status)
                raise UpstreamRejected(context.provider.name, context.model, failure, {})
            with key_named(context):
                self._found[account] = _project_in(answer.body)
        return self._found[account]


def _project_in(body: bytes) -> str:
    try:
        told = loads_lenient(body)
    except JSONDecodeError:
        told = None
    told = told if isinstance(told, dict) else {}
    project = told.get("cloudaicompanionProject")
    project = project.get("id") if isinstance(project, dict) else project
    if isinstance(project, str) and project:
        return project
    if told.get("currentTier"):
        hint = "Give the transformer `project`, or set GOOGLE_CLOUD_PROJECT."
        raise CredentialError("This Google account needs a project of its own", hint)
    hint = f"Run `{PROGRAM.command}` once and answer its questions, then try again."
    raise CredentialError("Gemini Code Assist is not set up for this account", hint)


def _base(url: str) -> str:
    """The address of the service; one of another of Google's is not meant."""
    found = _BASE.match(url)
    return found[1] if found else _USUAL_BASE

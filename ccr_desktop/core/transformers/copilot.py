"""`copilot`: the models of GitHub Copilot, with the sign-in of a GitHub account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.credentials.copilot import copilot_grant
from ccr_desktop.core.transformers.signing import STAND_IN, authorized, key_named

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import UpstreamCall
    from ccr_desktop.core.transformers.base import TransformContext

_USED = "grant"


class Copilot:
    """Signs with the short-lived token that GitHub gives for the account's."""

    name = "copilot"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._file = str(options.get("file") or "")

    async def upstream_call(self, call: UpstreamCall, context: TransformContext) -> UpstreamCall:
        provider = context.provider
        if context.fetch is None:
            return authorized(call, f"Bearer {STAND_IN}")
        with key_named(context):
            grant = await copilot_grant(provider.api_key, provider.url, context.fetch, self._file)
        if grant is None:
            return call
        context.notes[_USED] = grant
        return replace(authorized(call, f"Bearer {grant.token}"), url=grant.placed(call.url))

    def refused(self, context: TransformContext) -> bool:
        """Have another token, if one was used that can be renewed."""
        grant = context.notes.pop(_USED, None)
        if grant is not None:
            grant.refuse()
        return grant is not None

"""The key of a request put in the place of the one that the dialect wrote."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.core.credentials.sign_in import SignIn, sign_in
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.errors import CredentialError, UpstreamKeyMissing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.credentials.program import Program
    from ccr_desktop.core.dialects.base import UpstreamCall
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.base import TransformContext

STAND_IN = "TOKEN"
"""What stands for a token where nothing is to be sent, as when a transformer is tried out."""
_USED = "access token"
_KEYS = frozenset({"authorization", "x-api-key", "x-goog-api-key"})


async def signed_in(program: Program, context: TransformContext) -> JsonObject:
    """The members of the program's file, with an `access_token` that serves."""
    if context.fetch is None:
        return {"access_token": STAND_IN}
    with key_named(context):
        members = await _sign_in(program, context).members(context.fetch)
    context.notes[_USED] = members["access_token"]
    return members


def token_refused(program: Program, context: TransformContext) -> bool:
    """The provider refused the token: have it renewed before it is due, if one was used."""
    token = context.notes.pop(_USED, "")
    if token:
        _sign_in(program, context).refuse(token)
    return bool(token)


def _sign_in(program: Program, context: TransformContext) -> SignIn:
    return sign_in(program, paths.expanded(context.options.get("file") or program.path))


@contextmanager
def key_named(context: TransformContext) -> Iterator[None]:
    """A sign-in that does not serve is a key that the provider lacks: other routes may serve."""
    try:
        yield
    except CredentialError as exc:
        failure = Failure.of(401, f"{exc.title}: {exc.message}")
        provider = context.provider.name
        raise UpstreamKeyMissing(provider, context.model, failure, {}) from exc


def authorized(call: UpstreamCall, authorization: str) -> UpstreamCall:
    """*call* with this header, and without any other key."""
    kept = {name: value for name, value in call.headers.items() if name.lower() not in _KEYS}
    return replace(call, headers={**kept, "Authorization": authorization})

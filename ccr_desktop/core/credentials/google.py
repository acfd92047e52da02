"""Google's credentials: application default, or a service account of the configuration.

google-auth knows where they can be and how each kind gets its tokens. It blocks, so it works in a
thread; what it sends goes by the service's own connections.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.credentials.shared_work import SharedWork
from ccr_desktop.errors import CcrError, CredentialError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.dialects.base import Fetch

SCOPE = "https://www.googleapis.com/auth/cloud-platform"
TOKEN_URL = "https://oauth2.googleapis.com/token"  # noqa: S105  # an address
_HOW = (
    "Run `gcloud auth application-default login`, name the key file of a service account in "
    "GOOGLE_APPLICATION_CREDENTIALS, or give the transformer client_email and private_key."
)
_PROJECT = re.compile(r"@([^.@]+)\.iam\.gserviceaccount\.com$")


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """What a key file says of a service account. Line ends may be written as `\\n`."""

    client_email: str
    private_key: str = field(repr=False)

    @property
    def info(self) -> dict[str, str]:
        return {
            "client_email": self.client_email,
            "private_key": self.private_key.replace("\\n", "\n"),
            "token_uri": TOKEN_URL,
        }

    @property
    def project(self) -> str:
        found = _PROJECT.search(self.client_email)
        return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Grant:
    """Headers that sign a request, and the project that the credentials belong to, if any."""

    headers: Mapping[str, str] = field(repr=False)
    project: str = ""


class GoogleAccount:
    """The credentials of *account*, else the application default ones; tokens are kept."""

    def __init__(self, account: ServiceAccount | None = None) -> None:
        self._account = account
        self._credentials: Any = None
        self._project = ""
        self._renewal = SharedWork[None]()

    async def grant(self, fetch: Fetch) -> Grant:
        """What signs a request now. Raises `CredentialError` when there is nothing."""
        if self._credentials is None or not self._credentials.valid:
            await self._renewal.result(lambda: self._renewed(fetch))
        headers: dict[str, str] = {}
        self._credentials.apply(headers)
        return Grant(headers, self._project)

    def refuse(self, grant: Grant) -> None:
        """Google does not accept *grant*: the next one is signed with another token."""
        headers: dict[str, str] = {}
        if self._credentials is not None and self._credentials.valid:
            self._credentials.apply(headers)
            if headers == grant.headers:
                self._credentials.token = None

    async def _renewed(self, fetch: Fetch) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(self._renew, fetch, loop)

    def _renew(self, fetch: Fetch, loop: asyncio.AbstractEventLoop) -> None:
        from google.auth import exceptions  # noqa: PLC0415  # only for who uses Vertex AI

        from ccr_desktop.core.credentials.google_transport import Transport  # noqa: PLC0415

        request = Transport(fetch, loop)
        try:
            if self._credentials is None:
                self._credentials, self._project = self._load(request)
            self._credentials.refresh(request)
        except exceptions.TransportError as exc:
            raise _cause(exc) from exc
        except (exceptions.GoogleAuthError, ValueError) as exc:
            self._credentials = None  # whoever signs in anew is found
            raise CredentialError(_title(self._account), f"{_reason(exc)}. {_HOW}") from exc

    def _load(self, request: Any) -> tuple[Any, str]:
        if self._account is None:
            import google.auth  # noqa: PLC0415  # only for who uses Vertex AI

            credentials, project = google.auth.default(scopes=[SCOPE], request=request)
            return credentials, project or ""
        from google.oauth2 import service_account  # noqa: PLC0415  # only for who uses Vertex AI

        credentials = service_account.Credentials.from_service_account_info(
            self._account.info, scopes=[SCOPE]
        )
        return credentials, self._account.project


def _title(account: ServiceAccount | None) -> str:
    whose = f"of {account.client_email} " if account else ""
    return f"The Google credentials {whose}can't be used"


def _reason(exc: Exception) -> str:
    """Only the sentence: the rest of what google-auth tells is the answer as it came."""
    said = str(exc.args[0]) if exc.args else type(exc).__name__
    return said.strip().partition("\n")[0].rstrip(".")


def _cause(exc: Exception) -> CcrError:
    """Why a token server could not be asked, in our words."""
    found: BaseException | None = exc
    while found is not None and not isinstance(found, CcrError):
        found = found.__cause__ or found.__context__
    return found or CredentialError("Google can't be asked for a token", f"{_reason(exc)}. {_HOW}")

"""The programs whose sign-in can be used, as facts, and what is said when it can't."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.errors import CredentialError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program that keeps its OAuth tokens in a file of JSON.

    The client's id and secret are those that its source publishes: an installed program can't
    hide any (RFC 8252, section 8.5).
    """

    name: str
    command: str
    """What the user runs to sign in."""
    path: str
    token_url: str
    client_id: str
    client_secret: str = ""
    early_s: float = 60.0
    """How long before they expire tokens are renewed."""
    note: str = ""
    """What else a user should know whose sign-in fails."""

    def unusable(self, path: Path, reason: str) -> CredentialError:
        """The error for a sign-in that does not serve, with the remedy."""
        title = f"The sign-in of {self.name} can't be used"
        remedy = f"Run `{self.command}` and sign in, then try again."
        told = f"{path}: {reason}. {remedy} {self.note}"
        return CredentialError(title, told.strip())

"""The token that an editor with GitHub Copilot keeps: read, and never written."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ccr_desktop import paths
from ccr_desktop.core.protocol.json import loads_object
from ccr_desktop.core.regular_files import read_regular
from ccr_desktop.errors import CredentialError

GITHUB = "github.com"
SIGN_IN_AGAIN = "`ccr keys sign-in PROVIDER` signs in with GitHub."
_FILES = ("apps.json", "hosts.json")  # newer editors write the first one


def editors_token(github: str = GITHUB, file: str = "") -> str:
    """The token for *github* in *file*, else in those that editors write."""
    looked = [paths.expanded(file)] if file else [_folder() / name for name in _FILES]
    found = (token for path in looked if (token := _token_in(path, github)))
    if token := next(found, ""):
        return token
    where = " and ".join(map(str, looked))
    told = f"There is no key, and no editor's token for {github} in {where}."
    raise CredentialError("Nobody is signed in to GitHub Copilot", f"{told} {SIGN_IN_AGAIN}")


def _folder() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return paths.expanded(base) / "github-copilot"


def _token_in(path: Path, github: str) -> str:
    """The entries are named `HOST:APP`, in the older file `HOST`."""
    try:
        entries = loads_object(read_regular(path))
    except OSError:
        return ""
    for name, entry in entries.items():
        token = entry.get("oauth_token") if isinstance(entry, dict) else None
        if name.partition(":")[0] == github and isinstance(token, str) and token:
            return token
    return ""

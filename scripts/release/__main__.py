"""What a release needs beside its files.

    python -m scripts.release keygen            a new pair of keys
    python -m scripts.release sums FOLDER       write FOLDER/SHA256SUMS
    python -m scripts.release sign FOLDER       write FOLDER/SHA256SUMS.sig, or a line more of it
    python -m scripts.release verify FOLDER     do what the program does before it trusts a file
    python -m scripts.release notes VERSION     its section of CHANGELOG.md

The private key is read from the environment variable RELEASE_SIGNING_KEY and never from arguments,
which any process may see; while keys change it holds both, with a space or line between them.
Without it `sign` says so and ends with 3, or with 0 if `--optional`.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ccr_desktop.core.updates.signing import (
    SCHEME,
    SIGNATURE,
    SUMS,
    key_id,
    pinned_keys,
    read_sums,
    verify,
)
from ccr_desktop.errors import UpdateError

VARIABLE = "RELEASE_SIGNING_KEY"
DONE, FAILED, NO_KEY = 0, 1, 3
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"


def keygen() -> int:
    """Print a pair: the one half for `resources/release_keys.json`, the other for the secret."""
    key = Ed25519PrivateKey.generate()
    public = _public(key)
    print(f"key id                {key_id(public)}")
    print(f"public, to be pinned  {base64.b64encode(public).decode()}")
    print(f"{VARIABLE}   {base64.b64encode(key.private_bytes_raw()).decode()}")
    print("Keep the last line as a secret of the release workflow, and nowhere else.")
    return DONE


def sums(folder: Path) -> int:
    lines = [f"{_digest(path)}  {path.name}\n" for path in _files(folder)]
    if not lines:
        return _failed(f"There is no file in {folder}.")
    if odd := [line for line in lines if not read_sums(line.encode())]:
        return _failed(
            f"The program reads no such name, with a space or the like: {odd[0].strip()}"
        )
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    print("".join(lines), end="")
    return DONE


def sign(folder: Path, *, is_optional: bool = False) -> int:
    secrets = os.environ.get(VARIABLE, "").split()
    if not secrets:
        print(f"{VARIABLE} is not set: the release stays unsigned.", file=sys.stderr)
        return DONE if is_optional else NO_KEY
    try:
        private = [Ed25519PrivateKey.from_private_bytes(_decoded(secret)) for secret in secrets]
    except ValueError:
        return _failed(f"{VARIABLE} is no key: 32 bytes in base64 are expected.")
    keys = {key_id(_public(key)): key for key in private}
    pinned, signed = pinned_keys(), (folder / SUMS).read_bytes()
    if strange := keys.keys() - pinned.keys():
        reason = "not pinned in resources/release_keys.json"
        return _failed(f"The key {', '.join(sorted(strange))} is {reason}.")
    others = [line for line in _lines(folder) if _signer(line) not in keys]
    if wrong := _wrong(signed, others, pinned):
        reason = f"{SIGNATURE} holds what does not fit {SUMS}, of {', '.join(wrong)}"
        return _failed(f"{reason}: sign with that anew, or remove the file.")
    lines = others + [
        f"{SCHEME} {name} {base64.b64encode(key.sign(signed)).decode()}"
        for name, key in keys.items()
    ]
    text = "".join(f"{line}\n" for line in lines)
    (folder / SIGNATURE).write_text(text, encoding="utf-8", newline="\n")
    print(f"Signed with {', '.join(keys)}{_beside(others)}.")
    return DONE


def _decoded(secret: str) -> bytes:
    return base64.b64decode(secret, validate=True)


def check(folder: Path) -> int:
    """Each signature, the checksums, and that no file is without one."""
    signed, lines, pinned = (folder / SUMS).read_bytes(), _lines(folder), pinned_keys()
    if not lines:
        return _failed(f"{SIGNATURE} holds no signature.")
    if wrong := _wrong(signed, lines, pinned):
        return _failed(f"Not a signature of {SUMS} by a pinned key: {', '.join(wrong)}.")
    checksums = read_sums(signed)
    found = {path.name: _digest(path) for path in _files(folder)}
    if wrong := sorted(name for name, _ in found.items() ^ checksums.items()):
        return _failed(f"Not as they were signed: {', '.join(dict.fromkeys(wrong))}.")
    print(f"{len(found)} files are as they were signed by {', '.join(map(_signer, lines))}.")
    return DONE


def _lines(folder: Path) -> list[str]:
    """The signatures that are there: while keys change, a release has one of each."""
    try:
        text = (folder / SIGNATURE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [line for line in text.splitlines() if line.strip()]


def _wrong(signed: bytes, lines: list[str], pinned: Mapping[str, bytes]) -> list[str]:
    """Whose lines are no signature of *signed*: each has to be one, for who knows only that key."""
    found = []
    for line in lines:
        try:
            verify(signed, line.encode(), pinned)
        except UpdateError:
            found.append(_signer(line))
    return found


def _signer(line: str) -> str:
    return next(iter(line.split()[1:2]), "nobody")


def _beside(others: list[str]) -> str:
    return f", beside {', '.join(map(_signer, others))}" if others else ""


def notes(version: str) -> int:
    text = CHANGELOG.read_text(encoding="utf-8")
    found = re.search(
        rf"^## \[?{re.escape(version)}(?=[\]\s])[^\n]*\n(.*?)(?=^## |\Z)", text, re.M | re.S
    )
    if found is None:
        return _failed(f"CHANGELOG.md has no section for {version}.")
    print(found[1].strip())
    return DONE


def _files(folder: Path) -> list[Path]:
    others = (path for path in folder.iterdir() if path.name not in {SUMS, SIGNATURE})
    return sorted(path for path in others if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _failed(text: str) -> int:
    print(text, file=sys.stderr)
    return FAILED


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.release", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("step", choices=["keygen", "sums", "sign", "verify", "notes"])
    parser.add_argument("what", nargs="?", help="the folder, or the version for `notes`")
    parser.add_argument("--optional", action="store_true", help="sign: go on without a key")
    chosen = parser.parse_args(arguments)
    if chosen.step == "keygen":
        return keygen()
    what = (chosen.what or "").removeprefix("v") if chosen.step == "notes" else chosen.what
    if not what:
        parser.error(f"{chosen.step} needs a folder, or a version")
    try:
        return _STEPS[chosen.step](what, is_optional=chosen.optional)
    except OSError as exc:
        return _failed(f"{exc.filename}: {exc.strerror}.")


_STEPS: Mapping[str, Callable[..., int]] = {
    "sums": lambda what, **_: sums(Path(what)),
    "sign": lambda what, is_optional: sign(Path(what), is_optional=is_optional),
    "verify": lambda what, **_: check(Path(what)),
    "notes": lambda what, **_: notes(what),
}


if __name__ == "__main__":
    sys.exit(main())

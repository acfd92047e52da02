"""`ccr config export`: a copy without secrets, our own file, or a link."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.cli.changes import open_store
from ccr_desktop.cli.prompts import ask_secret, is_interactive, say
from ccr_desktop.core.config.files import encode, read_bytes
from ccr_desktop.core.config.syntax import parse
from ccr_desktop.core.secrets import Secrets
from ccr_desktop.core.setup.secret_fields import with_placeholders
from ccr_desktop.core.transfer import own_file, own_link
from ccr_desktop.core.transfer.file_places import files_named_in
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    import argparse

    from ccr_desktop.cli.actions import Actions
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject


def add_to(actions: Actions) -> None:
    parser = actions.add("export", "print a copy with $NAMES in place of secrets", _export)
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help=f"write a file to import again, by custom NAME{own_file.ENDING}",
    )
    parser.add_argument(
        "--keys", action="store_true", help="with the keys, encrypted with a passphrase"
    )
    parser.add_argument(
        "--passphrase-stdin", action="store_true", help="read the passphrase from stdin"
    )
    parser.add_argument(
        "--link", action="store_true", help="print a link with providers and routes, without keys"
    )
    parser.add_argument("--output", metavar="FILE", help="write the plain copy to this file")
    parser.add_argument("--force", action="store_true", help="replace that file")


def _export(options: argparse.Namespace) -> int:
    if options.keys and (options.link or options.output):
        hint = "Use `ccr config export --keys FILE`."
        raise ClientError("Keys go into a file of CCR Desktop only", hint)
    raw = raw_in_force(open_store(options, tolerant=True))
    if options.link:
        print(own_link.make(raw))
        if left := own_link.left_out(raw):
            say("These are not in the link:")
            for line in left:
                say(f"  {line}")
        return 0
    if options.file or options.keys:
        data, names = _own_file(options, raw)
    else:
        copy, names = with_placeholders(raw)
        data = encode(copy)
    _write(options, data)
    for place in files_named_in(raw):
        say(f"  {place} names a file of this computer: only its path is in it")
    if not options.keys:
        for name, where in names.items():
            say(f"  ${name} stands for the secret in {where}")
    return 0


def _own_file(options: argparse.Namespace, raw: JsonObject) -> tuple[bytes, dict[str, str]]:
    now = datetime.now().astimezone()
    if not options.keys:
        return own_file.make(raw, now)
    secrets, missing = own_file.secrets_of(raw, Secrets())
    for name in missing:
        say(f"  there is no key {name} in the password store: it is not in the file")
    return own_file.make(raw, now, secrets, _passphrase(options))


def _passphrase(options: argparse.Namespace) -> str:
    if options.passphrase_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not is_interactive():
        hint = "Pipe it in, with --passphrase-stdin. It is never an argument."
        raise ClientError("Keys are written only under a passphrase", hint)
    words = ask_secret("Passphrase for the keys in the file")
    if ask_secret("Once more") != words:
        raise ClientError("These are two passphrases", "Nothing was written.")
    return words


def _write(options: argparse.Namespace, data: bytes) -> None:
    if not (name := options.file or options.output):
        print(data.decode(), end="")
        return
    target = paths.expanded(name)
    if target.exists() and not options.force:
        raise ClientError(f"{target} is there already", "Replace it with --force.")
    write_safely(target, data)
    say(f"Written to {target}.")


def raw_in_force(store: ConfigStore) -> JsonObject:
    """What the file holds, also when it can't be used."""
    if store.problems and store.path:
        return parse(read_bytes(store.path), store.path, [])
    return dict(store.config.raw)

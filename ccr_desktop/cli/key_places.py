"""`ccr keys where`, `move`, `use-file`, `use-keyring` and `unlock`: the places of keys."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ccr_desktop.cli.changes import open_store, raw_of, warn_of_losses
from ccr_desktop.cli.local_service import reload_running
from ccr_desktop.cli.options import service_config
from ccr_desktop.cli.output import print_json
from ccr_desktop.cli.prompts import ask_secret, ask_yes, is_interactive, say
from ccr_desktop.core.secrets import PREFIX, Place, Secrets, StoreState, WayOut
from ccr_desktop.core.secrets.state import CONSENT, HOW_TO_ADD_ONE, PASSPHRASE_VARIABLE
from ccr_desktop.core.setup.edits import provider_entries
from ccr_desktop.core.setup.key_moves import KeyPlace, plan_move
from ccr_desktop.core.setup.key_moving import apply_move
from ccr_desktop.core.setup.keys import references
from ccr_desktop.errors import ClientError, SecretError, sentences

if TYPE_CHECKING:
    import argparse

    from ccr_desktop.cli.actions import Actions
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import MovedAll, SecretStore, StoreStatus
    from ccr_desktop.core.setup.key_moving import Moved

_WAYS_OUT = {
    WayOut.UNLOCK: "`ccr keys unlock` has the system ask for the password.",
    WayOut.SET_UP: "`ccr keys unlock` has the system ask for a new password.",
    WayOut.PASSPHRASE: f"`ccr keys unlock` tries a passphrase; {PASSPHRASE_VARIABLE} gives it.",
    WayOut.ASK_AGAIN: "`ccr keys unlock` asks again.",
    WayOut.USE_FILE: "`ccr keys use-file` keeps keys in a protected file.",
    WayOut.ADD_STORE: HOW_TO_ADD_ONE,
    WayOut.SET_ASIDE: "`ccr keys use-keyring --set-aside` keeps the file under another name.",
}

_USE_FILE = "Keep keys in a protected file?"


def add_to(actions: Actions) -> None:
    where = actions.add("where", "tell where keys are kept, and whether they can be read", _where)
    where.add_argument("--json", action="store_true", help="print JSON")
    move = actions.add("move", "move the key of a provider to another place", _move)
    move.add_argument("provider", metavar="PROVIDER", help="its name in the configuration")
    move.add_argument(
        "--to",
        required=True,
        choices=[place.value for place in KeyPlace],
        help="the store, a variable, or the file",
    )
    move.add_argument("--variable", metavar="VAR", default="", help="its name, for --to env")
    move.add_argument("--plain", action="store_true", help="write the key readable, for --to file")
    file = actions.add("use-file", "keep keys in a protected file from now on", _use_file)
    file.add_argument("--passphrase", action="store_true", help="open it with a passphrase only")
    keyring = actions.add("use-keyring", "keep keys in the system's store again", _use_keyring)
    keyring.add_argument(
        "--set-aside",
        action="store_true",
        help="keep a file that can't be opened, unused",
    )
    actions.add("unlock", "have the system ask for the password of its store", _unlock)
    for parser in (move, file):
        parser.add_argument("--yes", action="store_true", help="do not ask")


def open_secrets() -> Secrets:
    """The store in use; on a terminal its passphrase is asked for, if it has one."""
    secrets = Secrets()
    status = secrets.status() if secrets.place is Place.FILE else None
    if status and status.state is StoreState.LOCKED and is_interactive():
        status = secrets.unlock(ask_secret("Passphrase of the protected file"))
        if not status.is_ready:
            raise SecretError(status.title, status.text, state=status.state)
    return secrets


def take(way: WayOut, secrets: SecretStore) -> StoreStatus | None:
    """What mends the store of keys; None where a person has to agree and does not, or is not there.

    Consent to the protected file is asked for here, whatever was answered before.
    """
    if way not in {WayOut.PASSPHRASE, WayOut.USE_FILE}:
        return secrets.unlock()
    if not is_interactive():
        say(_WAYS_OUT[way])
        return None
    if way is WayOut.PASSPHRASE:
        return secrets.unlock(ask_secret("Passphrase of the protected file"))
    say(CONSENT)
    if not isinstance(secrets, Secrets) or not ask_yes(_USE_FILE, default=False):
        return None
    return secrets.use_file()


def _where(options: argparse.Namespace) -> int:
    secrets = Secrets()
    status = secrets.status()
    if options.json:
        print_json(
            {
                "place": status.place,
                "store": status.description,
                "state": status.state,
                "title": status.title,
                "text": status.text,
                "detail": status.detail,
                "ways_out": status.ways_out,
                "file": str(secrets.file_path) if secrets.place is Place.FILE else None,
            }
        )
        return 0
    if status.state is not StoreState.MISSING:
        print(f"Keys are kept here: {status.description}")
    if secrets.place is Place.FILE:
        print(f"  {secrets.file_path}")
    print(sentences(status.title, status.text))
    for line in (status.detail, *(_WAYS_OUT[way] for way in status.ways_out)):
        if line:
            print(f"  {line}")
    return 0


def _move(options: argparse.Namespace) -> int:
    secrets = open_secrets()
    store = open_store(options, secrets=secrets)
    change = plan_move(
        raw_of(store),
        options.provider,
        KeyPlace(options.to),
        variable=options.variable,
        is_plain=options.plain,
    )
    if not change.steps:
        print(f"The key of {change.provider} is there already.")
        return 0
    base = store.revision
    for step in change.steps:
        say(f"  {step.name}: {step.shown_before} → {step.shown_after}")
    warn_of_losses(store)
    if is_interactive() and not options.yes and not ask_yes(f"Move the key of {change.provider}?"):
        say("Nothing was changed.")
        return 0
    moved = apply_move(change, store, secrets, os.environ, base=base)
    _tell(moved, secrets)
    if reload_running(store.config):
        say("The running router reads it from there from now on.")
    return 0


def _tell(moved: Moved, secrets: Secrets) -> None:
    name, to = moved.change.provider, moved.change.to
    where = {
        KeyPlace.KEYRING: f"kept: {secrets.describe()}",
        KeyPlace.ENVIRONMENT: "read from the environment",
        KeyPlace.FILE: "readable in the configuration file",
    }
    print(f"The key of {name} is now {where[to]}.")
    for line in moved.lines_to_export:
        say(f"Set it where the router runs: {line}")
    for kept in moved.kept:
        say(f"{secrets.describe()} keeps it until `ccr keys delete {kept}`.")
    for path in moved.still_in:
        say(f"Note: it can still be read in {path}.")
    if to is KeyPlace.KEYRING:
        say(f"`ccr keys move {name} --to file --plain` undoes this.")
    else:
        say(f"`ccr keys move {name} --to keyring` undoes this.")


def _use_file(options: argparse.Namespace) -> int:
    secrets = Secrets()
    if secrets.place is Place.FILE:
        print(f"The protected file is in use already: {secrets.file_path}")
        return 0
    say(CONSENT)
    if not options.yes:
        if not is_interactive():
            hint = "Nothing was changed. --yes says that you have read it."
            raise ClientError("The protected file needs your consent", hint)
        if not ask_yes(_USE_FILE, default=False):
            say("Nothing was changed.")
            return 0
    passphrase = _new_passphrase() if options.passphrase else ""
    if secrets.keyring_status().is_ready:
        _tell_moved(secrets.move_all(Place.FILE, _known(options), passphrase), secrets)
    else:
        secrets.use_file(passphrase)
        print(f"Keys are kept in {secrets.file_path} from now on.")
    reload_running(service_config(options))
    return 0


def _use_keyring(options: argparse.Namespace) -> int:
    if options.set_aside:
        secrets = Secrets()
        if secrets.place is Place.KEYRING:
            raise ClientError("There is no protected file", "Nothing was changed.")
        print(f"The protected file is kept as {secrets.set_file_aside()}.")
        say(f"Keys are kept here from now on: {secrets.describe()}. They are to be entered again.")
        return 0
    secrets = open_secrets()
    if secrets.place is Place.KEYRING:
        print(f"It is in use already: {secrets.describe()}")
        return 0
    _tell_moved(secrets.move_all(Place.KEYRING, _known(options)), secrets)
    reload_running(service_config(options))
    return 0


def _unlock(options: argparse.Namespace) -> int:
    secrets = Secrets()
    is_asked = secrets.place is Place.FILE and is_interactive()
    status = secrets.unlock(ask_secret("Passphrase of the protected file") if is_asked else "")
    print(f"{status.title}.")
    if status.is_ready and status.place is Place.KEYRING:
        reload_running(service_config(options))
    return 0 if status.is_ready else 1


def _tell_moved(moved: MovedAll, secrets: Secrets) -> None:
    print(f"Keys are kept here from now on: {secrets.describe()}.")
    say(f"Moved: {', '.join(moved.names) or 'none, there were none'}.")
    if moved.left:
        say(f"Note: the old place also keeps those of {', '.join(moved.left)}.")


def _known(options: argparse.Namespace) -> list[str]:
    """The names that the configuration may have keys under."""
    raw: JsonObject = raw_of(open_store(options, tolerant=True))
    texts = (text for _, text in references(raw) if text.startswith(PREFIX))
    names = {str(entry["name"]).strip() for entry in provider_entries(raw)}
    return sorted({*names, *(text.removeprefix(PREFIX).strip() for text in texts)})


def _new_passphrase() -> str:
    if not is_interactive():
        if given := os.environ.get(PASSPHRASE_VARIABLE):
            return given
        hint = f"Type it on a terminal, or give it in {PASSPHRASE_VARIABLE}."
        raise ClientError("There is no passphrase", hint)
    first = ask_secret("Passphrase (it is not shown)")
    if not first or ask_secret("Once more") != first:
        raise ClientError("These are not the same", "Nothing was changed.")
    return first

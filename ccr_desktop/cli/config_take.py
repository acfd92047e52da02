"""Taking pieces of what `ccr config import` found into the configuration there is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ccr_desktop.cli.changes import open_store, raw_of, save
from ccr_desktop.cli.output import print_json
from ccr_desktop.cli.prompts import ask_secret, is_interactive
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.transfer.found import Origin
from ccr_desktop.core.transfer.keys_in_use import keys_in_use, may_be_in_use
from ccr_desktop.core.transfer.offer import offer
from ccr_desktop.core.transfer.taking import take
from ccr_desktop.errors import ClientError, ConfigConflict

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping

    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transfer.found import Found
    from ccr_desktop.core.transfer.items import Item
    from ccr_desktop.core.transfer.offer import Offer
    from ccr_desktop.core.transfer.taking import Taken


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--take",
        metavar="WHAT",
        action="append",
        default=[],
        help="take this, for example provider:NAME, and nothing that is not named so",
    )
    parser.add_argument(
        "--keys-in-file", action="store_true", help="write keys into the file, not the keyring"
    )
    parser.add_argument(
        "--passphrase-stdin", action="store_true", help="read the passphrase of a file from stdin"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask; a link needs it in scripts")


def opened(options: argparse.Namespace, read: Callable[[str], Found]) -> Found:
    """What *read* finds, with its keys where somebody gives their passphrase."""
    if options.passphrase_stdin:
        return read(sys.stdin.readline().rstrip("\r\n"))
    found = read("")
    if found.is_sealed and is_interactive():
        words = ask_secret("Passphrase of the file (nothing: take it without the keys)")
        return read(words) if words else found
    return found


def take_pieces(options: argparse.Namespace, found: Found) -> int:
    store = open_store(options, tolerant=True)
    raw = raw_of(store)
    in_use = _keys_in_use(options, found, raw)
    made = offer(found, raw, in_use)
    ticked = _ticked(options, made)
    taken = take(raw, made, ticked, keys_in_file=options.keys_in_file)

    def again(raw: JsonObject) -> JsonObject:
        now = offer(found, raw, in_use)
        wanted = [item for item in now.items if item.key in ticked]
        _refuse_others(made, wanted)
        keys = [item.key for item in wanted]
        return take(raw, now, keys, keys_in_file=options.keys_in_file).raw

    if not options.json:
        _print_offer(made, ticked)
    is_saved = False if options.dry_run else _saved(options, store, made, taken, again)
    if options.json:
        print_json(_as_json(made, taken, ticked, store, is_saved=is_saved))
    elif options.dry_run:
        print("Nothing was saved.")
    return 0


def _keys_in_use(options: argparse.Namespace, found: Found, raw: JsonObject) -> Mapping[str, str]:
    """Stored keys are read only where one is brought that might be the same."""
    if not may_be_in_use(found.raw, raw):
        return {}
    return keys_in_use(open_store(options, tolerant=True, reads_keys=True).config)


def _ticked(options: argparse.Namespace, made: Offer) -> frozenset[str]:
    if not options.take:
        return made.ticked
    known = {item.key for item in made.items}
    if unknown := [key for key in options.take if key not in known]:
        hint = f"There is: {', '.join(sorted(known)) or 'nothing'}."
        raise ClientError(f"There is no {unknown[0]!r} in it", hint)
    return frozenset(options.take)


def _refuse_others(shown: Offer, wanted: Iterable[Item]) -> None:
    """What somebody agreed to was shown: the rest of the file may be another, but not that."""
    known = {item.key: item for item in shown.items}
    if any(item != known.get(item.key) for item in wanted):
        raise ConfigConflict(
            "Another program has changed meanwhile what this would replace",
            "Nothing was saved. Import it again, and look at what is shown.",
        )


def _saved(
    options: argparse.Namespace,
    store: ConfigStore,
    made: Offer,
    taken: Taken,
    again: Callable[[JsonObject], JsonObject],
) -> bool:
    if not taken.carried:
        return False
    if made.origin is Origin.LINK and not (options.yes or is_interactive()):
        hint = "Look at it with --dry-run, then add --yes."
        raise ClientError("A link is taken only when you say so", hint)
    read_config(  # before a key is stored
        taken.raw, store.save_path, {}, secrets=MemorySecrets(**taken.keys)
    )
    return save(
        store,
        taken.raw,
        question="Take this?",
        is_asked=not options.yes,
        keys=taken.keys,
        again=again,
    )


def _print_offer(made: Offer, ticked: frozenset[str]) -> None:
    print(f"{made.title}{f' in {made.place}' if made.place else ''}")
    for item in made.items:
        mark = "x" if item.key in ticked else " "
        print(_plain(f"  [{mark}] {item.key}{f': {item.detail}' if item.detail else ''}"))
        for warning in item.warnings:
            print(_plain(f"        ! {warning}"))
    if made.same and not made.items:
        print("  What could be taken from it is here already, just so.")
    elif made.same:
        print(f"  {made.same} more {'is' if made.same == 1 else 'are'} here already, just so.")
    elif not made.items:
        print("  There is nothing in it to take.")
    print_section("Needs a hand", made.needs_hand)
    print_section("Problems", made.issues)


def _as_json(
    made: Offer, taken: Taken, ticked: frozenset[str], store: ConfigStore, *, is_saved: bool
) -> dict[str, object]:
    return {
        "source": made.place or made.title,
        "target": str(store.save_path),
        "saved": is_saved,
        "carried": list(taken.carried),
        "needs_hand": list(made.needs_hand),
        "issues": list(made.issues),
        "items": [
            {
                "key": item.key,
                "detail": item.detail,
                "warnings": list(item.warnings),
                "taken": item.key in ticked,
            }
            for item in made.items
        ],
    }


def print_section(title: str, lines: Iterable[str]) -> None:
    if text := "\n".join(_plain(f"  {line}") for line in lines):
        print(f"{title}:")
        print(text)


def _plain(text: str) -> str:
    """Without what a terminal would obey: the words may be anybody's."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)

"""`ccr config import`: settings of other programs and of others, with a report.

A configuration of claude-code-router 1 or 2 is taken over as a whole; of everything else one takes
pieces, which `config_take` does.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.cli import changes, config_take
from ccr_desktop.cli.output import print_json
from ccr_desktop.core.config.origins import Origin, Source
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.presets.library import foreign_folder
from ccr_desktop.core.secrets import MemorySecrets, Secrets, storing
from ccr_desktop.core.setup.importing import read_import
from ccr_desktop.core.transfer.places import sources_here
from ccr_desktop.core.transfer.schemes import is_link
from ccr_desktop.core.transfer.sources import read_file, read_link
from ccr_desktop.errors import ClientError, ConfigError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from ccr_desktop.cli.actions import Actions
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.setup.importing import Import


def add_to(actions: Actions) -> None:
    parser = actions.add(
        "import", "take over settings of claude-code-router, CC Switch, a file or a link", _import
    )
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE|LINK",
        help="default: ~/.claude-code-router/config.json",
    )
    parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")
    parser.add_argument(
        "--force", action="store_true", help="replace the own configuration; it becomes a version"
    )
    parser.add_argument(
        "--keys-to-keyring", action="store_true", help="move keys in clear text to the keyring"
    )
    config_take.add_options(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def _import(options: argparse.Namespace) -> int:
    if options.file and is_link(options.file):
        return config_take.take_pieces(options, read_link(options.file))
    source = paths.expanded(options.file) if options.file else paths.legacy_config_file()
    if _is_missing(source):
        raise ClientError(f"There is no file {source}", _what_else())
    found = config_take.opened(options, lambda words: read_file(source, words))
    if not found.is_whole or options.take:
        return config_take.take_pieces(options, found)
    return _import_whole(options, source)


def _is_missing(source: Path) -> bool:
    """Whether nothing stands there. What is no file, or is closed, the reader tells."""
    try:
        source.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _what_else() -> str:
    here = [f"{source.path} ({source.title})" for source in sources_here()]
    hint = "Give the file as `ccr config import FILE`."
    return f"{hint} There is: {', '.join(here)}." if here else hint


def _import_whole(options: argparse.Namespace, source: Path) -> int:
    store = changes.open_store(options, tolerant=True)
    target = store.save_path
    result = read_import(source, foreign_folder(), keys_to_keyring=options.keys_to_keyring)
    errors = _check(result, target)
    is_saved = not (options.dry_run or errors)
    if is_saved:
        if target.exists() and not options.force:
            hint = (
                "Replace it with --force (it is kept as a version), take single things with"
                " --take, or see --dry-run."
            )
            raise ClientError(f"{target} is there already", hint)
        with (
            storing(result.to_keyring, Secrets()),
            store.noting(Origin(Source.IMPORT, str(source))),
        ):
            store.save(result.raw)
    if options.json:
        print_json(_as_json(result, target, errors, is_saved=is_saved))
    else:
        _print_report(result, target, errors, is_dry=options.dry_run)
    return 2 if errors else 0


def _check(result: Import, target: Path) -> list[Issue]:
    """The errors that make it unusable; warnings join the issues of the import."""
    keys = MemorySecrets(**result.to_keyring)
    try:
        config = read_config(result.raw, target, os.environ, secrets=keys)
    except ConfigError as exc:
        return list(exc.issues)
    result.issues.extend(config.issues)
    return []


def _as_json(
    result: Import, target: Path, errors: list[Issue], *, is_saved: bool
) -> dict[str, object]:
    return {
        "source": str(result.source),
        "target": str(target),
        "saved": is_saved,
        "carried": result.carried,
        "needs_hand": result.needs_hand,
        "issues": [str(issue) for issue in (*errors, *result.issues)],
    }


def _print_report(result: Import, target: Path, errors: list[Issue], *, is_dry: bool) -> None:
    is_saved = not (errors or is_dry)
    title = "Carried over" if is_saved else "Can be carried over"
    config_take.print_section(f"{title} from {result.source}", result.carried)
    config_take.print_section("Needs a hand", result.needs_hand)
    issues = [str(issue) for issue in (*errors, *result.issues)]
    config_take.print_section("Problems", issues)
    if errors:
        print(
            "Nothing was saved: mend these problems in the file and import it again, or take what"
            " is right of it with --take."
        )
    elif is_dry:
        print(f"Nothing was saved. Without --dry-run it goes to {target}.")
    else:
        print(f"Saved in {target}. {result.source} stays as it is.")

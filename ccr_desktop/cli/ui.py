"""`ccr ui`: the desktop app, with its tray icon and window. Without a screen it says what to do."""

from __future__ import annotations

import argparse
from functools import partial

from ccr_desktop.cli.desktop_part import WITHOUT_WINDOW, missing_part
from ccr_desktop.cli.loading import no_garbage
from ccr_desktop.cli.options import open_store, parser
from ccr_desktop.cli.screen import screen_problem
from ccr_desktop.core.transfer.schemes import is_link
from ccr_desktop.errors import ClientError

_EXAMPLES = """\
  ccr ui
  ccr ui --hidden
  ccr ui --page providers
  ccr ui 'ccr-desktop://import?…'"""
_KEYS_S = 0.5  # a store that is open has given all keys by then; else the window is shown without
PAGES = ("home", "providers", "routes", "launch", "activity", "settings", "help")


def options(name: str = "ui") -> argparse.ArgumentParser:
    """What the app can be told, at its start or while it runs."""
    text = "Open the desktop app; one that runs already comes to the front."
    found = parser(name, text, _EXAMPLES.replace("ccr ui", f"ccr {name}"))
    found.add_argument(
        "link", nargs="?", metavar="LINK", help="show what a link would bring, to take it or not"
    )
    found.add_argument("--hidden", action="store_true", help="start in the tray, without a window")
    found.add_argument(
        "--page", metavar="NAME", type=_page, help=f"page to show: {', '.join(PAGES)}"
    )
    doing = found.add_mutually_exclusive_group()
    doing.add_argument("--start", action="store_true", help="start the router")
    doing.add_argument("--stop", action="store_true", help="stop the router; the app stays")
    doing.add_argument("--launch", metavar="FOLDER", help="open Claude Code in a folder")
    doing.add_argument("--quit", action="store_true", help="end the app that runs")
    return found


def _page(text: str) -> str:
    """A page, and after a slash a place on it."""
    if text.partition("/")[0] in PAGES:
        return text
    raise argparse.ArgumentTypeError(f"there is no page {text!r}; there are {', '.join(PAGES)}")


def run(arguments: list[str], name: str = "ui") -> int:
    chosen = options(name).parse_args(arguments)
    if chosen.link and not is_link(chosen.link):
        hint = "Links begin with ccr-desktop://, ccr:// or ccswitch://."
        raise ClientError("This is no link that is known here", hint)
    if without := screen_problem():
        raise ClientError(without, WITHOUT_WINDOW)
    try:
        with no_garbage():
            from ccr_desktop.desktop.app import run_app  # noqa: PLC0415  # loads Qt
    except ImportError as exc:
        if problem := missing_part(exc):
            raise problem from exc
        raise
    opening = partial(open_store, tolerant=True, patience_s=_KEYS_S)
    return run_app(arguments, options().parse_args, opening)

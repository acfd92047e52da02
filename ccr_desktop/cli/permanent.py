"""`ccr env --permanent` and `--undo`: the plain `claude` led to the router by its own settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.cli.prompts import ask_yes, is_interactive, say
from ccr_desktop.errors import ClientError
from ccr_desktop.launch import normal_claude

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config


def switch_on(config: Config, *, yes: bool) -> int:
    """Show what would change, ask, and do it."""
    planned = normal_claude.plan(config)
    if not planned.diff:
        print(f"{planned.path} leads Claude Code to the router already.")
        return 0
    print(planned.diff)
    if planned.replaces:
        say(f"Another program has set {', '.join(planned.replaces)} there; --undo restores it.")
    if planned.holds_key:
        say("The file will hold the router's client key, so then only you can read it.")
    if not yes and not is_interactive():
        raise ClientError("Nothing was changed", "Add --yes to change the file as shown.")
    if not yes and not ask_yes(f"Change {planned.path}?", default=False):
        print("Nothing was changed.")
        return 1
    normal_claude.apply(planned, confirmed=True)
    print("Every `claude` uses the router from now on, also while it does not run.")
    print("`ccr env --undo` restores the file.")
    return 0


def switch_off(config: Config) -> int:
    """Restore what was there."""
    state = normal_claude.state(config)
    left = normal_claude.undo(config)
    if not state.is_ours:
        print(f"{state.path} has nothing of the router's.")
        return 0
    print(f"{state.path} is as it was before.")
    if left:
        say(f"{', '.join(left)} stays: somebody else has changed it since.")
    return 0

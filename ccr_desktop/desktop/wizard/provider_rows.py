"""The rows of the second step, and what each provider needs. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.setup.templates import templates
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import note_words, title_words
from ccr_desktop.desktop.state import model_of, provider_of
from ccr_desktop.desktop.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.setup.templates import Template
    from ccr_desktop.core.upstream.local_servers import LocalServer

OTHER, CLAUDE_PLAN, PRESENT = "other", "claude-plan", "present"
NO_TEMPLATES = {OTHER, CLAUDE_PLAN, PRESENT}
_OTHER_PROTOCOL = "-anthropic"  # the same vendor once more: for those who search for it
_LOCAL = "On this computer"


def provider_rows(servers: Sequence[LocalServer], typed: str, main: str = "") -> tuple[Row, ...]:
    """What is set up, found servers, then well-known ones; with something *typed*, all that match.

    *main* is the route that the settings have, empty where they have none.
    """
    found = {server.template.id: server for server in servers}
    words = typed.casefold().split()
    rows = [
        _row(template, found.get(template.id))
        for template in _ordered(found)
        if _matches(template, words)
    ]
    here = sum(bool(row.badge) for row in rows)
    present = [_present(main)] if main else []
    first = [row for row in present if _says(row, words)]
    plan = [row for row in (_claude_plan(),) if _says(row, words)]
    return (*first, *rows[:here], *plan, *rows[here:], _other())


def needs(template: Template) -> str:
    """What somebody has to have for it, and how it costs."""
    if template.group == _LOCAL:
        return _tr("Runs on this computer. Needs no key and costs nothing.")
    if not template.needs_key:
        return note_words(template) or _tr("Needs no key.")
    if template.group == "Coding plans":
        return _tr("Needs a plan with a fixed price a month, and its key.")
    if template.group == "Aggregators":
        return _tr("Needs a key. One account for models of many makers; costs by use.")
    return _tr("Needs a key. Costs by use.")


def _ordered(found: dict[str, LocalServer]) -> list[Template]:
    offered = [template for template in templates().values() if not template.retired]
    return sorted(offered, key=lambda template: template.id not in found)  # stable


def _matches(template: Template, words: Sequence[str]) -> bool:
    if not words:
        return not template.id.endswith(_OTHER_PROTOCOL)
    text = f"{template.id} {template.title} {title_words(template)} {template.group}".casefold()
    return all(word in text for word in words)


def _says(row: Row, words: Sequence[str]) -> bool:
    text = f"{row.title} {row.subtitle}".casefold()
    return all(word in text for word in words)


def _present(main: str) -> Row:
    model = lists.titled(provider_of(main), model_of(main))
    return Row(
        key=PRESENT,
        title=_tr("What is set up already"),
        subtitle=_tr("Main model: {model}").format(model=model),
        monogram=provider_of(main),
    )


def _row(template: Template, server: LocalServer | None) -> Row:
    if server is None:
        return Row(
            key=template.id,
            title=title_words(template),
            subtitle=needs(template),
            monogram=template.title,
        )
    count = len(server.models)
    models = _tr("1 model") if count == 1 else _tr("{count} models").format(count=count)
    return Row(
        key=template.id,
        title=title_words(template),
        subtitle=needs(template),
        badge=_tr("Found here"),
        trailing=models,
        monogram=template.title,
    )


def about_claude_plan() -> str:
    """What can't be done with a plan, and what can."""
    return _tr(
        "A plan works with the sign-in of Claude Code itself, which goes straight to Anthropic: no"
        " router can use it. Your usual “claude” stays as it is and goes on using the plan; what"
        " you launch from here uses the models that you choose. To have Claude's models here, too,"
        " continue with a key of Anthropic's API, which costs by use."
    )


def _claude_plan() -> Row:
    return Row(
        key=CLAUDE_PLAN,
        title=_tr("I already pay for Claude"),
        subtitle=_tr("A subscription: Pro, Max, Team or Enterprise. How the two go together."),
        monogram="Claude",
    )


def _other() -> Row:
    return Row(
        key=OTHER,
        title=_tr("Other address"),
        subtitle=_tr("A provider, or a server in your network, that is not in this list."),
        monogram=_tr("Other address"),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wizard", text)

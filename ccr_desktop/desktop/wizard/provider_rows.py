"""The rows of the second step, and what each provider needs. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.setup.templates import templates
from ccr_desktop.desktop.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.setup.templates import Template
    from ccr_desktop.core.upstream.local_servers import LocalServer

OTHER = "other"
_OTHER_PROTOCOL = "-anthropic"  # the same vendor once more: for those who search for it
_LOCAL = "On this computer"


def provider_rows(servers: Sequence[LocalServer], typed: str) -> tuple[Row, ...]:
    """Found servers, then well-known ones; with something *typed*, all that match."""
    found = {server.template.id: server for server in servers}
    words = typed.casefold().split()
    rows = [
        _row(template, found.get(template.id))
        for template in _ordered(found)
        if _matches(template, words)
    ]
    return (*rows, _other())


def needs(template: Template) -> str:
    """What somebody has to have for it, and how it costs."""
    if template.group == _LOCAL:
        return _tr("Runs on this computer. Needs no key and costs nothing.")
    if not template.needs_key:
        return template.note or _tr("Needs no key.")
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
    text = f"{template.id} {template.title} {template.group}".casefold()
    return all(word in text for word in words)


def _row(template: Template, server: LocalServer | None) -> Row:
    if server is None:
        return Row(
            key=template.id,
            title=template.title,
            subtitle=needs(template),
            monogram=template.title,
        )
    count = len(server.models)
    models = _tr("1 model") if count == 1 else _tr("{count} models").format(count=count)
    return Row(
        key=template.id,
        title=template.title,
        subtitle=needs(template),
        badge=_tr("Found here"),
        trailing=models,
        monogram=template.title,
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

"""Network: how the router reaches providers, and whom it believes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop.pages.settings.binding import Binding
from ccr_desktop.desktop.pages.settings.certificates import CertificateRow, CertificateWatch
from ccr_desktop.desktop.pages.settings.proxy import ProxyChange
from ccr_desktop.desktop.pages.settings.proxy_fields import ProxyFields
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.setting_places import help_of, title_of
from ccr_desktop.desktop.widgets.card import Card

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.desk import Desk


def build(desk: Desk) -> QWidget:
    section = Section()
    proxy = Card(
        _tr("Way to the providers"),
        _tr("This computer and your own network are always reached without a proxy."),
    )
    fields = ProxyFields()
    proxy.add(fields)
    section.add(proxy)
    ProxyChange(desk, fields)
    trust = Card(
        _tr("Certificates"),
        _tr("For company networks that open secure connections with a certificate of their own."),
    )
    kinds = _tr("Certificates (*.pem *.crt *.cer);;All files (*)")
    own = CertificateRow(desk.bridge, title_of("CA_FILE"), help_of("CA_FILE"), kinds)
    trust.add(own)
    section.add(trust)
    Binding(desk.bridge, section).add("CA_FILE", own)
    CertificateWatch(desk.bridge, own)
    return section


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)

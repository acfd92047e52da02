"""The desktop app: the only package that knows Qt."""

from ccr_desktop.desktop.unread_sources import leave_sources_alone

leave_sources_alone()  # before the many modules that follow

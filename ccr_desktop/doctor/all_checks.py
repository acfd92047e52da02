"""Every check there is, in the order in which they are shown. A further one is a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.doctor import (
    claude,
    configuration,
    desktop,
    files,
    firewall,
    keys,
    network,
    overrides,
    providers,
    service,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.doctor.check import Around, Check


def all_checks(around: Around, more: Sequence[Check] = ()) -> list[Check]:
    """*more* take the place of those of the same key."""
    checks = [
        *service.CHECKS,
        *firewall.CHECKS,
        *configuration.CHECKS,
        *keys.CHECKS,
        *claude.CHECKS,
        *overrides.CHECKS,
        *providers.CHECKS,
        *providers.provider_checks(around),
        *network.CHECKS,
        *files.CHECKS,
        *desktop.CHECKS,
        *desktop.ELSEWHERE,
    ]
    own = {check.key: check for check in more}
    return [own.get(check.key, check) for check in checks]

from collections.abc import Iterator

import pytest

from tests.support.release_site import ReleaseSite

RUN = "ccr-desktop-9.0.0.run"
INSTALLER = b'#!/bin/sh\necho "$0" > "$INSTALLER_TOLD"\n'


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReleaseSite]:
    monkeypatch.delenv("CI", raising=False)  # where the app would not look by itself
    with ReleaseSite() as made:
        made.publish("9.0.0", {RUN: INSTALLER})
        yield made

"""Less motion, as systems write it down."""

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.desktop.system import motion
from ccr_desktop.desktop.system.motion import wants_less_motion

KDE, GTK4, GTK3 = "kdeglobals", "gtk-4.0/settings.ini", "gtk-3.0/settings.ini"


@pytest.mark.parametrize(
    ("file", "text", "is_wanted"),
    [
        (KDE, "[General]\nx=1\n[KDE]\nAnimationDurationFactor=0\n", True),
        (KDE, "[KDE]\nAnimationDurationFactor = 0.0", True),
        (KDE, "[KDE]\nAnimationDurationFactor=0.5\n", False),
        (KDE, "[KDE][x]\nAnimationDurationFactor=0\n", False),
        (KDE, "[Other]\nAnimationDurationFactor=0\n", False),
        (KDE, "AnimationDurationFactor=0\n", False),
        (KDE, "[KDE]\nAnimationDurationFactor=\n", False),
        (GTK4, "[Settings]\ngtk-enable-animations=0\n", True),
        (GTK3, "[Settings]\r\ngtk-enable-animations=false\r\n", True),
        (GTK3, "[Settings]\ngtk-enable-animations=1\n", False),
        (GTK4, "[Settings]\ngtk-enable-animations=true\n", False),
        (GTK4, "[Settings]\n\udcff=\n[", False),
    ],
)
def test_desktops_of_linux_have_it_in_files(
    tmp_path: Path, file: str, text: str, is_wanted: bool
) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_bytes(text.encode("utf-8", "surrogateescape"))

    assert wants_less_motion("linux", tmp_path) is is_wanted


def test_the_folder_of_settings_is_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert not wants_less_motion("linux")

    (tmp_path / KDE).write_text("[KDE]\nAnimationDurationFactor=0\n")

    assert wants_less_motion("linux")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names")
def test_no_pipe_is_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / KDE)

    assert not wants_less_motion("linux", tmp_path)


@pytest.mark.parametrize("moves", [0, 1])
def test_windows_is_asked_for_the_animations_of_windows(moves: int) -> None:
    class User32:
        def SystemParametersInfoW(self, what: int, _size: int, place: Any, _how: int) -> int:  # noqa: N802
            assert what == 0x1042
            ctypes.cast(place, ctypes.POINTER(ctypes.c_int))[0] = moves
            return 1

    assert motion._windows_moves(User32()) is bool(moves)


@pytest.mark.parametrize("is_wanted", [False, True])
def test_a_mac_is_asked_by_its_workspace(is_wanted: bool) -> None:
    class Function:
        def __init__(self, act: Callable[[bytes], int]) -> None:
            self.act = act
            self.restype: object = None

        def __call__(self, name: bytes) -> int:
            return self.act(name)

    names = {b"NSWorkspace": 1, b"sharedWorkspace": 2, b"accessibilityDisplayShouldReduceMotion": 3}

    @ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    def send(receiver: int, selector: int) -> int:
        return {(1, 2): 7, (7, 3): int(is_wanted)}[receiver, selector]

    class Objc:
        objc_getClass = Function(names.__getitem__)  # noqa: N815
        sel_registerName = Function(names.__getitem__)  # noqa: N815
        objc_msgSend = send  # noqa: N815

    assert motion._mac_wants_less(Objc()) is is_wanted


def test_a_system_that_can_not_be_asked_moves() -> None:
    others = {"win32", "darwin"} - {sys.platform}

    assert not any(wants_less_motion(system) for system in others)

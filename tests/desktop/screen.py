"""What a person sees and does on the X server: windows, mouse, keyboard, pictures."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.desktop.waiting import until

LEFT, MIDDLE, RIGHT = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is, in pixels of the screen."""

    x: int
    y: int
    width: int
    height: int

    def has(self, other: "Place") -> bool:
        """Whether *other* lies in it."""
        x, y = other.centre
        is_smaller = other.width <= self.width and other.height <= self.height
        return is_smaller and 0 <= x - self.x < self.width and 0 <= y - self.y < self.height

    @property
    def centre(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


class Screen:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    # -- windows -----------------------------------------------------------------------------

    def windows(self, title: str = "", *, kind: str = "") -> list[str]:
        """Ids of the visible windows with *title* (a regular expression) or of a class."""
        how = ("--class", kind) if kind else ("--name", title)
        found = self._xdotool("search", "--onlyvisible", *how, check=False)
        return found.split()

    def listed(self, title: str) -> list[str]:
        """Those of the window manager's list, also minimised ones."""
        found = self._xdotool("search", "--name", f"^{title}$", check=False).split()
        told = self._run("xprop", "-root", "_NET_CLIENT_LIST", check=False)
        known = {int(word.strip(","), 16) for word in told.split() if word.startswith("0x")}
        return [window for window in found if int(window) in known]

    def window(self, title: str = "", *, kind: str = "") -> str:
        """The id of the newest such window, once there is one."""
        return until(lambda: self.windows(title, kind=kind), f"a window {title or kind!r}")[-1]

    def wait_until_gone(self, title: str) -> None:
        until(lambda: not self.windows(title), f"no window {title!r}")

    def place(self, window: str) -> Place:
        told = self._xdotool("getwindowgeometry", "--shell", window)
        values = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
        return Place(*(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT")))

    def places(self, title: str = "", *, kind: str = "") -> list[Place]:
        """Where such windows are, but for those that are gone meanwhile."""
        found = map(self._place_now, self.windows(title, kind=kind))
        return [place for place in found if place]

    def _place_now(self, window: str) -> Place | None:
        """None for a window that is gone meanwhile."""
        try:
            return self.place(window)
        except subprocess.CalledProcessError:
            return None

    def focus(self, window: str) -> None:
        """Bring it to the front, as a click on its title would."""
        self._xdotool("windowactivate", "--sync", window)

    def focused(self) -> str:
        """The title of the window that has the keyboard."""
        return self._xdotool("getwindowfocus", "getwindowname", check=False).strip()

    def close_window(self, window: str) -> None:
        """By the window manager's own key, as its close button would."""
        self.focus(window)
        self.key("alt+F4")

    # -- mouse and keyboard ------------------------------------------------------------------

    def click(self, x: int, y: int, button: int = LEFT) -> None:
        self._xdotool("mousemove", "--sync", str(x), str(y), "click", str(button))

    def move(self, x: int, y: int) -> None:
        self._xdotool("mousemove", "--sync", str(x), str(y))

    def key(self, *names: str) -> None:
        """Keys by X's names, such as `Tab`, `Return`, `ctrl+s`, one after the other."""
        self._xdotool("key", "--clearmodifiers", "--delay", "30", *names)

    def type(self, text: str) -> None:
        """Of ASCII only: for others xdotool changes the keyboard under a program that reads it."""
        assert text.isascii()
        self._xdotool("type", "--clearmodifiers", "--delay", "15", "--", text)

    def tray_icon(self) -> tuple[int, int]:
        """The middle of the newest icon in the XEmbed tray, once it is there and stays."""
        seen: list[Place] = []

        def settled() -> bool:
            icons = self._tray_icons()
            is_settled = bool(icons) and icons == seen
            seen[:] = icons
            return is_settled

        until(settled, "an icon in the tray")
        return seen[-1].centre

    def _tray_icons(self) -> list[Place]:
        """The windows of programs that lie within the panel; what frames them has no class."""
        panels = self.windows(kind="trayer")
        programs = [window for window in self.windows(kind=".") if window not in panels]
        panel = self._place_now(panels[-1]) if panels else None
        places = [place for window in programs if (place := self._place_now(window))]
        return [place for place in places if panel and panel.has(place)]

    # -- pictures ----------------------------------------------------------------------------

    def screenshot(self, path: Path, window: str = "root") -> Path:
        """The whole screen, or a window, as PNG."""
        self._run("import", "-window", window, str(path))
        return path

    def _xdotool(self, *arguments: str, check: bool = True) -> str:
        return self._run("xdotool", *arguments, check=check)

    def _run(self, *command: str, check: bool = True) -> str:
        done = subprocess.run(
            command,
            env=dict(self._environment),
            capture_output=True,
            text=True,
            timeout=30,
            check=check,
        )
        return done.stdout

"""A private desktop: X server, window manager, message bus, home and runtime folder of its own.

    with Desktop() as desktop:
        desktop.start_trayer()                          # or a StatusNotifierWatcher, or no tray
        app = desktop.start(sys.executable, "-m", "ccr_desktop", "ui")
        desktop.screen.window("CCR Desktop")            # waits for it
        desktop.screen.screenshot(path)
    # every process is gone, those that left their session, too

In tests take the fixtures of `conftest.py`: `desktop` (as above), `watcher` (a tray of the
StatusNotifier kind, see `watcher.py`) and `sink` (records notifications, see `sink.py`). Programs
are subprocesses with `desktop.environment`, which holds nothing of the environment the tests run
in; what they print is in `app.output()`. What is on the desktop:

- `Xvfb`, which picks a free display itself, so that any number of desktops run side by side;
- `openbox`, unless `with_window_manager=False`;
- a session bus without any service that starts by itself. It serves as the system bus as well, so
  that `Logind` of `logind.py` can tell programs that the computer woke up;
- on request `start_trayer()` (XEmbed), `start_dunst()` (real notifications on the screen),
  `start_keyring()` (gnome-keyring, unlocked) and `start_prompter()` (which asks for its password).

By hand, for a look at a program: `python -m tests.desktop.session [--tray] [--shot FILE] COMMAND`
runs COMMAND on such a desktop, takes a picture of the screen when it ends or after `--after`
seconds, and cleans up.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from tests.desktop.screen import Screen
from tests.desktop.waiting import LIMIT_S, until

PROGRAMS = (
    "Xvfb",
    "xdotool",
    "openbox",
    "trayer",
    "dunst",
    "import",
    "dbus-daemon",
    "xprop",
    "curl",
)
PROMPTER = Path("/usr/libexec/gcr-prompter")
ROOT = Path(__file__).parents[2]
_STRAY_S = 5.0
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def missing_programs() -> list[str]:
    return [name for name in PROGRAMS if shutil.which(name) is None]


class Program:
    """A process on the desktop, and what it printed to both of its outputs."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self.pid = process.pid
        self._log = log

    def output(self) -> str:
        return self._log.read_text("utf-8", "replace")

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def wait_until_it_says(self, text: str) -> None:
        """Not in coroutines: it blocks."""
        try:
            until(lambda: text in self.output() or not self.is_running, repr(text))
        except AssertionError as exc:
            raise AssertionError(f"{exc}; it said:\n{self.output()}") from None
        assert text in self.output(), f"it ended without {text!r}:\n{self.output()}"

    def wait(self, limit_s: float = LIMIT_S) -> int:
        """Its exit code, once it ended by itself."""
        try:
            return self.process.wait(limit_s)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {limit_s:g} s:\n{self.output()}") from None

    def end(self, number: int = signal.SIGTERM, limit_s: float = LIMIT_S) -> int:
        """Send it a signal; past the limit it is killed. Returns its exit code."""
        if self.is_running:
            self.process.send_signal(number)
        try:
            return self.process.wait(limit_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


class Desktop:
    """See the module. `home`, `runtime` and `bus_address` are what programs on it find."""

    def __init__(self, *, size: str = "1280x800", with_window_manager: bool = True) -> None:
        # Not in pytest's folders: their names are too long for sockets.
        self.folder = Path(tempfile.mkdtemp(prefix="ccr-desk-"))
        self.home, self.runtime = self.folder / "home", self.folder / "run"
        self.bus_address = f"unix:path={self.folder / 'bus'}"
        self.environment = self._environment()
        self._size = size
        self._with_window_manager = with_window_manager
        self._programs: list[Program] = []
        self.screen = Screen(self.environment)

    def __enter__(self) -> Self:
        try:
            self._begin()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def start(
        self,
        *command: str | Path,
        environment: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        pass_fds: Sequence[int] = (),
        stdin: int = subprocess.DEVNULL,
    ) -> Program:
        """Run a program until it ends or the desktop does."""
        log = self.folder / f"{len(self._programs):02}-{Path(command[0]).name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [str(part) for part in command],
                env={**self.environment, **(environment or {})},
                cwd=cwd or ROOT,
                stdin=stdin,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=pass_fds,
            )
        program = Program(process, log)
        self._programs.append(program)
        return program

    def start_python(
        self, code: str, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> Program:
        """A program given as text, by the interpreter of the tests."""
        return self.start(sys.executable, "-c", code, *arguments, environment=environment)

    # -- what may stand on a desktop ---------------------------------------------------------

    def start_trayer(self) -> Program:
        """A tray of the XEmbed kind; icons are clicked at `screen.tray_icon()`."""
        trayer = self.start(
            *("trayer", "--edge", "top", "--align", "right"),
            *("--widthtype", "request", "--height", "28"),
        )
        self.screen.window("", kind="trayer")
        return trayer

    def start_dunst(self) -> Program:
        """A notification daemon that draws them; its output lists what came."""
        dunst = self.start("dunst", "-print")
        self.wait_for_name("org.freedesktop.Notifications")
        return dunst

    def start_keyring(self, password: str = "test-password") -> Program:
        """GNOME's keyring, unlocked. Start it before a program asks for one."""
        keyring = self.start(
            *("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"),
            stdin=subprocess.PIPE,
        )
        assert keyring.process.stdin
        with keyring.process.stdin as password_input:
            password_input.write(password.encode())
        self.wait_for_name("org.freedesktop.secrets")
        return keyring

    def start_prompter(self) -> Program:
        """GNOME's window that asks for the password of a locked keyring."""
        prompter = self.start(PROMPTER)
        self.wait_for_name("org.gnome.keyring.SystemPrompter")
        return prompter

    # -- the bus -----------------------------------------------------------------------------

    def has_name(self, name: str) -> bool:
        """Whether somebody on the bus goes by *name*."""
        asked = self._bus_call("NameHasOwner", f"string:{name}")
        return "boolean true" in asked.stdout

    def wait_for_name(self, name: str) -> None:
        until(lambda: self.has_name(name), f"{name} on the bus")

    def _bus_call(self, method: str, argument: str) -> subprocess.CompletedProcess[str]:
        return self.run(
            *("dbus-send", f"--bus={self.bus_address}", "--print-reply"),
            *("--dest=org.freedesktop.DBus", "/", f"org.freedesktop.DBus.{method}", argument),
            check=False,
        )

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a short program to its end."""
        return subprocess.run(
            command,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=check,
        )

    # -- beginning and end -------------------------------------------------------------------

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "XDG_SESSION_TYPE": "x11",
            "DBUS_SESSION_BUS_ADDRESS": self.bus_address,
            "DBUS_SYSTEM_BUS_ADDRESS": self.bus_address,
            "NO_AT_BRIDGE": "1",
            "XAUTHORITY": str(self.folder / "no-authority"),
        }

    def _begin(self) -> None:
        self.home.mkdir()
        self.runtime.mkdir(mode=0o700)
        self._start_screen()
        self._start_bus()
        if self._with_window_manager:
            ready = self.folder / "window-manager"
            self.start("openbox", "--sm-disable", "--startup", f"touch {ready}")
            until(ready.exists, "the window manager")
            # With the first key the server changes keyboards, and the window manager takes its own
            # keys anew: what was pressed in between is lost.
            self.screen.key("shift")

    def _start_screen(self) -> None:
        reader, writer = os.pipe()
        with os.fdopen(reader) as told:
            server = self.start(
                *("Xvfb", "-displayfd", str(writer), "-screen", "0", f"{self._size}x24"),
                *("-nolisten", "tcp", "-noreset"),
                pass_fds=(writer,),
            )
            os.close(writer)
            number = told.readline().strip()  # ends with the server, too
        assert number, f"no X server:\n{server.output()}"
        self.environment["DISPLAY"] = f":{number}"
        self._screen_server = server

    def lose_screen(self) -> None:
        """As when the X server dies, or ends before its programs at a logout."""
        self._screen_server.end(signal.SIGKILL)

    def _start_bus(self) -> None:
        config = self.folder / "bus.conf"
        config.write_text(_BUS.format(socket=self.folder / "bus"), "utf-8")
        bus = self.start("dbus-daemon", f"--config-file={config}", "--nofork")
        until(
            lambda: not bus.is_running or self.has_name("org.freedesktop.DBus"), "the message bus"
        )
        assert bus.is_running, f"no message bus:\n{bus.output()}"

    def close(self) -> None:
        """End all that ran here, last started first, and remove the folders."""
        for program in reversed(self._programs):
            program.end(limit_s=_STRAY_S)
        self._end_strays()
        shutil.rmtree(self.folder, ignore_errors=True)

    def processes(self) -> list[psutil.Process]:
        """All processes with this desktop's environment, whoever started them."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get("XDG_RUNTIME_DIR") == str(self.runtime)
        except psutil.Error:
            return False

    def _end_strays(self) -> None:
        """Terminals and the like, which left their session so as to outlive the program."""
        strays = self.processes()
        for process in strays:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(strays, _STRAY_S)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.desktop.session")
    parser.add_argument("--tray", action="store_true", help="with an XEmbed tray")
    parser.add_argument("--notifications", action="store_true", help="with dunst")
    parser.add_argument("--keyring", action="store_true", help="with an unlocked keyring")
    parser.add_argument("--shot", type=Path, help="write a picture of the screen")
    parser.add_argument("--after", type=float, default=3.0, help="seconds (3)")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    wanted = parser.parse_args()
    with Desktop() as desktop:
        if wanted.tray:
            desktop.start_trayer()
        if wanted.notifications:
            desktop.start_dunst()
        if wanted.keyring:
            desktop.start_keyring()
        program = desktop.start(*wanted.command, cwd=Path.cwd())
        try:
            program.process.wait(wanted.after)
        except subprocess.TimeoutExpired:
            print(f"still running after {wanted.after:g} s", file=sys.stderr)
        if wanted.shot:
            desktop.screen.screenshot(wanted.shot)
        code = program.end()
        print(program.output(), end="")
    return code


if __name__ == "__main__":
    sys.exit(main())

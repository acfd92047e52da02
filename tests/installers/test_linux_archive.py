"""The archive that installs itself for one user, with a stand-in for what it brings."""

import configparser
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.installers.judges import linux_only, said
from tests.installers.linux_packages import ID, built, stand_in
from tests.support.programs import need

pytestmark = linux_only


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Of two versions; the later one has lost a file of the folder and one beside it."""
    need("makeself")
    folder = tmp_path_factory.mktemp("archives")
    first = stand_in(folder / "first", "0.1.0")
    (first / "_internal" / "gone").touch()
    return (
        built("build_archive.sh", first, folder / "1"),
        built("build_archive.sh", stand_in(folder / "later", "0.2.0"), folder / "2"),
    )


class User:
    """A home, and what its owner has of the app."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.prefix = home / ".local"
        self.scratch = home.with_name(f"{home.name} scratch")
        home.mkdir()
        self.scratch.mkdir()

    def run(
        self, *command: str | Path, check: bool = True, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        environment = {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "TMPDIR": str(self.scratch),  # where others may have left something
            **variables,
        }
        done = subprocess.run(
            command,
            cwd=self.home,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0 or not check, done.stdout + done.stderr
        return done

    def install(
        self, archive: Path, *options: str, check: bool = True, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        return self.run("sh", archive, "--quiet", "--", *options, check=check, **variables)

    def files(self) -> set[str]:
        found = {str(path.relative_to(self.home)) for path in self.home.rglob("*")}
        return found - {"asked"}

    @property
    def uninstall(self) -> Path:
        return self.prefix / "lib/ccr-desktop/uninstall"

    @contextmanager
    def runs(self, command: str, script: str) -> Iterator[subprocess.Popen[bytes]]:
        """A process of the app's folder, as `ccr COMMAND` is one, that does what *script* says."""
        program = self.prefix / "lib/ccr-desktop/_internal/program"
        if not program.exists():
            shutil.copy2(os.path.realpath("/bin/sh"), program)
        (self.home / command).write_text(f"echo ready\n{script}\n", encoding="utf-8")
        line = [program, command]
        pipe = subprocess.PIPE
        with subprocess.Popen(line, cwd=self.home, stdin=pipe, stdout=pipe) as process:
            try:
                assert process.stdout
                assert process.stdout.readline() == b"ready\n"
                yield process
            finally:
                process.kill()


@pytest.fixture
def user(tmp_path: Path) -> User:
    return User(tmp_path / "an odd home")


def test_it_is_installed_without_a_word_if_so_wished(
    user: User, archives: tuple[Path, Path]
) -> None:
    done = user.install(archives[0], "--quiet")

    assert done.stdout + done.stderr == ""
    told = user.run(user.prefix / "bin" / "ccr", "--version").stdout
    assert told == "ccr-desktop 0.1.0\n"
    assert (user.prefix / "lib/ccr-desktop/install-method").read_text() == "archive\n"


def test_it_says_where_it_is_and_how_it_is_removed(user: User, archives: tuple[Path, Path]) -> None:
    told = user.install(archives[0]).stdout

    assert f"CCR Desktop 0.1.0 is installed in {user.prefix}/lib/ccr-desktop." in told
    assert f"once {user.prefix}/bin is on the PATH" in told
    assert str(user.uninstall) in told


def test_its_menu_entry_needs_no_path(user: User, archives: tuple[Path, Path]) -> None:
    user.install(archives[0])

    file = user.prefix / "share/applications" / f"{ID}.desktop"
    said("desktop-file-validate", file)
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(file, encoding="utf-8")
    program = user.prefix / "lib/ccr-desktop/ccr-desktop"
    assert entry["Desktop Entry"]["TryExec"] == str(program)
    lines = [entry[section]["Exec"] for section in entry.sections()]
    assert all(line.startswith(f'"{program}" ui ') for line in lines)


def test_a_later_version_takes_the_place_of_the_one_before(
    user: User, archives: tuple[Path, Path]
) -> None:
    user.install(archives[0])
    removed_upstream = user.prefix / "share/man/man1/gone.1"
    removed_upstream.touch()
    record = user.prefix / "lib/ccr-desktop/installed-files"
    record.write_text(record.read_text() + "share/man/man1/gone.1\n")

    told = user.install(archives[1]).stdout

    assert "CCR Desktop 0.2.0" in told
    assert "(was: 0.1.0)" in told
    assert user.run(user.prefix / "bin" / "ccr", "--version").stdout == "ccr-desktop 0.2.0\n"
    assert not removed_upstream.exists()
    assert not (user.prefix / "lib/ccr-desktop/_internal/gone").exists()
    assert not [name for name in user.files() if ".ccr-desktop." in name]


UNTIL_STOPPED = 'until grep -q "ccr stop" asked 2>/dev/null; do sleep 0.05; done'


def test_a_session_goes_on_while_its_router_is_brought_up_to_date(
    user: User, archives: tuple[Path, Path]
) -> None:
    """`ccr code` ends with its Claude Code, which nobody should have to leave for this."""
    user.install(archives[0])

    with user.runs("code", "read line") as session, user.runs("serve", UNTIL_STOPPED) as router:
        told = user.install(archives[1]).stdout

        assert "(was: 0.1.0)" in told
        assert (session.poll(), router.wait(60)) == (None, 0)
    asked = (user.home / "asked").read_text().splitlines()
    assert asked.index("ccr start") > asked.index("ccr stop")


@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_a_router_that_does_not_end_is_left_as_it_was(
    user: User, archives: tuple[Path, Path], tmp_path: Path, command: str
) -> None:
    user.install(archives[0])
    quick = tmp_path / "bin" / "sleep"
    quick.parent.mkdir()
    quick.write_text("#!/bin/sh\n")
    quick.chmod(0o755)
    path = f"{quick.parent}:{os.environ['PATH']}"

    with user.runs("serve", "read line"):
        if command == "install":
            done = user.install(archives[1], check=False, PATH=path)
        else:
            done = user.run(user.uninstall, check=False, PATH=path)

    assert (done.returncode, "does not end" in done.stderr) == (1, True)
    assert (user.home / "asked").read_text().splitlines()[-1] == "ccr start"
    assert user.run(user.prefix / "bin" / "ccr", "--version").stdout == "ccr-desktop 0.1.0\n"


@pytest.mark.parametrize("upgraded", [False, True], ids=["installed", "upgraded"])
def test_nothing_is_left_but_what_was_there_before(
    user: User, archives: tuple[Path, Path], *, upgraded: bool
) -> None:
    for name in (".local/share/applications/mine.desktop", ".config/ccr-desktop/config.json"):
        file = user.home / name
        file.parent.mkdir(parents=True)
        file.touch()
    before = user.files()
    user.install(archives[0])
    if upgraded:
        user.install(archives[1])

    user.run(user.uninstall, "--quiet")

    left = user.files() - before
    # A list of the system's own tool, which others may have come to need.
    assert left <= {".local/share/applications/mimeinfo.cache"}


def test_what_leads_to_it_is_taken_back_with_it(user: User, archives: tuple[Path, Path]) -> None:
    user.install(archives[0])
    login = user.home / ".config/autostart/ccr-desktop.desktop"
    login.parent.mkdir(parents=True)
    login.write_text(f"Exec={user.prefix}/lib/ccr-desktop/ccr-desktop ui --hidden\n")

    user.run(user.uninstall)

    assert not login.exists()
    assert "ccr env --undo --yes" in (user.home / "asked").read_text().splitlines()


def test_commands_of_other_programs_stay(user: User, archives: tuple[Path, Path]) -> None:
    others = user.prefix / "bin" / "ccr"
    others.parent.mkdir(parents=True)
    others.write_text("of another program")

    told = user.install(archives[0]).stdout
    assert f"Kept, since it is of another program: {others}." in told
    user.run(user.uninstall)

    assert others.read_text() == "of another program"


def test_a_command_that_another_program_has_put_there_since_stays(
    user: User, archives: tuple[Path, Path]
) -> None:
    user.install(archives[0])
    others = user.prefix / "bin" / "ccr"
    others.unlink()
    others.write_text("of another program")

    user.run(user.uninstall)

    assert others.read_text() == "of another program"
    assert not (user.prefix / "bin" / "ccr-desktop").is_symlink()


def test_without_a_home_a_folder_has_to_be_named(user: User, archives: tuple[Path, Path]) -> None:
    def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
        return user.run("env", "-u", "HOME", *command, check=False)

    refused = run("sh", archives[0], "--quiet")
    place = user.home / "apps"
    installed = run("sh", archives[0], "--quiet", "--", "--prefix", place)
    removed = run(place / "lib/ccr-desktop/uninstall")

    assert (refused.returncode != 0, "HOME is not set" in refused.stderr) == (True, True)
    assert "CCR Desktop 0.1.0 is installed" in installed.stdout
    assert removed.returncode == 0, removed.stderr
    assert user.files() == {"apps"}


def test_another_folder_may_be_named(user: User, archives: tuple[Path, Path]) -> None:
    user.install(archives[0], "--prefix", "apps/here")

    assert user.run(user.home / "apps/here/bin/ccr", "--version").stdout
    user.run(user.home / "apps/here/lib/ccr-desktop/uninstall")
    assert user.files() == {"apps", "apps/here"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--prefix", 'a"b'), "can't name a folder"),
        (("--prefix", "a\tb"), "can't name a folder"),
        (("--prefix",), "--prefix needs a folder"),
        (("--unknown",), "Unknown: --unknown"),
    ],
)
def test_what_can_not_be_done_is_said_and_nothing_changed(
    user: User, archives: tuple[Path, Path], options: tuple[str, ...], words: str
) -> None:
    done = user.install(archives[0], *options, check=False)

    assert done.returncode != 0
    assert words in done.stderr
    assert user.files() == set()


def test_one_that_does_not_run_here_replaces_nothing(
    user: User, archives: tuple[Path, Path], tmp_path: Path
) -> None:
    user.install(archives[0])
    before = user.files()
    bundle = stand_in(tmp_path / "bundle", "0.3.0")
    archive = built("build_archive.sh", bundle, tmp_path / "broken")
    broken = tmp_path / "unpacked"
    user.run("sh", archive, "--quiet", "--noexec", "--target", broken)
    (broken / "lib/ccr-desktop/ccr").write_text("#!/bin/sh\nexit 127\n")

    done = user.run("sh", broken / "install.sh", check=False)

    assert done.returncode == 1
    assert "Nothing was changed" in done.stderr
    assert user.files() == before
    shutil.rmtree(broken)


@pytest.mark.parametrize("name", ["it's [odd] #1", "Müller 'x' 家", "-dash; true"])
def test_a_home_may_have_any_name_that_a_menu_can_hold(
    tmp_path: Path, archives: tuple[Path, Path], name: str
) -> None:
    user = User(tmp_path / name)
    before = user.files()

    for archive in archives:
        user.install(archive, LC_ALL="C")
    told = user.run(user.prefix / "bin" / "ccr", "--version").stdout
    said("desktop-file-validate", user.prefix / "share/applications" / f"{ID}.desktop")
    user.run(user.uninstall, LC_ALL="C")

    assert told == "ccr-desktop 0.2.0\n"
    assert user.files() - before <= {
        ".local", ".local/share", ".local/share/applications",
        ".local/share/applications/mimeinfo.cache",
    }  # fmt: skip


def test_without_room_for_it_everything_stays(
    user: User, archives: tuple[Path, Path], tmp_path: Path
) -> None:
    user.install(archives[0])
    before = user.files()
    full = tmp_path / "bin" / "mv"
    full.parent.mkdir()
    full.write_text("#!/bin/sh\necho 'mv: No space left on device' >&2\nexit 1\n")
    full.chmod(0o755)

    done = user.install(archives[1], check=False, PATH=f"{full.parent}:{os.environ['PATH']}")

    assert done.returncode != 0
    assert "can't be put into" in done.stderr
    assert "Nothing was changed" in done.stderr
    assert user.files() == before
    assert user.run(user.prefix / "bin" / "ccr", "--version").stdout == "ccr-desktop 0.1.0\n"


def test_where_nothing_can_be_written_nothing_is(user: User, archives: tuple[Path, Path]) -> None:
    user.prefix.touch()

    done = user.install(archives[0], check=False)

    assert done.returncode != 0
    assert "can't be made. Nothing was changed." in done.stderr
    assert user.files() == {".local"}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="root alone can do harm here")
def test_root_puts_nothing_into_the_home_of_another(
    user: User, archives: tuple[Path, Path]
) -> None:
    os.chown(user.home, 12345, 12345)

    done = user.install(archives[0], check=False)

    assert done.returncode != 0
    assert "without sudo" in done.stderr
    assert user.files() == set()

"""What commands print for shells, read by real ones."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.e2e.desk import Desk, posix_only
from tests.support.programs import need
from tests.support.terminal import Typing

pytestmark = posix_only
ODD = 'it\'s $x `odd` "key" \\ %PATH% ; & | * ünï'
NAMES = ("ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN", "NO_PROXY")
SET = {
    "sh": 'eval "$({ccr} --shell sh)"',
    "bash": 'eval "$({ccr} --shell bash)"',
    "zsh": 'eval "$({ccr} --shell zsh)"',
    "fish": "{ccr} --shell fish | source",
    "pwsh": "{ccr} --shell powershell | Out-String | Invoke-Expression",
}
SHOW = 'import os; print(*(os.environ.get(n, "-") for n in {names!r}), sep="|")'


def needs(shell: str) -> str:
    if shell != "pwsh":
        return need(shell)
    if shutil.which(shell) is None:
        # GitHub's runners have it. Neither Debian nor PyPI nor npm does, so that nothing which is
        # allowed to install what tests need can install it.
        pytest.skip("PowerShell can't be had from Debian, PyPI or npm")
    return shell


@pytest.mark.parametrize("command", ["env", "activate"])
@pytest.mark.parametrize("shell", SET)
def test_the_variables_reach_programs_of_the_shell(desk: Desk, shell: str, command: str) -> None:
    desk.write_config({"APIKEY": ODD})
    show = desk.home / "show.py"
    show.write_text(SHOW.format(names=(*NAMES, "ANTHROPIC_API_KEY")))
    python = desk.command()[0]
    setting = SET[shell].format(ccr=" ".join(desk.command(command)))

    told = subprocess.run(
        [needs(shell), "-c", f"{setting}\n{python} {show}"],
        cwd=desk.home,
        env={**desk.environment, "ANTHROPIC_API_KEY": "mine", "NO_PROXY": "intra.test"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert told.stdout == f"{desk.url}|{ODD}|intra.test,127.0.0.1,localhost|-\n"
    assert told.stderr == ""


def test_the_own_shell_is_known(desk: Desk) -> None:
    desk.extra["SHELL"] = "/usr/bin/fish"
    assert "set -gx ANTHROPIC_BASE_URL" in desk.ccr("env").stdout

    desk.extra["SHELL"] = "/bin/bash"
    assert "export ANTHROPIC_BASE_URL=" in desk.ccr("env").stdout


def test_bash_completes_at_the_prompt(desk: Desk, tmp_path: Path) -> None:
    script = tmp_path / "completion.bash"
    script.write_text(desk.ccr("completion", "bash").stdout)
    shell = [needs("bash"), "--noprofile", "--norc", "-i"]

    with Typing(shell, cwd=tmp_path, env={**desk.environment, "PS1": "> "}) as terminal:
        terminal.expect("> ")
        terminal.type(f". {script}; bind 'set enable-bracketed-paste off'\n")
        terminal.expect("off'\n")
        terminal.type("echo ccr; ccr rest\t")
        terminal.expect("ccr restart ")
        terminal.type("--po\t")
        terminal.expect("--port ")
        terminal.type("\x15ccr config che\t")
        terminal.expect("ccr config check ")


def test_zsh_completes_at_the_prompt(desk: Desk, tmp_path: Path) -> None:
    script = tmp_path / "completion.zsh"
    script.write_text(desk.ccr("completion", "zsh").stdout)
    shell = [needs("zsh"), "-f", "-i"]
    plain = {"PS1": "> ", "TERM": "dumb", "ZDOTDIR": str(tmp_path)}

    with Typing(shell, cwd=tmp_path, env={**desk.environment, **plain}) as terminal:
        terminal.expect("> ")
        terminal.type(f". {script} && echo lo''aded\n")
        terminal.expect("loaded")
        terminal.type("ccr rest\t")
        terminal.expect("ccr restart")
        terminal.type("--po\t")
        terminal.expect("--port")


def test_fish_completes(desk: Desk, tmp_path: Path) -> None:
    script = tmp_path / "ccr.fish"
    script.write_text(desk.ccr("completion", "fish").stdout)

    def offered(line: str) -> set[str]:
        told = subprocess.run(
            [needs("fish"), "--no-config", "-c", f"source {script}; complete -C '{line}'"],
            env=desk.environment,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return {entry.partition("\t")[0] for entry in told.stdout.splitlines()}

    assert offered("ccr sta") == {"start", "status", "statusline"}
    assert offered("ccr config re") >= {"restore"}
    assert "add" in offered("ccr providers ")
    assert not {"add", "list"} & offered("ccr providers test ")
    assert offered("ccr providers test --js") == {"--json"}
    assert offered("ccr status --js") >= {"--json"}
    assert offered("ccr-desktop sta") == {"start", "status", "statusline"}

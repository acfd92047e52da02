"""A plain `claude`, led to the router by its own settings and by nothing else."""

from tests.e2e.stage import Stage, e2e
from tests.support.claude import QUIET, ClaudeRun, executable
from tests.support.process import clean_environment, run_bounded
from tests.support.router import CCR
from tests.support.turns import text

pytestmark = e2e
SETTINGS = b'{\r\n\t"cleanupPeriodDays" : 9,\r\n\t"env": {"A": "b"}}'


def ccr(stage: Stage, *arguments: str) -> int:
    environment = clean_environment(stage.home, stage.router.environment)
    return run_bounded([*CCR, *arguments], cwd=stage.cwd, env=environment, timeout_s=60).returncode


def plain_claude(stage: Stage, prompt: str) -> ClaudeRun:
    """As the user types it: no variable leads it anywhere."""
    done = run_bounded(
        [*executable(stage.version), "-p", prompt, "--output-format", "json"],
        cwd=stage.cwd,
        env=clean_environment(stage.home, QUIET),
        timeout_s=60,
    )
    run = ClaudeRun(exit_code=done.returncode, stdout=done.stdout, stderr=done.stderr)
    stage.runs.append(run)
    return run


def test_a_plain_claude_uses_the_router_until_it_is_undone(stage: Stage) -> None:
    file = stage.home / ".claude" / "settings.json"
    file.parent.mkdir()
    file.write_bytes(SETTINGS)
    stage.script(text("Through the router."))

    assert ccr(stage, "env", "--permanent", "--yes") == 0
    routed = plain_claude(stage, "Say it")
    assert ccr(stage, "env", "--undo") == 0

    assert (routed.exit_code, routed.answer) == (0, "Through the router.")
    assert file.read_bytes() == SETTINGS
    assert [path.name for path in file.parent.glob("settings*")] == ["settings.json"]


def test_a_program_for_keys_does_not_keep_the_router_from_its_own(stage: Stage) -> None:
    file = stage.home / ".claude" / "settings.json"
    file.parent.mkdir()
    file.write_text('{"apiKeyHelper": "echo another-key"}', "utf-8")
    stage.script(text("Let in."))

    run = stage.ask("Say it")

    assert (run.exit_code, run.answer) == (0, "Let in.")

"""`ccr code`: the real Claude Code started by the router's own command."""

from tests.e2e.stage import Stage, e2e, newest_only
from tests.support.claude import QUIET, ClaudeRun, executable
from tests.support.process import clean_environment, run_bounded
from tests.support.router import CCR
from tests.support.turns import http_error, text

pytestmark = e2e


def launch(stage: Stage, prompt: str) -> ClaudeRun:
    """Start the client as a user would, with the router of the stage already running."""
    [program] = executable(stage.version)
    variables = {**QUIET, **stage.router.environment, "CLAUDE_PATH": program}
    done = run_bounded(
        [*CCR, "code", "-p", prompt, "--output-format", "json"],
        cwd=stage.cwd,
        env=clean_environment(stage.home, variables),
        timeout_s=60,
    )
    run = ClaudeRun(exit_code=done.returncode, stdout=done.stdout, stderr=done.stderr)
    stage.runs.append(run)
    return run


@newest_only
def test_the_launcher_hands_arguments_through_and_leaves_the_service_alone(stage: Stage) -> None:
    prompt = "Say \"two  words\", 'more' and $HOME; then * stop"
    stage.script(text("Said."), text("Still here."))

    launched = launch(stage, prompt)
    asked = stage.ask("Still there?")

    assert (launched.exit_code, launched.answer) == (0, "Said.")
    assert prompt in stage.main[0].texts("user")
    assert asked.answer == "Still here."


@newest_only
def test_the_launcher_passes_the_exit_code_on(stage: Stage) -> None:
    refusal = http_error(403, "not for you")
    stage.upstream.respond(lambda _: refusal)

    assert launch(stage, "Say hello").exit_code == 1

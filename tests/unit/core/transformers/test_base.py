import asyncio

import pytest

from ccr_desktop.core.transformers.base import failures_named
from ccr_desktop.errors import TransformerError


def test_an_error_without_words_is_told_by_its_name() -> None:
    with (
        pytest.raises(TransformerError, match=r"'x' failed: open: ZeroDivisionError$"),
        failures_named("x", "open"),
    ):
        raise ZeroDivisionError


class Own(BaseException):
    """What nobody expects."""


@pytest.mark.parametrize(
    "error", [SystemExit, KeyboardInterrupt, GeneratorExit, asyncio.CancelledError, Own]
)
async def test_what_would_end_the_router_is_a_failure_of_the_transformer(
    error: type[BaseException],
) -> None:
    with (
        pytest.raises(TransformerError, match=rf"'x' failed: request: {error.__name__}$"),
        failures_named("x", "request"),
    ):
        raise error


async def test_a_request_that_is_cancelled_in_a_hook_ends() -> None:
    began = asyncio.Event()

    async def hook() -> None:
        with failures_named("x", "request"):
            began.set()
            await asyncio.sleep(60)

    running = asyncio.ensure_future(hook())
    await began.wait()
    running.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running

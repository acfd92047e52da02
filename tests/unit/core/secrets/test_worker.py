"""Stores that may take their time, awaited."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ccr_desktop.core.secrets import MemorySecrets, Place, ProtectedFile, Secrets
from ccr_desktop.core.secrets.worker import StoreWorker
from ccr_desktop.errors import SecretError


class Asking(MemorySecrets):
    """A store that answers for the name `slow` only once somebody has typed a password."""

    def __init__(self) -> None:
        super().__init__(slow="sk-slow", quick="sk-quick")
        self.is_asking, self.typed = threading.Event(), threading.Event()
        self.calls: list[str] = []

    def get(self, name: str) -> str | None:
        self.calls.append(name)
        if name == "slow":
            self.is_asking.set()
            self.typed.wait(60)
        return super().get(name)


@pytest.fixture
def store() -> Asking:
    return Asking()


@pytest.fixture
async def worker(store: Asking, tmp_path: Path) -> AsyncIterator[StoreWorker]:
    file = ProtectedFile(tmp_path / "protected-keys")
    worker = StoreWorker(Secrets(keyring=store, file=file))
    yield worker
    store.typed.set()
    worker.close()
    worker.close()


async def test_calls_are_those_of_the_store(worker: StoreWorker) -> None:
    await worker.set("p", "sk-1")

    assert await worker.get("p") == "sk-1"
    assert await worker.names() == ["p", "quick", "slow"]
    assert await worker.delete("slow")
    assert await worker.describe() == "memory"
    assert (await worker.status()).is_ready
    assert (await worker.unlock()).is_ready
    assert (await worker.move_all(Place.FILE)).names == ("p", "quick")
    assert await worker.run(lambda secrets: secrets.place) is Place.FILE


async def test_an_error_arrives_where_it_was_asked(worker: StoreWorker) -> None:
    await worker.use_file("phrase")

    with pytest.raises(SecretError, match="already"):
        await worker.use_file()
    assert await worker.get("p") is None


async def test_the_loop_runs_on_and_calls_keep_their_order(
    worker: StoreWorker, store: Asking
) -> None:
    async with asyncio.TaskGroup() as group:
        slow = group.create_task(worker.get("slow"))
        quick = group.create_task(worker.get("quick"))
        await asyncio.to_thread(store.is_asking.wait, 60)
        assert not slow.done()
        assert store.calls == ["slow"]
        store.typed.set()

    assert (slow.result(), quick.result()) == ("sk-slow", "sk-quick")
    assert store.calls == ["slow", "quick"]


async def test_a_store_that_does_not_answer_is_a_sentence(store: Asking, tmp_path: Path) -> None:
    secrets = Secrets(keyring=store, file=ProtectedFile(tmp_path / "protected-keys"))
    worker = StoreWorker(secrets, limit_s=0.01, unlock_limit_s=0.01)

    while not store.is_asking.is_set():  # a call that did not begin in time is never made
        with pytest.raises(SecretError, match="does not answer") as caught:
            await worker.get("slow")
        assert "window open" in caught.value.message
    with pytest.raises(SecretError, match="does not answer"):
        await worker.set("late", "sk-late")
    store.typed.set()
    assert await worker.run(lambda secrets: secrets.get("quick"), 60) == "sk-quick"
    assert store.names() == ["quick", "slow"], "a call that nobody waits for is not made later"
    worker.close()


async def test_whoever_is_cancelled_leaves_the_call_behind(
    worker: StoreWorker, store: Asking
) -> None:
    async with asyncio.TaskGroup() as group:
        slow = group.create_task(worker.get("slow"))
        await asyncio.to_thread(store.is_asking.wait, 60)
        slow.cancel()
        await asyncio.wait([slow])
        assert slow.cancelled()
        store.typed.set()

    assert await worker.get("quick") == "sk-quick"


async def test_a_closed_worker_begins_anew_when_it_is_needed(worker: StoreWorker) -> None:
    assert await worker.get("quick")
    worker.close()

    assert await worker.get("quick") == "sk-quick"

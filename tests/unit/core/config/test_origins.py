"""Beside each version stands where it came from."""

import json
from pathlib import Path

import pytest

from ccr_desktop import paths
from ccr_desktop.core.config.origins import Origin, Source, Step
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.setup.history import states_of
from tests.unit.core.config.stores import BASE, OTHER, opened, write

pytestmark = pytest.mark.usefixtures("home")
WINDOW = Origin(Source.WINDOW, "Port: 4000")


def folder() -> Path:
    return paths.data_dir() / "config-versions"


def origins(store: ConfigStore) -> list[tuple[Source, str, Step]]:
    """That of the present file, then those of the versions."""
    found = [store.present_origin(), *(version.origin for version in store.versions())]
    return [(origin.source, origin.words, origin.step) for origin in found]


def test_who_saved_is_remembered_with_words_and_time(own: Path) -> None:
    write(own, BASE)
    store = opened(origin=Origin(Source.COMMAND, "ccr model set"))
    with store.noting(WINDOW):
        store.save(OTHER)
    store.save({**BASE, "PORT": 4001})
    with store.noting(Origin(Source.WINDOW, "Port: 4000", Step.UNDO)):
        store.restore(store.versions()[0].name)

    assert origins(store) == [
        (Source.WINDOW, "Port: 4000", Step.UNDO),
        (Source.COMMAND, "ccr model set", Step.CHANGE),
        (Source.WINDOW, "Port: 4000", Step.CHANGE),
        (Source.FILE, "", Step.CHANGE),
    ]
    assert store.present_origin().at_s


def test_an_edit_by_hand_is_seen_while_the_program_runs_and_when_it_did_not(own: Path) -> None:
    write(own, BASE)
    store = opened()
    with store.noting(WINDOW):
        store.save(OTHER)
    write(own, {**BASE, "PORT": 5000})
    store.check()
    assert [source for source, *_ in origins(store)] == [Source.FILE, Source.WINDOW, Source.FILE]
    assert store.present_origin().at_s

    write(own, {**BASE, "PORT": 6000})

    origin = opened().present_origin()
    assert origin.source is Source.FILE
    assert origin.at_s == pytest.approx(own.stat().st_mtime)


def test_what_another_process_saved_keeps_its_origin(own: Path) -> None:
    write(own, BASE)
    service, command = opened(), opened(origin=Origin(Source.COMMAND, "ccr model set"))
    command.save(OTHER)

    service.check()

    assert [source for source, *_ in origins(service)] == [Source.COMMAND, Source.FILE]


def test_versions_of_before_and_records_that_cannot_be_read_have_no_origin(own: Path) -> None:
    write(own, BASE)
    store = opened()
    store.save(OTHER)
    store.save(BASE)
    old, new = sorted(folder().glob("*.origin"))[:2]
    old.unlink()
    new.write_text("no JSON")

    assert [version.origin for version in store.versions()] == [Origin(), Origin()]


def test_a_newer_program_may_know_more_kinds(own: Path) -> None:
    write(own, BASE)
    store = opened()
    store.save(OTHER)
    (record,) = (path for path in folder().glob("*.origin") if path.stem != "present")
    record.write_text(json.dumps({"source": "telepathy", "words": 1, "step": [], "at_s": "x"}))

    assert store.versions()[0].origin == Origin()


def test_records_go_with_their_versions(own: Path) -> None:
    write(own, BASE)
    store = opened()
    for port in range(5000, 5030):
        store.save({**BASE, "PORT": port})

    assert {path.stem for path in folder().glob("*.origin")} == {
        "present",
        *(path.stem for path in folder().glob("*.json")),
    }


def test_a_text_is_saved_byte_for_byte(own: Path) -> None:
    write(own, BASE)
    store = opened()
    text = "\ufeff// mine\r\n{ 'PORT' : 4000, }\r\n".encode()

    store.save_text(text, base=store.present.revision)

    assert own.read_bytes() == text
    assert store.config.port == 4000
    assert store.present.data == text


@pytest.mark.parametrize("name", ["20260101T000000000001Z", "20269999T999999999999Z"])
def test_versions_that_can_not_be_read_keep_nobody_from_saving(own: Path, name: str) -> None:
    write(own, BASE)
    store = opened()
    (folder() / f"{name}.json").mkdir(parents=True)  # what reads as no file, for root too

    store.save(OTHER)

    assert json.loads(states_of(store)[1].data) == BASE
    assert not store.files_with("sk-nowhere")


@pytest.mark.parametrize("at", [1e300, -1, "soon"])
def test_a_time_that_nobody_can_have_noted_is_none(own: Path, at: object) -> None:
    write(own, BASE)
    store = opened()
    store.save(OTHER)
    for record in folder().glob("*.origin"):
        kept = json.loads(record.read_bytes())
        record.write_text(json.dumps({**kept, "at_s": at}), encoding="utf-8")

    assert store.present_origin().at_s is None
    assert len(states_of(store)) == 2


def test_a_record_that_is_not_json_says_nothing(own: Path) -> None:
    write(own, BASE)
    store = opened()
    store.save(OTHER)
    for record in folder().glob("*.origin"):
        record.write_text('{"at_s": NaN}', encoding="utf-8")

    assert store.present_origin().source is Source.FILE
    assert len(states_of(store)) == 2

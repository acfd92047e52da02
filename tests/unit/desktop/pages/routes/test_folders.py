"""The view "Projects": folders that go their own way."""

from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.routes.folder_row import FolderRowView
from ccr_desktop.desktop.pages.routes.folders import FoldersView
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.reading_order import stops
from tests.unit.desktop.pages.routes.opened import Opened, configuration, opened, press
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look")
SETS = {"Night": {"default": ["b,large", "a,n"]}}


def view_of(app: Opened) -> FoldersView:
    app.page.tabs.row.set_current("folders")
    return cast(FoldersView, app.page.tabs.view("folders"))


def choose(picker: FilterPicker, typed: str) -> None:
    picker.setFocus()
    press(picker, Qt.Key.Key_Down)
    QTest.keyClicks(picker.pop_over.search, typed)
    press(picker.pop_over.search, Qt.Key.Key_Return)


def never(folder: str, *providers: str) -> dict[str, Any]:
    return {"name": f"never from {folder}", "when": {"folder": folder}, "never": list(providers)}


async def test_a_typed_folder_gets_a_route_set(qloop: Loop, tmp_path: Path) -> None:
    async with opened(configuration(routeSets=SETS)) as app:
        view = view_of(app)
        assert view.empty.isVisible()
        view.folder.setText(f" {tmp_path} ")
        choose(view.routes, "Night")
        await app.settled()

        assert app.raw["projects"] == {str(tmp_path): "Night"}
        await eventually(lambda: str(tmp_path) in view.rows)
        row = view.rows[str(tmp_path)]
        assert row.picker.shown_text() == "Night"
        assert row.note.text() == "Main work here: large from b."
        assert view.folder.text() == ""


async def test_a_dropped_folder_is_never_sent_to_a_provider_and_then_it_is(
    qloop: Loop, tmp_path: Path
) -> None:
    folder = str(tmp_path)
    async with opened(configuration(Router={"default": ["a,m", "b,large"]})) as app:
        view = view_of(app)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(folder)])
        copied = Qt.DropAction.CopyAction
        button, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        view.dropEvent(QDropEvent(QPointF(5, 5), copied, data, button, held))
        choose(view.never, "a")
        await app.settled()
        assert app.router["rules"] == [never(folder, "a")]

        await eventually(lambda: folder in view.rows)
        row = view.rows[folder]
        assert row.note.text() == "Main work here: large from b."

        press(row.add_button, Qt.Key.Key_Space)
        press(row.pop_over().search, Qt.Key.Key_Return)
        await app.settled()
        assert app.router["rules"] == [never(folder, "a", "b")]
        await eventually(lambda: row.note.text().startswith("Nothing answers here: m, large"))

        press(row.never["a"], Qt.Key.Key_Space)
        await app.settled()
        assert app.router["rules"] == [never(folder, "b")]
        app.desk.bridge.undo()
        await app.settled()
        assert app.router["rules"] == [never(folder, "a", "b")]


async def test_another_choice_and_a_removal_can_be_undone(qloop: Loop, tmp_path: Path) -> None:
    folder = str(tmp_path)
    raw = configuration(routeSets=SETS, projects={folder: ["a,n", "b,small"]})
    async with opened(raw) as app:
        view = view_of(app)
        row = view.rows[folder]
        assert row.picker.shown_text() == "n"
        assert "Backup models: small" in row.note.text()

        choose(row.picker, "large")
        await app.settled()
        assert app.raw["projects"] == {folder: "b,large"}

        press(row.remove_button, Qt.Key.Key_Space)
        await app.settled()
        assert "projects" not in app.raw
        await eventually(lambda: not view.rows)
        app.desk.bridge.undo()
        await app.settled()
        assert app.raw["projects"] == {folder: "b,large"}


async def test_nested_folders_say_which_counts(qloop: Loop, tmp_path: Path) -> None:
    outer, inner = str(tmp_path), str(tmp_path / "web")
    rules = [never(outer, "b")]
    raw = configuration(
        projects={outer: "a,m", inner: "a,n"}, Router={"default": "a,m", "rules": rules}
    )
    async with opened(raw) as app:
        view = view_of(app)

        assert view.rows[inner].note.text().splitlines() == [
            "Main work here: n from a.",
            f"It is inside of {outer}: here its own routes count.",
            f"Never sent to b either, because of {outer}.",
        ]
        assert view.rows[outer].note.text() == "Main work here: m from a."


async def test_a_missing_folder_and_one_that_stands_there_twice_are_told(
    qloop: Loop, tmp_path: Path
) -> None:
    folder, gone = str(tmp_path), str(tmp_path / "gone")
    raw = configuration(projects={folder: "a,m", f"{folder}/": "a,n", gone: "a,m"})
    async with opened(raw) as app:
        view = view_of(app)

        assert view.rows[gone].troubles.texts()[-1].startswith("There is no such folder.")
        row = view.rows[folder]
        assert f"{folder}/ counts" in row.troubles.texts()[0]

        row.keep_wanted.emit(folder)
        await app.settled()
        assert app.raw["projects"] == {gone: "a,m", folder: "a,m"}
        await eventually(lambda: row.troubles.texts() == ())


async def test_a_missing_folder_that_is_never_sent_is_told(qloop: Loop, tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    async with opened(configuration(Router={"default": "a,m", "rules": [never(gone, "b")]})) as app:
        row = view_of(app).rows[gone]

        assert row.troubles.texts()[-1].startswith(f"There is no folder {gone}.")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Say which folder first."),
        ("acme", "Write the whole path, or begin with ~."),
        ("/acme/", "It is in the list already, as /acme."),
    ],
)
async def test_what_is_no_new_folder_is_refused_in_words(
    qloop: Loop, typed: str, words: str
) -> None:
    raw = configuration(projects={"/acme": "a,m"})
    async with opened(raw) as app:
        view = view_of(app)
        view.folder.setText(typed)
        choose(view.routes, "large")
        await app.settled()

        assert view.folder_row.error() == words
        assert app.raw["projects"] == {"/acme": "a,m"}


async def test_tab_goes_through_the_rows_before_the_fields_below_them(qloop: Loop) -> None:
    raw = configuration(projects={"/acme": "a,m", "/b": "a,n"})
    async with opened(raw) as app:
        view = view_of(app)
        one, two = view.rows["/acme"], view.rows["/b"]
        expected = [
            one.picker,
            one.remove_button,
            one.add_button,
            two.picker,
            two.remove_button,
            two.add_button,
            view.folder,
            view.browse,
        ]
        walked = list(stops(view))[: len(expected)]

        assert walked == expected


async def test_rows_below_those_in_sight_come_a_moment_later_in_their_order(
    qloop: Loop, home: Path
) -> None:
    folders = [str(home / f"project-{number:02d}") for number in range(20)]
    raw = configuration(projects=dict.fromkeys(folders, "a,m"))
    async with opened(raw) as app:
        app.page.show_detail("folders")
        view = app.page.findChild(FoldersView)
        assert view
        high = view.list.sizeHint().height()
        assert 0 < len(view.findChildren(FolderRowView)) < len(folders)

        await eventually(lambda: len(view.findChildren(FolderRowView)) == len(folders))
        assert view.list.sizeHint().height() == high
        shown = [view.list.body.indexOf(view.rows[folder].parentWidget()) for folder in folders]
        assert shown == list(range(len(folders)))
        app.page.show_detail("work")
        del raw["projects"][folders[3]]
        app.write(raw)
        await app.desk.bridge.reload()
        app.page.show_detail("folders")

        await eventually(lambda: list(view.rows) == folders[:3] + folders[4:])


async def test_enter_goes_on_from_the_folder_to_its_way(qloop: Loop, tmp_path: Path) -> None:
    async with opened(configuration(routeSets=SETS)) as app:
        view = view_of(app)
        view.folder.setText(str(tmp_path))
        press(view.folder, Qt.Key.Key_Return)
        QTest.keyClicks(view.routes.pop_over.search, "Night")
        press(view.routes.pop_over.search, Qt.Key.Key_Return)

        await eventually(lambda: app.raw.get("projects") == {str(tmp_path): "Night"})

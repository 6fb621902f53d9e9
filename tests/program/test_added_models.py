"""A model that the program does not know: from its name to a file in the library."""

import functools
import json

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeWidget

from tests.helpers.catalog import a_document
from tests.helpers.program import program
from tests.helpers.simulator import simulator_process

MODEL = "acme/dream/v9/pro"
PAGE = f"https://fal.ai/models/{MODEL}/playground?share=1"
ADD = "Add a model"
SCHEMA = {
    "type": "object",
    "title": "DreamIn",
    "required": ["prompt"],
    "properties": {
        "prompt": {"type": "string", "title": "Prompt", "maxLength": 300},
        "mood": {"enum": ["calm", "wild"], "default": "calm", "type": "string"},
        "strength": {"type": "integer", "minimum": 0, "maximum": 10, "default": 5},
    },
}


def invented(output=None):
    document = a_document(SCHEMA, output)
    queued = {"type": "object", "properties": {"request_id": {"type": "string"}}}
    answer = {"200": {"content": {"application/json": {"schema": queued}}}}
    document["paths"][f"/{MODEL}"]["post"]["responses"] = answer
    return document


@pytest.fixture
def documents(tmp_path):
    """The folder of documents that the server publishes besides its own."""
    folder = tmp_path / "published"
    folder.mkdir()
    (folder / "dream.json").write_text(json.dumps(invented()))
    return folder


@pytest.fixture
def fal(tmp_path, documents):
    with simulator_process(tmp_path / "fal", arguments=["--added", str(documents)]) as server:
        yield server


@pytest.fixture
def fresh(qapp, folder, fal):
    return functools.partial(program, folder, fal_url=fal.url)


def paste(running, dialog, text):
    running.write(text, dialog.findChildren(QLineEdit)[0])


async def open_dialog(running):
    running.act(running.desk.actions.add_model)
    return await running.until_dialog(ADD)


def rows(dialog):
    tree = dialog.findChildren(QTreeWidget)[0]
    tops = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [one.child(row) for one in tops for row in range(one.childCount())]


async def add(running, name=PAGE):
    dialog = await open_dialog(running)
    paste(running, dialog, name)
    await running.until_said("Dream v9 pro")
    running.click("Add this model", dialog)
    await running.until(lambda: not dialog.isVisible(), "the end of the dialog")


async def test_from_an_address_to_a_clip_and_a_restart(real, fal):
    async with real() as running:
        await add(running)
        assert running.desk.making.draft.endpoint_id == MODEL
        assert "Mood" in running.words_in(running.desk.form) or "More" in running.words()
        running.write("A quiet sea at night")
        running.choose_real()
        await running.until_ready()
        running.press()
        await running.until_said("What this order costs is not known before it is made.")
        running.click("Send it")
        await running.until_made()
        assert fal.queue()[0]["endpoint_id"] == MODEL
    async with real() as running:
        assert running.desk.making.draft.endpoint_id == MODEL
        assert [one.endpoint_id for one in running.studio.models.added] == [MODEL]
        assert running.prompt.toPlainText() == "A quiet sea at night"


async def test_it_can_be_rehearsed_too(fresh):
    async with fresh() as running:
        await add(running, MODEL)
        running.write("A quiet sea at night")
        await running.until_ready()
        running.press()
        clips = await running.until_made()
        assert clips[0].made_by == "rehearsal"


@pytest.mark.parametrize("name", ["image", "audio"])
async def test_other_files_than_clips(fresh, documents, name):
    file = {"$ref": "#/components/schemas/File"}
    output = {"type": "object", "properties": {name: file}, "required": [name]}
    (documents / "dream.json").write_text(json.dumps(invented(output)))
    async with fresh() as running:
        await add(running, MODEL)
        running.write("A quiet sea at night")
        await running.until_ready()
        running.press()
        clips = await running.until_made()
        assert clips[0].kind == name


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("hello", "This names no model."),
        ("https://example.com/models/a/b", "This names no model."),
        ("acme/nothing", "has no model of this name"),
    ],
)
async def test_what_cannot_be_added_is_said_below_the_field(fresh, typed, said):
    async with fresh() as running:
        dialog = await open_dialog(running)
        paste(running, dialog, typed)
        await running.until(lambda: said in running.words_in(dialog), said)
        assert not running.button("Add this model", dialog).isEnabled()


async def test_a_model_that_is_here_is_only_chosen(fresh):
    async with fresh() as running:
        known = running.desk.opening.catalog().endpoints[3]
        dialog = await open_dialog(running)
        paste(running, dialog, known.endpoint_id)
        await running.until_said("came with the program")
        running.click("Use this model", dialog)
        await running.until(lambda: not dialog.isVisible())
        assert running.desk.making.draft.endpoint_id == known.endpoint_id
        assert not running.studio.models.added


async def test_a_removed_model_is_offered_no_more_and_its_work_opens(real):
    async with real() as running:
        await add(running)
        running.write("A quiet sea at night")
        await running.until_ready()
        running.press()
        await running.until_made()
        dialog = await open_dialog(running)
        running.click("Remove", dialog)
        await running.until(lambda: not running.studio.models.added)
        assert running.desk.making.draft.endpoint_id != MODEL
        catalog = running.studio.catalog
        offered = {one.endpoint_id for i in catalog.intentions() for one in catalog.of_intention(i)}
        assert MODEL not in offered
        job = running.jobs[0]
        running.desk.making.recall(job.endpoint_id, job.values)
        assert running.prompt.toPlainText() == "A quiet sea at night"
        dialog.close()
        QApplication.processEvents()


async def test_the_form_follows_what_changed_at_the_server(fresh, fal, documents, tmp_path):
    async with fresh() as running:
        await add(running)
    fal.stop()
    changed = invented()
    schema = changed["components"]["schemas"]["DreamInput"]
    schema["properties"]["glow"] = {"type": "boolean", "default": False}
    schema["properties"]["strength"]["maximum"] = 20
    (documents / "dream.json").write_text(json.dumps(changed))
    arguments = ["--added", str(documents), "--port", fal.url.rpartition(":")[2]]
    with simulator_process(tmp_path / "fal", arguments=arguments):
        async with fresh() as running:
            running.act(running.desk.actions.refresh_models)
            dialog = await running.until_dialog("Refresh the catalogue")
            await running.until_said("changed at")
            shown = [one.text(0) for one in rows(dialog)]
            assert "New: Glow" in shown
            assert "Strength: most, 10 becomes 20" in shown
            assert running.studio.catalog.request_type_of(MODEL).field("glow") is None
            running.click("Take these changes", dialog)
            await running.until(lambda: not dialog.isVisible())
            taken = running.studio.catalog.request_type_of(MODEL)
            assert taken.field("glow") is not None
            assert taken.field("strength").maximum == 20

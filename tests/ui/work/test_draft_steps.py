"""One step of undo between whole drafts; money stays as it is."""

from PySide6.QtGui import QUndoStack

from kling_desktop.records.draft import Draft
from kling_desktop.records.job import MadeBy
from kling_desktop.ui.work.draft_steps import DraftStep, with_money_of


def draft(text, made_by=MadeBy.REHEARSAL, count=1):
    return Draft(
        draft_id=text, project_id="p", intention="i", endpoint_id="a/b", made_by=made_by,
        count=count, values={"prompt": text},
    )  # fmt: skip


def test_there_and_back_and_there(qapp):
    put, stack = [], QUndoStack()
    stack.push(DraftStep("words", draft("one"), draft("two"), put.append))
    stack.undo()
    stack.redo()
    assert [one.draft_id for one in put] == ["two", "one", "two"]
    assert stack.undoText() == "words"


def test_going_back_changes_nothing_about_money():
    now = draft("now", MadeBy.FAL, 3)
    back = with_money_of(draft("then"), now)
    assert (back.made_by, back.count) == (MadeBy.FAL, 3)
    assert back.values == {"prompt": "then"}

from decimal import Decimal

import pytest

from kling_desktop.catalog.changes import ChangeKind, FieldChange, ModelChange
from kling_desktop.core.model_search import Refreshed
from kling_desktop.ui.work.model_words import changed_views, missing_words, refreshed_words


def change(kind=ChangeKind.CHANGED, **more):
    return FieldChange(**{"kind": kind, "title": "Mood", "name": "mood", **more})


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (change(ChangeKind.ADDED), "New: Mood"),
        (change(ChangeKind.REMOVED), "Gone: Mood"),
        (change(aspect="maximum", before="5", after="9"), "Mood: most, 5 becomes 9"),
        (change(aspect="default", after="calm"), "Mood: usual value, nothing becomes calm"),
        (change(aspect="enum", before="a", after="b, c"), "Mood: choices, without a, with b, c"),
        (change(aspect="first", after="0.4"), "The price is known now: $0.40 each"),
        (
            change(aspect="per_second", after=str(Decimal("0.05"))),
            "The price is known now: $0.05 for each second",
        ),
    ],
)
def test_a_change_in_one_line(found, said):
    (view,) = changed_views((ModelChange(endpoint_id="a/b", title="Dream", fields=(found,)),))
    assert (view.title, view.lines) == ("Dream", (said,))


def test_how_many_changed_and_what_is_missing():
    none = Refreshed(checked=80, changes=(), missing=(), news=())
    assert refreshed_words(none) == "Nothing changed. 80 models were compared."
    assert missing_words(()) == ""
    assert "Dream" in missing_words(("Dream",))
    assert missing_words(tuple("abcdefghijk")).endswith("….")

"""The project's ratio of delivery is kept, and nothing but a ratio can be one."""

from __future__ import annotations

import pytest

from kling_desktop.core.projects import Project
from kling_desktop.store.database import Database
from kling_desktop.store.projects import ProjectStore


@pytest.fixture
def database(tmp_path):
    opened = Database(tmp_path / "kling.sqlite3")
    opened.open()
    yield opened
    opened.close()


def test_it_is_kept_and_told(database):
    told = []
    project = Project(ProjectStore(database), "default")
    assert (project.name, project.ratio) == ("My clips", "")
    project.subscribe(lambda: told.append(project.ratio))
    project.deliver_in("16:9")
    project.deliver_in("16:9")
    assert told == ["16:9"]
    assert Project(ProjectStore(database), "default").ratio == "16:9"
    project.deliver_in("")
    assert Project(ProjectStore(database), "default").ratio == ""


@pytest.mark.parametrize("ratio", ["wide", "16:0", "16 : 9"])
def test_what_is_no_ratio_is_refused(database, ratio):
    project = Project(ProjectStore(database), "default")
    with pytest.raises(ValueError, match="no ratio"):
        project.deliver_in(ratio)


def test_what_a_later_version_keeps_there_is_passed_over(database):
    ProjectStore(database).set_ratio("default", "as the first clip")
    assert Project(ProjectStore(database), "default").ratio == ""
    assert Project(ProjectStore(database), "unknown").name == ""

from pathlib import Path

import pytest

from tests.helpers.shell import Shell

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """The off-screen platform says of some calls that it cannot do them; nobody minds."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture
def shell(qtbot):
    return Shell(qtbot)

"""The real program, with eyes: it tells over a socket what a screen reader would find in it.

`python -m tests.helpers.watched` takes the options of the program and changes nothing in it. Its
first line says where to ask; each connection there gets all windows as one line of JSON.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from typing import TYPE_CHECKING

from PySide6.QtNetwork import QHostAddress, QTcpServer
from PySide6.QtWidgets import QApplication

from tests.helpers.sight import look_at, windows

if TYPE_CHECKING:
    from PySide6.QtNetwork import QTcpSocket


class Eyes(QTcpServer):
    """Answers whoever connects, and closes."""

    def __init__(self) -> None:
        super().__init__()
        self.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost), 0)
        self.newConnection.connect(self._answer)

    def _answer(self) -> None:
        line: QTcpSocket = self.nextPendingConnection()
        seen = [dataclasses.asdict(look_at(window)) for window in windows()]
        line.write(json.dumps(seen).encode() + b"\n")
        line.disconnected.connect(line.deleteLater)
        line.disconnectFromHost()


def main() -> int:
    """Opens the eyes, then runs the program as its command does."""
    app = QApplication(sys.argv[:1])
    eyes = Eyes()
    sys.stdout.write(json.dumps({"port": eyes.serverPort()}) + "\n")
    sys.stdout.flush()
    from kling_desktop.__main__ import main as program

    code = program()
    eyes.close()
    del app
    return code


if __name__ == "__main__":
    sys.exit(main())

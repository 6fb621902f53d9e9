"""A language half as long again, wrapped in marks: finds what is not translated and what is cut."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN, CLOSE = "⟦", "⟧"
_STUFF = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor "


class PseudoLanguage(QTranslator):
    """Translates everything, into itself and half as much again; placeholders stay."""

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """What Qt asks for each text."""
        del context, disambiguation, n
        return pseudo(text)

    def isEmpty(self) -> bool:
        """Qt leaves empty translators out."""
        return False


def pseudo(text: str) -> str:
    """A text as the pseudo-language says it."""
    if not text.strip():
        return text
    more = (_STUFF * (len(text) // (2 * len(_STUFF)) + 1))[: (len(text) + 1) // 2].strip()
    return f"{OPEN}{text} {more}{CLOSE}"


@contextlib.contextmanager
def speaking_pseudo() -> Iterator[None]:
    """Everything built inside speaks the pseudo-language."""
    language = PseudoLanguage()
    QCoreApplication.installTranslator(language)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(language)


def untranslated(root: QWidget, known: frozenset[str] = frozenset()) -> list[str]:
    """Texts below a widget that a person can read and that no translator saw.

    `known` are texts that were given from outside. Texts without a letter are left alone.
    """
    return sorted(
        {
            text
            for widget in (root, *root.findChildren(QWidget))
            for text in _texts(widget)
            if OPEN not in text and text not in known and any(sign.isalpha() for sign in text)
        }
    )


def cut(root: QWidget) -> list[str]:
    """Labels and buttons in sight whose text does not fit and was not shortened on purpose."""
    return [
        f"{type(widget).__name__}: {_shown(widget)}"
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root) and _is_cut(widget)
    ]


def _is_cut(widget: QWidget) -> bool:
    if not isinstance(widget, QLabel | QAbstractButton) or not _shown(widget):
        return False
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    metrics = widget.fontMetrics()
    lines = _shown(widget).replace("&", "").splitlines()
    widest = max(metrics.horizontalAdvance(line) for line in lines)
    return widest > widget.width() or widget.height() < metrics.height()


def _shown(widget: QWidget) -> str:
    shown_text = getattr(widget, "shown_text", None)
    if callable(shown_text):
        return str(shown_text())
    return str(widget.text()) if isinstance(widget, QLabel | QAbstractButton) else ""


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (
        widget.accessibleName(),
        widget.accessibleDescription(),
        widget.toolTip(),
        widget.windowTitle(),
    )
    if isinstance(widget, QLabel | QAbstractButton):
        full_text = getattr(widget, "full_text", None)
        yield full_text() if callable(full_text) else widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    for action in widget.actions():
        yield from (action.text(), action.toolTip())

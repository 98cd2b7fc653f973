"""The small parts of a window: a line that may be cut short, a box for the text, an announcement."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from threading import Thread

from PySide6.QtCore import QEventLoop, QMetaObject, QMimeData, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)  # fmt: skip
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

# QTextDocument ends its paragraphs and lines with these.
_LINE_ENDS = str.maketrans({"\u2029": "\n", "\u2028": "\n"})
_LEAST_SHOWN = "MMMMMMMM"


def plain_label(text: str = "", *, wrapped: bool = True) -> QLabel:
    """A label that takes its text as it is: a card's or a template's words are never markup."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wrapped)
    return label


def as_tip(text: str) -> str:
    """What to give Qt so that it shows `text` as it is where the mouse rests: it would take some of it for markup."""
    return f"<p>{escape(text)}</p>" if text else ""


def isolated(text: str) -> str:
    """`text` kept from turning what stands around it, whatever direction it is written in."""
    return f"\u2068{text}\u2069"


class ElidedLabel(QLabel):
    """One line that ends in "…" where it has no room; the whole is told to screen readers and by the mouse."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def say(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self._tell_the_whole()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(_LEAST_SHOWN), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_the_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        # At the window's own side, whatever direction the text has.
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            self.contentsRect(),
            int(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute),
            self._cut(),
        )
        painter.end()

    def _cut(self) -> str:
        width = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)

    def _tell_the_whole(self) -> None:
        self.setToolTip(as_tip(self.text() if self._cut() != self.text() else ""))


class TextArea(QPlainTextEdit):
    """The text being written. No-break spaces stay what they are; Tab leads on; what is replaced can be undone."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.setFont(font)
        self._replaced_last = False
        self.document().contentsChanged.connect(self._changed)

    def sizeHint(self) -> QSize:
        # What it needs; the window gives it the rest of its room.
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def text(self) -> str:
        """The text as it is, which toPlainText does not tell: it turns no-break spaces into others."""
        return self.document().toRawText().translate(_LINE_ENDS)

    def replace(self, text: str, caret: int | None = None) -> None:
        """Put `text` in place of all that is there, as one step to undo; the caret, in code points, at the end."""
        cursor = QTextCursor(self.document())
        # Steps that only follow what is filled in elsewhere are one: undoing leads back to the person's own words.
        cursor.joinPreviousEditBlock() if self._replaced_last else cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self._replaced_last = True
        cursor.setPosition(_in_utf16(text if caret is None else text[:caret]))
        self.setTextCursor(cursor)

    def mark_from(self, place: int | None) -> None:
        """Underline the text from `place`, in code points, to its end; None underlines nothing."""
        if place is None:
            self.setExtraSelections([])
            return
        selection = QTextEdit.ExtraSelection()
        marked = QTextCursor(self.document())
        marked.setPosition(_in_utf16(self.text()[:place]))
        marked.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(warning_colour(self))
        selection.cursor = marked
        selection.format = look
        self.setExtraSelections([selection])

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied by hand keeps its no-break spaces too."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().translate(_LINE_ENDS))
        return data

    def _changed(self) -> None:
        self._replaced_last = False


def warning_colour(widget: QWidget) -> Qt.GlobalColor | str:
    """The colour of what is wrong, readable on the window's own background."""
    dark = widget.palette().color(QPalette.ColorRole.Base).lightness() < 128
    return "#ff8a80" if dark else "#b3261e"


def aside(act: Callable[[], None]) -> None:
    """Do what asks other programs for something, while the windows here go on answering them.

    A clipboard's tool may ask us for what was copied here before; we would wait for each other.
    """
    loop, raised = QEventLoop(), list[Exception]()

    def work() -> None:
        try:
            act()
        except Exception as problem:
            raised.append(problem)
        finally:
            QMetaObject.invokeMethod(loop, "quit", Qt.ConnectionType.QueuedConnection)

    thread = Thread(target=work)
    thread.start()
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    thread.join()
    for problem in raised:
        raise problem


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say `text`, if one listens."""
    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def _in_utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

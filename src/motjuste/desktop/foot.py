"""The foot of the window of a text: its counter, what there is to say, and the buttons. It is always in sight."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from motjuste.desktop.pieces import announce, as_tip, plain_label, warning_colour
from motjuste.desktop.words import Words
from motjuste.messages.counting import Count


class Foot(QWidget):
    """A bar and words for how full the room is; `copy` and `close_` are its buttons, pressed."""

    copy_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, words: Words, copy: str, close: str) -> None:
        super().__init__()
        self._words = words
        self._count: Count | None = None
        self.buttons: list[QPushButton] = []
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(max(6, self.fontMetrics().height() // 2))
        self._bar.setAccessibleName(words.room_used)
        self._counted = plain_label()
        self._left = plain_label()
        self._notice = plain_label()
        # A notice that comes makes the window's middle smaller, and never the window larger.
        self._notice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        counter = QVBoxLayout()
        counter.setSpacing(0)
        counter.addWidget(self._counted)
        counter.addWidget(self._left)
        row = QHBoxLayout()
        row.addLayout(counter, 1)
        for label, help, signal in (
            (close, words.close_help, self.close_wanted),
            (copy, words.copy_help, self.copy_wanted),
        ):
            button = QPushButton(label, autoDefault=False)
            button.setToolTip(as_tip(help))
            button.clicked.connect(signal)
            self.buttons.append(button)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._bar)
        column.addWidget(self._notice)
        column.addLayout(row)
        self.notify("")

    def show_count(self, count: Count) -> None:
        """Show how full the room is, in words too; a screen reader is told when that becomes another state."""
        before, self._count = self._count, count
        left = self._words.left(count)
        self._counted.setText(self._words.count(count))
        self._left.setText(left)
        self._left.setVisible(bool(left))
        font = self._counted.font()
        font.setBold(count.state != "fits")
        self._left.setFont(font)
        self._bar.setVisible(count.limit is not None)
        if count.limit is not None:
            self._bar.setRange(0, count.limit)
            self._bar.setValue(min(count.length, count.limit))
        for widget, role in (
            (self._left, QPalette.ColorRole.WindowText),
            (self._bar, QPalette.ColorRole.Highlight),
        ):
            palette = QPalette()
            if count.state == "over":
                palette.setColor(role, warning_colour(self))
            widget.setPalette(palette)
        if before is not None and before.state != count.state:
            announce(self._bar, left)

    def notify(self, text: str) -> None:
        """Say this above the buttons; nothing takes it away."""
        if text != self._notice.text() or not text:
            self._notice.setText(text)
            self._notice.setVisible(bool(text))
            announce(self._notice, text)

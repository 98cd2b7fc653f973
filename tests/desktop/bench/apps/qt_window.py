"""A Qt window with a line or a text: qt_window.py LOG TITLE entry|text."""

from __future__ import annotations

import sys

from changes import ChangeLog, obey
from PySide6.QtCore import QEvent, QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QVBoxLayout, QWidget


class Clicks(QObject):
    """Tells of each click that reaches what it watches."""

    def __init__(self, log: ChangeLog) -> None:
        super().__init__()
        self._log = log

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._log.clicked()
        return False


def main(path: str, title: str, kind: str) -> None:
    log = ChangeLog(path)
    application = QApplication(sys.argv[:1])
    window = QWidget()
    window.setWindowTitle(title)
    window.resize(620, 160 if kind == "entry" else 320)
    box: QLineEdit | QTextEdit
    if kind == "entry":
        line = box = QLineEdit()
        line.textChanged.connect(log.changed)
        set_text = line.setText
    else:
        text = box = QTextEdit(acceptRichText=False)
        # toPlainText turns a no-break space into a plain one; the raw text keeps it.
        content = text.document()
        text.textChanged.connect(
            lambda: log.changed(content.toRawText().replace("\u2029", "\n").replace("\u2028", "\n"))
        )
        set_text = text.setPlainText
    QVBoxLayout(window).addWidget(box)
    box.setFocus()
    clicks = Clicks(log)
    (box if isinstance(box, QLineEdit) else box.viewport()).installEventFilter(clicks)
    commands = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    commands.activated.connect(lambda *_: obey(set_text) or application.quit())
    log.changed("")
    window.show()
    application.exec()


main(*sys.argv[1:])

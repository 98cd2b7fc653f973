"""A Qt window with a box for a name and one for a password: password_qt.py LOG TITLE."""

from __future__ import annotations

import sys

from changes import ChangeLog, obey
from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget


def main(path: str, title: str) -> None:
    log = ChangeLog(path)
    application = QApplication(sys.argv[:1])
    window = QWidget()
    window.setWindowTitle(title)
    name, password = QLineEdit(), QLineEdit()
    password.setEchoMode(QLineEdit.EchoMode.Password)
    column = QVBoxLayout(window)
    for box in (name, password):
        box.textChanged.connect(lambda _: log.changed(f"{name.text()}\n{password.text()}"))
        column.addWidget(box)
    commands = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    commands.activated.connect(lambda *_: obey(print) or application.quit())
    window.show()
    name.setFocus()
    log.changed("\n")
    application.exec()


main(*sys.argv[1:])

"""What a template asks for, as labelled inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from motjuste.desktop.draft import choices_in_words, help_of
from motjuste.desktop.pieces import plain_label
from motjuste.desktop.words import with_mnemonics
from motjuste.messages.front_matter import Field


class FieldsForm(QWidget):
    """The fields of a template, each below its question; tells of each change with the field's name."""

    filled = Signal(str, str)

    def __init__(self, taken_mnemonics: str) -> None:
        super().__init__()
        self._taken = taken_mnemonics
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._asked: tuple[Field, ...] | None = None
        self._blocks: list[QWidget] = []
        self.inputs: list[QWidget] = []

    def ask(self, fields: Sequence[Field], values: Mapping[str, str]) -> bool:
        """Ask for these fields, with new inputs; nothing changes, and False, when they are those asked for already."""
        if tuple(fields) == self._asked:
            return False
        for block in self._blocks:
            self._column.removeWidget(block)
            block.deleteLater()
        self._asked = tuple(fields)
        self.inputs, self._blocks = [], []
        questions = [field.ask or field.name for field in fields]
        for field, question in zip(fields, with_mnemonics(questions, self._taken), strict=True):
            box = self._input(field, values[field.name])
            box.setAccessibleName(field.ask or field.name)
            box.setAccessibleDescription(help_of(field))
            block = _block(question, box, help_of(field))
            self._column.addWidget(block)
            self._blocks.append(block)
            self.inputs.append(box)
        self.setVisible(bool(fields))
        return True

    def _input(self, field: Field, value: str) -> QWidget:
        if field.choices:
            return self._list(field, value)
        line = QLineEdit(value)
        line.textChanged.connect(lambda text: self.filled.emit(field.name, text))
        return line

    def _list(self, field: Field, value: str) -> QComboBox:
        box = narrow_list()
        for choice, words in choices_in_words(field):
            box.addItem(words, choice)
        if value not in field.choices:
            box.insertItem(0, value, value)
        box.setCurrentIndex(box.findData(value))
        box.currentIndexChanged.connect(lambda index: self.filled.emit(field.name, box.itemData(index)))
        return box


def _block(question: str, box: QWidget, help: str) -> QWidget:
    """A field with its question above and its help below."""
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 4)
    column.setSpacing(2)
    label = plain_label(question)
    label.setBuddy(box)
    column.addWidget(label)
    column.addWidget(box)
    if help:
        said = plain_label(help)
        font = said.font()
        font.setPointSizeF(font.pointSizeF() * 0.88)
        said.setFont(font)
        column.addWidget(said)
    return block


def narrow_list() -> QComboBox:
    """A list to choose from that does not widen a window for its longest entry."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    return box

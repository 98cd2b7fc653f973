"""The fit blocks of a text, with what each of their wordings would cost."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTreeWidget, QTreeWidgetItem

from motjuste.desktop.draft import Block, OneWording
from motjuste.desktop.pieces import as_tip
from motjuste.desktop.words import Words

_PLACE = Qt.ItemDataRole.UserRole
_ROWS_SHOWN = 5


class WordingsList(QTreeWidget):
    """Blocks and their wordings; tells which wording of which block the person wants."""

    wanted = Signal(int, int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._shown: tuple[tuple[Block, ...], str] = ((), "")
        self.setColumnCount(3)
        self.setHeaderLabels([words.wording, words.whole_text, words.state])
        self.setAccessibleName(words.wordings)
        self.setAccessibleDescription(words.wordings_help)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # Tab leads on through the window, the arrows through the list.
        self.setTabKeyNavigation(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(self.fontMetrics().horizontalAdvance("0000"))
        self.setMinimumHeight(self.fontMetrics().height() * _ROWS_SHOWN)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.itemClicked.connect(self._want)

    def show_blocks(self, blocks: tuple[Block, ...], unit: str) -> None:
        """Show these, whose lengths are in `unit`; the place that the person has reached in the list stays."""
        if (blocks, unit) == self._shown:
            return
        self._shown = (blocks, unit)
        reached, scrolled = self._place_of(self.currentItem()), self.verticalScrollBar().value()
        self.clear()
        for order, block in enumerate(blocks, 1):
            head = QTreeWidgetItem(self, [self._words.block.format(order)])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setFirstColumnSpanned(True)
            for index, wording in enumerate(block.wordings):
                item = self._item(head, wording, self._words.length(wording.whole, unit))
                item.setData(0, _PLACE, (block.number, index))
                if (block.number, index) == reached:
                    self.setCurrentItem(item)
        self.expandAll()
        self.verticalScrollBar().setValue(scrolled)
        # Once the list has the height that is left to it.
        QTimer.singleShot(0, self, self._show_current)

    def _show_current(self) -> None:
        current = self.currentItem()
        if current is not None:
            self.scrollToItem(current)

    def sizeHint(self) -> QSize:
        # What it needs; the window gives it the rest of its room.
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self._want(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _item(self, head: QTreeWidgetItem, wording: OneWording, whole: str) -> QTreeWidgetItem:
        state = self._state(wording)
        text = wording.text or self._words.nothing
        item = QTreeWidgetItem(head, [text, whole, state])
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(0, as_tip(text))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{state} {text}".strip())
        if wording.chosen:
            font = item.font(0)
            font.setBold(True)
            for column in range(3):
                item.setFont(column, font)
        return item

    def _state(self, wording: OneWording) -> str:
        if wording.chosen:
            return self._words.chosen_by_you if wording.pinned else self._words.chosen
        return self._words.too_many.format(self._words.number(wording.over)) if wording.over else ""

    def _want(self, item: QTreeWidgetItem | None) -> None:
        place = self._place_of(item)
        if place is not None:
            self.wanted.emit(*place)

    def _place_of(self, item: QTreeWidgetItem | None) -> tuple[int, int] | None:
        place: tuple[int, int] | None = item.data(0, _PLACE) if item is not None else None
        return place and (place[0], place[1])

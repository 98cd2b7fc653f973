"""The window of a text being written: who it is for, what to fill in, the text with its counter, its wordings."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from motjuste.compose import Message
from motjuste.desktop.draft import Draft
from motjuste.desktop.fields_form import FieldsForm, narrow_list
from motjuste.desktop.foot import Foot
from motjuste.desktop.pieces import ElidedLabel, TextArea, aside, isolated, plain_label
from motjuste.desktop.wordings_list import WordingsList
from motjuste.desktop.words import LANGUAGE_NAMES, Words, with_mnemonics
from motjuste.errors import UserError

# Two columns when so many characters have room beside each other.
_WIDE = 84
_USUAL_SIZE = (150, 50)
_LEAST_LINES = 5
# Milliseconds without a key after which a text is written anew: between two keys of a quick typist.
_SETTLED = 40


class WritingWindow(QWidget):
    """Shows a draft and changes it; `copied` is the message that the person took, None while there is none."""

    def __init__(self, draft: Draft, words: Words, copy: Callable[[str], None]) -> None:
        super().__init__()
        self.copied: Message | None = None
        self._draft = draft
        self._words = words
        self._copy = copy
        self._filled: dict[str, str] = {}
        self._warned = False
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settled.timeout.connect(self._write)
        labels = (
            words.copy, words.close, words.text, words.language, words.form, words.channel, words.wordings,
            words.write_anew, words.let_go,
        )  # fmt: skip
        self._labels = dict(zip(labels, with_mnemonics(labels), strict=True))
        self._build()
        self._connect()
        self.setWindowTitle(self._title())
        self._show_all()
        self._area.replace(draft.text, draft.message.rendered.caret)
        self._area.document().clearUndoRedoStacks()
        self._resize_to_the_screen()
        (self._fields.inputs or [self._area])[0].setFocus()

    # What it is made of.

    def _build(self) -> None:
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(3 * self.fontMetrics().averageCharWidth())
        self._columns.addLayout(self._build_wishes(), 2)
        self._columns.addLayout(self._build_text(), 3)
        inside = QWidget()
        inside.setLayout(self._columns)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.addLayout(self._build_person())
        whole.addSpacing(_gap(self))
        whole.addWidget(self._scroll, 1)
        self._foot = Foot(words := self._words, self._labels[words.copy], self._labels[words.close])
        whole.addWidget(self._foot)

    def _build_person(self) -> QVBoxLayout:
        draft, words = self._draft, self._words
        lines = QVBoxLayout()
        lines.setSpacing(2)
        name = ElidedLabel(draft.person or words.nobody)
        font = name.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setBold(True)
        name.setFont(font)
        lines.addWidget(name)
        if draft.person:
            because = words.because(draft.message.evidence, draft.contact.source)
            known = " · ".join(map(isolated, draft.known_of_person.split(" · ")))
            for text in (known if draft.known_of_person else "", because):
                if text:
                    lines.addWidget(ElidedLabel(text))
        return lines

    def _build_wishes(self) -> QVBoxLayout:
        words = self._words
        self._title_label = ElidedLabel()
        self._language = narrow_list()
        self._form = narrow_list()
        self._channel = narrow_list()
        wishes = QFormLayout()
        wishes.setVerticalSpacing(_gap(self))
        wishes.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        wishes.addRow(plain_label(words.message, wrapped=False), self._title_label)
        for name, box in (
            (words.language, self._language),
            (words.form, self._form),
            (words.channel, self._channel),
        ):
            label = plain_label(self._labels[name], wrapped=False)
            label.setBuddy(box)
            box.setAccessibleName(name)
            wishes.addRow(label, box)
            if box is self._form and not self._draft.forms:
                wishes.setRowVisible(box, False)
        self._wishes = wishes
        taken = "".join(label[label.index("&") + 1] for label in self._labels.values() if "&" in label)
        self._fields = FieldsForm(taken)
        column = QVBoxLayout()
        column.setSpacing(2 * _gap(self))
        column.addLayout(wishes)
        column.addWidget(self._fields)
        column.addStretch(1)
        return column

    def _build_text(self) -> QVBoxLayout:
        words = self._words
        self._area = TextArea()
        self._area.setAccessibleName(words.text)
        label = plain_label(self._labels[words.text], wrapped=False)
        label.setBuddy(self._area)
        self._kept = self._build_kept()
        self._seen = ElidedLabel()
        self._list = WordingsList(words)
        self._list_label = plain_label(self._labels[words.wordings], wrapped=False)
        self._list_label.setBuddy(self._list)
        self._let_go = QPushButton(self._labels[words.let_go], autoDefault=False)
        self._shortest = plain_label(wrapped=False)
        head = QHBoxLayout()
        head.addWidget(self._list_label)
        head.addStretch(1)
        head.addWidget(self._shortest)
        column = QVBoxLayout()
        column.setSpacing(_gap(self))
        column.addWidget(self._kept)
        column.addWidget(label)
        column.addWidget(self._area, 3)
        column.addWidget(self._seen)
        column.addLayout(head)
        column.addWidget(self._list, 2)
        column.addWidget(self._let_go, 0, Qt.AlignmentFlag.AlignRight)
        return column

    def _build_kept(self) -> QFrame:
        """The bar over the text that says that the person's own words stay."""
        bar = QFrame(frameShape=QFrame.Shape.StyledPanel)
        self._anew = QPushButton(self._labels[self._words.write_anew], autoDefault=False)
        column = QVBoxLayout(bar)
        column.addWidget(plain_label(self._words.kept))
        column.addWidget(self._anew, 0, Qt.AlignmentFlag.AlignLeft)
        return bar

    def _connect(self) -> None:
        self._fields.filled.connect(self._fill)
        self._area.textChanged.connect(self._edit)
        self._list.wanted.connect(lambda block, wording: self._now(Draft.pinned, block, wording))
        self._let_go.clicked.connect(lambda: self._now(Draft.unpinned))
        self._anew.clicked.connect(self._write_anew)
        # Alt and a letter may lead to what is out of sight.
        QApplication.instance().focusChanged.connect(self._bring_into_sight)  # type: ignore[union-attr]
        self._foot.copy_wanted.connect(self._take)
        self._foot.close_wanted.connect(self.close)
        for box, wish in (
            (self._language, Draft.in_language),
            (self._form, Draft.in_form),
            (self._channel, Draft.for_channel),
        ):
            box.activated.connect(lambda index, box=box, wish=wish: self._now(wish, box.itemData(index)))
        for keys, act in (("Ctrl+Return", self._take), ("Ctrl+Enter", self._take), ("Esc", self.close)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _put_in_order(self) -> None:
        """Have Tab lead through the window as it is read."""
        wishes = [self._language, self._form, self._channel]
        text = [self._anew, self._area, self._list, self._let_go]
        row = [*wishes, *self._fields.inputs, *text, *self._foot.buttons]
        for one, next_one in pairwise(row):
            self.setTabOrder(one, next_one)

    # What the person does.

    def _fill(self, name: str, value: str) -> None:
        self._filled[name] = value
        self._settled.start()

    def _write(self) -> None:
        """Write the text from what was filled in since the last time."""
        self._settled.stop()
        filled, self._filled = self._filled, {}
        if filled:
            self._now(Draft.with_fields, filled)

    def _now(self, act: Callable[..., Draft], *arguments: Any) -> None:
        """Have the draft become what `act` makes of it, and show that."""
        self._write()
        self._draft = act(self._draft, *arguments)
        if self._draft.text != self._area.text():
            with QSignalBlocker(self._area):
                self._area.replace(self._draft.text, self._draft.message.rendered.caret)
        self._show_all()

    def _edit(self) -> None:
        self._draft = self._draft.edited(self._area.text())
        self._show_text()

    def _write_anew(self) -> None:
        self._now(Draft.anew)
        self._area.setFocus()

    def _take(self) -> None:
        """Copy the text and close; what cannot be copied stays, with the reason."""
        self._write()
        refusal = self._refusal()
        if not refusal:
            message = self._draft.finished()
            try:
                aside(lambda: self._copy(message.rendered.text))
            except UserError as problem:
                refusal = f"{self._words.not_copied} {problem}"
            else:
                self.copied = message
                self.close()
                return
        self._foot.notify(refusal)

    def _refusal(self) -> str:
        draft, words = self._draft, self._words
        if draft.problem is not None and not draft.own:
            return f"{words.not_copied} {draft.problem}"
        if not draft.text.strip():
            return words.empty
        if draft.count.state == "over":
            return words.over.format(words.number(-draft.count.left))
        return ""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, but own words only when that is wanted twice: nothing else has them."""
        ending = QGuiApplication.instance()
        leaving = isinstance(ending, QGuiApplication) and ending.isSavingSession()
        if self.copied is None and self._draft.own and not self._warned and not leaving:
            self._warned = True
            self._foot.notify(self._words.unsaved)
            event.ignore()
            return
        event.accept()

    # What it shows.

    def _show_all(self) -> None:
        draft, words = self._draft, self._words
        self._title_label.say(draft.message.template.title)
        names = [(locale, LANGUAGE_NAMES.get(locale, locale)) for locale in draft.languages]
        _offer(self._language, names, draft.message.locale)
        form = words.forms.get(draft.message.rendered.form, draft.message.rendered.form)
        forms = [(each, words.forms.get(each, each)) for each in draft.forms]
        _offer(self._form, [("auto", words.automatic.format(form.lower())), *forms], draft.wish.form)
        places = [(name, words.channels.get(title, title)) for name, title in draft.channels]
        _offer(self._channel, places, draft.channel.name)
        self._wishes.setRowVisible(self._form, bool(draft.forms))
        if self._fields.ask(tuple(draft.message.template.fields.values()), draft.values):
            self._put_in_order()
        blocks = draft.blocks
        self._list.show_blocks(blocks, draft.message.rendered.unit)
        for widget in (self._list, self._list_label, self._shortest):
            widget.setVisible(bool(blocks))
        self._let_go.setVisible(bool(draft.wish.pins))
        self._shortest.setText(
            words.shortest.format(words.length(draft.shortest, draft.message.rendered.unit))
        )
        self._foot.notify(f"{words.not_written} {draft.problem}" if draft.problem is not None else "")
        self._show_text()

    def _show_text(self) -> None:
        """What depends on the text alone, at every key in it."""
        draft, words = self._draft, self._words
        self._warned = False
        if draft.problem is None:
            self._foot.notify("")
        self._kept.setVisible(draft.kept)
        self._foot.show_count(draft.count)
        self._area.mark_from(draft.too_long_from)
        seen = draft.seen_first
        self._seen.setVisible(seen is not None)
        self._seen.say(f"{words.seen_first} – {isolated(seen)}" if seen else "")

    def _title(self) -> str:
        draft = self._draft
        about = " – ".join(each for each in (draft.person, draft.message.template.title) if each)
        # Qt would take [*] for the place of a mark of its own.
        return self._words.title.format(about).replace("[*]", "[*][*]")

    # How large it is.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE * self.fontMetrics().averageCharWidth()
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
        lines = _LEAST_LINES if wide else 2 * _LEAST_LINES
        self._area.setMinimumHeight(lines * self._area.fontMetrics().lineSpacing())

    def _bring_into_sight(self, before: QWidget | None, widget: QWidget | None) -> None:
        if widget is not None and self._scroll.isAncestorOf(widget):
            self._scroll.ensureWidgetVisible(widget, 0, _gap(self))

    def _resize_to_the_screen(self) -> None:
        letter, line = self.fontMetrics().averageCharWidth(), self.fontMetrics().lineSpacing()
        there = self.screen().availableGeometry()
        width, height = _USUAL_SIZE[0] * letter, _USUAL_SIZE[1] * line
        # Room for the window's frame.
        self.resize(min(width, there.width() - letter), min(height, there.height() - 3 * line))


def _gap(widget: QWidget) -> int:
    """The room between two things that stand below each other."""
    return widget.fontMetrics().height() // 3


def _offer(box: QComboBox, choices: list[tuple[str, str]], chosen: str) -> None:
    """Have the list offer these, by value and words, and show the chosen one."""
    if [(box.itemData(index), box.itemText(index)) for index in range(box.count())] != choices:
        box.clear()
        for value, words in choices:
            box.addItem(words, value)
    box.setCurrentIndex(box.findData(chosen))

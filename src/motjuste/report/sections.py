"""What the statistics tell, in order: sections with a sentence, a picture, a table, and what each number counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from motjuste.inbox.events import VERDICTS
from motjuste.inbox.statistics import FEWEST, UNDECIDED, SentMonth, Statistics, Written, month_of
from motjuste.report.words import Words

MONTHS_SHOWN = 24
"""So many months have a row of their own, unless the person asks for more; the others are added up."""
MOST_MONTHS = 120
EARLIER, LATER = "earlier", "later"

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """A line of a table. `fill` is how much of its bar is full, from 0 to 1; None without a bar."""

    cells: tuple[str, ...]
    fill: float | None = None


@dataclass(frozen=True)
class Table:
    """Numbers in rows; the first column names them."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    foot: tuple[str, ...] = ()
    shares: bool = False
    """Whether the bars are shares of a whole, whose end should be seen."""
    months: bool = False
    """Whether the rows are months, which have a picture of their own beside the table."""


@dataclass(frozen=True)
class Strips:
    """Columns by month, one strip above the other, all to the same scale."""

    months: tuple[str, ...]
    strips: tuple[tuple[str, tuple[int, ...]], ...]
    """Each with its name."""

    @property
    def top(self) -> int:
        return max(value for _, values in self.strips for value in values)


@dataclass(frozen=True)
class Span:
    """Where the middle half of some values lies, on an axis that begins at 0 and ends at `end`."""

    lower: float
    median: float
    upper: float
    end: int


@dataclass(frozen=True)
class Section:
    """One part of the report; `facts` are numbers with their names, `sentence` says what there is to say."""

    key: str
    title: str
    means: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    sentence: str = ""
    picture: Strips | Span | None = None
    table: Table | None = None


def sections(told: Statistics, words: Words) -> tuple[Section, ...]:
    """All parts of the report; only what is open now where no month counts, and none before the first record."""
    if not told.first_month:
        return ()
    if told.empty:
        return (_now(told, words),)
    return (
        _now(told, words),
        _received(told, words),
        _answers(told, words),
        _days(told, words),
        _texts(told, words),
        *([_texts_by_template(told, words)] if told.texts.counts else ()),
        _saved(told, words),
        _sent(told, words),
    )


def _now(told: Statistics, words: Words) -> Section:
    now, notes, number = told.now, told.notes, words.number
    if notes.quota is None:
        of_notes = (words.notes_used, number(notes.used))
    else:
        of_notes = (words.notes_left, words.of.format(number(notes.left or 0), number(notes.quota)))
    facts = (
        (words.open, number(now.open)),
        (words.undecided_now, number(now.undecided)),
        (words.answered_now, number(now.answered)),
        (words.due, number(now.due)),
        of_notes,
    )
    return Section("now", words.now, (words.now_means, words.notes_mean), facts)


def _received(told: Statistics, words: Words) -> Section:
    by_month, verdicts = told.received.by_month, told.received.verdicts
    section = Section("received", words.received, (words.received_means,))
    if not by_month:
        return _with(section, sentence=words.received_none)
    # A verdict that was never given would only be a column of zeros.
    shown = [each for each in (*VERDICTS, UNDECIDED) if verdicts[each]]
    months = _months(told, by_month)
    return _with(
        section,
        picture=Strips(
            months,
            tuple(
                (words.verdicts[each], tuple(by_month.get(month, {}).get(each, 0) for month in months))
                for each in shown
            ),
        ),
        table=_month_table(
            _rows(months, by_month, _added_verdicts),
            (*(words.verdicts[each] for each in shown), words.total),
            lambda month: (*(month[each] for each in shown), sum(month.values())),
            words,
        ),
    )


def _answers(told: Statistics, words: Words) -> Section:
    section = Section("answers", words.answers, (words.answers_mean.format(fewest=FEWEST),))
    if not told.answers:
        return _with(section, sentence=words.answers_none)
    rows = tuple(
        Row(
            (
                words.template_name(each.template),
                words.number(each.asked),
                words.number(each.answered),
                words.too_few if each.share is None else words.percentage(each.share),
            ),
            each.share,
        )
        for each in told.answers
    )
    asked = sum(each.asked for each in told.answers)
    answered = sum(each.answered for each in told.answers)
    foot = (words.total, words.number(asked), words.number(answered), "")
    header = (words.template, words.asked, words.answered, words.share)
    return _with(section, table=Table(header, rows, foot, shares=True))


def _days(told: Statistics, words: Words) -> Section:
    days = told.days
    section = Section("days", words.days, (words.days_mean.format(fewest=FEWEST),))
    if days.lower_quartile is None or days.median is None or days.upper_quartile is None:
        sentence = words.days_few.format(count=words.number(days.count)) if days.count else words.days_none
        return _with(section, sentence=sentence)
    sentence = words.days_told.format(
        count=words.number(days.count),
        lower=words.number(days.lower_quartile, 1),
        median=words.number(days.median, 1),
        upper=words.number(days.upper_quartile, 1),
    )
    end = _round_end(days.upper_quartile)
    return _with(
        section, sentence=sentence, picture=Span(days.lower_quartile, days.median, days.upper_quartile, end)
    )


def _round_end(most: float) -> int:
    """A round number of days above `most`, at which an axis can end."""
    scale = 1
    while True:
        for step in (1, 2, 5, 7):
            if step * scale > most:
                return step * scale
        scale *= 10


def _texts(told: Statistics, words: Words) -> Section:
    by_month = told.texts.by_month
    section = Section("texts", words.texts, (words.texts_mean,))
    if not by_month:
        return _with(section, sentence=words.texts_none)
    months = _months(told, by_month)
    written = [by_month.get(month, Written()) for month in months]
    return _with(
        section,
        picture=Strips(
            months,
            (
                (words.typed, tuple(each.typed for each in written)),
                (words.copied, tuple(each.copied for each in written)),
            ),
        ),
        table=_month_table(
            _rows(months, by_month, lambda values: sum(values, Written())),
            (words.typed, words.copied, words.total),
            lambda each: (each.typed, each.copied, each.total),
            words,
        ),
    )


def _texts_by_template(told: Statistics, words: Words) -> Section:
    by_template = told.texts.by_template
    section = Section("templates", words.texts_by_template, ())
    most = max(each.total for each in by_template.values())
    total = told.texts.total

    def cells(name: str, written: Written) -> tuple[str, ...]:
        return (name, *map(words.number, (written.typed, written.copied, written.total)))

    rows = (
        Row(cells(words.template_name(template), written), written.total / most)
        for template, written in by_template.items()
    )
    header = (words.template, words.typed, words.copied, words.total)
    return _with(section, table=Table(header, tuple(rows), cells(words.total, total)))


def _saved(told: Statistics, words: Words) -> Section:
    saved = told.saved
    section = Section(
        "saved", words.saved, (words.saved_means.format(speed=words.number(saved.typing_speed)),)
    )
    left_out = words.left_out.format(words.number(saved.left_out)) if saved.left_out else ""
    if not saved.texts:
        return _with(section, sentence=left_out or words.saved_none)
    keystrokes, time = words.number(saved.keystrokes), words.duration(saved.minutes)
    sentence = words.saved_told.format(words.number(saved.texts))
    return _with(
        section,
        facts=((words.keystrokes, keystrokes), (words.time, time)),
        sentence=" ".join(filter(None, (sentence, left_out))),
    )


def _sent(told: Statistics, words: Words) -> Section:
    section = Section("sent", words.sent, (words.sent_means,))
    if not told.sent:
        return _with(section, sentence=words.sent_none)
    months = _months(told, told.sent)
    sent = [told.sent.get(month, SentMonth()) for month in months]
    return _with(
        section,
        picture=Strips(
            months,
            (
                (words.with_note, tuple(each.with_note for each in sent)),
                (words.without_note, tuple(each.without_note for each in sent)),
            ),
        ),
        table=_month_table(
            _rows(months, told.sent, _added_sent),
            (words.with_note, words.without_note, words.accepted, words.withdrawn, words.total),
            lambda each: (each.with_note, each.without_note, each.accepted, each.withdrawn, each.total),
            words,
        ),
    )


def _added_verdicts(months: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    every = tuple(months)
    return {each: sum(month[each] for month in every) for each in (*VERDICTS, UNDECIDED)}


def _added_sent(months: Iterable[SentMonth]) -> SentMonth:
    every = tuple(months)
    names = ("with_note", "without_note", "accepted", "withdrawn")
    return SentMonth(**{name: sum(getattr(each, name) for each in every) for name in names})


def _months(told: Statistics, by_month: Iterable[str]) -> tuple[str, ...]:
    """The months that have a row, those without anything included: a gap would look like no time at all."""
    known = sorted(by_month)
    today = month_of(told.as_of)
    # A date far in the future is a mistake of the file that told it: it gets no row of its own.
    end = max((month for month in known if month <= today), default=known[-1])
    most = MOST_MONTHS if told.since else MONTHS_SHOWN
    first, last = max(_index(known[0]), _index(end) - most + 1), _index(end)
    return tuple(f"{at // 12:04}-{at % 12 + 1:02}" for at in range(first, last + 1))


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _rows(
    months: Sequence[str], by_month: Mapping[str, T], added: Callable[[Iterable[T]], T]
) -> list[tuple[str, T]]:
    """Each month with its value, and the sums of what lies before and after."""
    before = [value for month, value in by_month.items() if month < months[0]]
    after = [value for month, value in by_month.items() if month > months[-1]]
    rows = [(month, by_month[month] if month in by_month else added(())) for month in months]
    return [
        *([(EARLIER, added(before))] if before else ()),
        *rows,
        *([(LATER, added(after))] if after else ()),
    ]


def _month_table(
    rows: Sequence[tuple[str, T]],
    header: tuple[str, ...],
    numbers: Callable[[T], tuple[int, ...]],
    words: Words,
) -> Table:
    """A row a month, its bar as long as the last number says; the sums in the foot."""
    counted = [(month, numbers(value)) for month, value in rows]
    most = max(each[-1] for _, each in counted) or 1
    names = {EARLIER: words.earlier, LATER: words.later}
    lines = (
        Row(
            (names[month] if month in names else words.month_name(month), *map(words.number, each)),
            each[-1] / most,
        )
        for month, each in counted
    )
    sums = (words.number(sum(column)) for column in zip(*(each for _, each in counted), strict=True))
    return Table((words.month, *header), tuple(lines), (words.total, *sums), months=True)


def _with(
    section: Section,
    *,
    facts: tuple[tuple[str, str], ...] = (),
    sentence: str = "",
    picture: Strips | Span | None = None,
    table: Table | None = None,
) -> Section:
    return Section(section.key, section.title, section.means, facts, sentence, picture, table)

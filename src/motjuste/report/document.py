"""The statistics as one JSON document, whose shape `docs/stats.md` promises."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from motjuste.inbox.statistics import Statistics


def document_of(told: Statistics) -> dict[str, Any]:
    """All numbers; what cannot be told is null."""
    return {
        "as_of": told.as_of.isoformat(timespec="seconds"),
        "since": told.since or None,
        "now": asdict(told.now),
        "notes": {
            "month": told.notes.month,
            "used": told.notes.used,
            "quota": told.notes.quota,
            "left": told.notes.left,
        },
        "received": {
            "total": told.received.total,
            "verdicts": dict(told.received.verdicts),
            "by_month": [
                {"month": month, "total": sum(verdicts.values()), "verdicts": dict(verdicts)}
                for month, verdicts in told.received.by_month.items()
            ],
        },
        "answers": _answers(told),
        "texts": _texts(told),
        "saved": {
            "texts": told.saved.texts,
            "left_out": told.saved.left_out,
            "keystrokes": told.saved.keystrokes,
            "typing_speed": told.saved.typing_speed,
            "minutes": round(told.saved.minutes, 1),
        },
        "sent": _sent(told),
    }


def _answers(told: Statistics) -> dict[str, Any]:
    days = told.days
    return {
        "asked": sum(each.asked for each in told.answers),
        "answered": sum(each.answered for each in told.answers),
        "by_template": [
            {
                "template": each.template,
                "asked": each.asked,
                "answered": each.answered,
                "share": _rounded(each.share, 4),
            }
            for each in told.answers
        ],
        "days": {
            "count": days.count,
            "lower_quartile": _rounded(days.lower_quartile, 2),
            "median": _rounded(days.median, 2),
            "upper_quartile": _rounded(days.upper_quartile, 2),
        },
    }


def _texts(told: Statistics) -> dict[str, Any]:
    texts = told.texts
    return {
        "typed": texts.total.typed,
        "copied": texts.total.copied,
        "by_month": [{"month": month, **asdict(each)} for month, each in texts.by_month.items()],
        "by_template": [
            {"template": template, **asdict(each)} for template, each in texts.by_template.items()
        ],
        "by_month_and_template": [
            {"month": month, "template": template, **asdict(each)}
            for (month, template), each in texts.counts.items()
        ],
    }


def _sent(told: Statistics) -> dict[str, Any]:
    return {
        "total": sum(each.total for each in told.sent.values()),
        "by_month": [
            {"month": month, "total": each.total, **asdict(each)} for month, each in told.sent.items()
        ],
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)

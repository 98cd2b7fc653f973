"""Days as people say them, and when something happened for the person."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_of(at: datetime, zone: tzinfo | None) -> date:
    """The person's day on which something happened, in `zone`, None being the computer's own.

    A time without a zone is the person's.
    """
    return at.astimezone(zone).date() if at.tzinfo else at.date()


def in_words(day: date, today: date) -> str:
    """ "3 Feb", "today", or with the year when it is another one."""
    if day == today:
        return "today"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"

"""Fiscal years and months. A year is named as the place names it: ``2023/24`` where it spans two, else ``2023``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """The twelve months that begin on the first of ``first_month``. UK councils: 4; US cities: 7; calendar year: 1."""

    start: date

    @classmethod
    def of(cls, day: date, first_month: int) -> FiscalYear:
        year = day.year if day.month >= first_month else day.year - 1
        return cls(date(year, first_month, 1))

    @property
    def end(self) -> date:
        """The last day."""
        return date(self.start.year + 1, self.start.month, 1) - timedelta(days=1)

    @property
    def label(self) -> str:
        return str(self.start.year) if self.start.month == 1 else f"{self.start.year}/{(self.start.year + 1) % 100:02d}"

    def months(self) -> list[str]:
        """``YYYY-MM`` of its twelve months."""
        first = self.start.year * 12 + self.start.month - 1
        return [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(first, first + 12)]

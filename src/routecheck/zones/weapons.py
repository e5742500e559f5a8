"""The table of surface-to-air weapons: class limits for the altitude test, never a buffer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from routecheck.tables import table_rows

__all__ = ["Weapon", "weapons"]


@dataclass(frozen=True, slots=True)
class Weapon:
    """One system; ``range_km`` and ``ceiling_ft`` are published maxima, with their confidence."""

    id: str
    name: str
    weapon_class: str
    range_km: float
    ceiling_ft: float
    confidence: str
    source: str


@cache
def weapons() -> dict[str, Weapon]:
    """All weapons by id, from the table shipped with the package."""
    return {
        row["id"]: Weapon(
            id=row["id"],
            name=row["name"],
            weapon_class=row["class"],
            range_km=float(row["range_km"]),
            ceiling_ft=float(row["ceiling_ft"]),
            confidence=row["confidence"],
            source=row["source"],
        )
        for row in table_rows("weapons.csv")
    }

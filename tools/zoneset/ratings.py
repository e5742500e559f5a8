"""OPSGROUP's rating of a country, shown beside a zone as context: it never makes or raises one.

Source: the country pages of OPSGROUP's conflict-zone site, a copy of 2026-08-22. Countries whose
pages were not in the copy (Saudi Arabia, United Arab Emirates, South Sudan, North Korea, DR Congo,
Central African Republic, Burkina Faso …) have no rating here.
"""

from __future__ import annotations

from typing import Any

__all__ = ["rating_of"]

DAY = "2026-08-22"

MEANINGS = {1: "Do Not Fly", 2: "Danger exists", 3: "Caution", 0: "No warnings"}

RATINGS = {
    1: "Haiti, Iran, Lebanon, Libya, Russia, Sudan, Syria, Ukraine, Yemen",
    2: (
        "Afghanistan, Belarus, Eritrea, Ethiopia, Iraq, Israel, Mali, Moldova, Pakistan, Somalia, "
        "Venezuela"
    ),
    3: (
        "Albania, Bahrain, Cambodia, Chad, Curacao, Cyprus, Egypt, India, Indonesia, Japan, "
        "Jordan, Kuwait, Myanmar, Niger, Oman, Philippines, Qatar, Rwanda, Turkey"
    ),
    0: "Armenia, Azerbaijan, Kenya, Madagascar, Taiwan",
}


def rating_of(country: str) -> dict[str, Any]:
    """The rating of a country as it stands in a zone file.

    Raises
    ------
    KeyError
        If the copy has no page of the country.
    """
    for rating, countries in RATINGS.items():
        if country in countries.split(", "):
            return {
                "issuer": "OPSGROUP",
                "about": country,
                "rating": f"{rating} ({MEANINGS[rating]})",
                "date": DAY,
            }
    raise KeyError(f"no OPSGROUP rating of {country!r} is known")

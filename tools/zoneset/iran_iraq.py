"""Iran and Iraq."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.shapes import Box, Drawn, Provinces, Recipe

__all__ = ["RECIPES"]


# Iranian side of the Gulf and the Gulf of Oman, 1 to 20 km inside the limit of the FIR; Sirri and
# Abu Musa, whose airports are Iran's to run, are in it (recall).
GULF_IRAN = Drawn(
    (
        (48.60, 30.10), (48.82, 29.87), (49.40, 29.49), (49.74, 29.26), (49.74, 28.74),
        (49.95, 28.45), (50.25, 28.05), (50.70, 27.60), (51.10, 27.25), (51.55, 27.05),
        (52.30, 26.65), (52.85, 26.47), (53.40, 26.32), (54.00, 26.12), (54.45, 25.94),
        (54.60, 25.88), (55.00, 25.80), (55.28, 25.72), (55.50, 25.98), (56.05, 26.48),
        (56.44, 26.76), (56.62, 26.58), (56.82, 26.20), (56.82, 25.75), (57.30, 25.35),
        (58.00, 25.15), (59.00, 25.00), (60.00, 24.95), (61.40, 24.90), (61.50, 25.25),
        (61.30, 25.60), (59.00, 25.80), (57.60, 26.30), (57.30, 27.30), (56.00, 27.50),
        (54.50, 26.95), (53.00, 27.20), (51.70, 28.40), (51.10, 29.60), (50.00, 30.50),
        (48.90, 30.60),
    )
)  # fmt: skip

# South of a line from Astara to Hasan-Kuli, kept a little on the Iranian side (recall).
CASPIAN_IRAN = Drawn(
    (
        (48.75, 38.25), (48.95, 38.38), (50.00, 38.10), (51.50, 37.75), (53.00, 37.42),
        (53.85, 37.25), (54.10, 36.90), (52.50, 36.50), (50.80, 36.70), (49.20, 37.20),
    )
)  # fmt: skip

IRAN = Provinces("irn") | GULF_IRAN | CASPIAN_IRAN
SEAS = (
    "the Iranian side of the Gulf, the Gulf of Oman (to 24.9° N) and the Caspian placed by hand "
    "from recall, 1 to 20 km inside the limit"
)

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="iran",
        file="iran",
        name="Iran (Tehran FIR)",
        kind="conflict",
        group="middle-east",
        rated="Iran",
        shape=IRAN,
        tolerance_km=1.5,
        accuracy_km=25.0,
        weapons=("tor-m1",),
        basis=(
            f"{SOURCE}: the whole country; {SEAS}; simplified to 1.5 km. {NOT_FIR} Land borders "
            "are good to about 5 km."
        ),
        notes=(
            "Ukraine International PS752 was shot down near Tehran on 2020-01-08 by a Tor-M1. War "
            "since 2026-02-28; ceasefire of 2026-04-08 broken in July 2026; US strikes on "
            "2026-08-30 and 2026-09-01, tankers hit at Hormuz into October, talks open (accounts "
            "up to 2026-10-11)."
        ),
    ),
    Recipe(
        id="iran-west",
        file="iran",
        name="Iran west of 54° E",
        kind="conflict",
        group="middle-east",
        rated="Iran",
        shape=IRAN,
        exact=Box(43.0, 24.0, 54.0, 41.0),
        tolerance_km=1.5,
        accuracy_km=25.0,
        basis=f"{SOURCE}: the zone iran west of 54° E, the meridian as published; {SEAS}.",
        notes=(
            "Only notices on this part; those on the whole FIR are with the zone iran. In June "
            "2026 Iran reopened the east for overflights and kept the west closed (OPSGROUP; "
            "NOTAM not read)."
        ),
    ),
    Recipe(
        id="iran-east",
        file="iran",
        name="Iran east of 54° E",
        kind="conflict",
        group="middle-east",
        rated="Iran",
        shape=IRAN,
        exact=Box(54.0, 24.0, 64.0, 41.0),
        tolerance_km=1.5,
        accuracy_km=25.0,
        basis=f"{SOURCE}: the zone iran east of 54° E, the meridian as published; {SEAS}.",
        notes=(
            "Only notices on this part; those on the whole FIR are with the zone iran. Reopened "
            "by Iran for overflights in June 2026, above FL285 on a few routes by one account; "
            "where its own line ran was not seen."
        ),
    ),
    Recipe(
        id="iraq",
        file="iraq",
        name="Iraq (Baghdad FIR)",
        kind="conflict",
        group="middle-east",
        rated="Iraq",
        shape=Provinces("irq"),
        tolerance_km=1.2,
        accuracy_km=4.0,
        weapons=("sa-14",),
        basis=(
            f"{SOURCE}: the whole country, simplified to 1.2 km, without its few sea miles. "
            f"{NOT_FIR}"
        ),
        notes=(
            "A DHL A300 was hit at 8,000 ft near Baghdad on 2003-11-22 by a Strela-3 (recall). "
            "Missiles and drones crossed its airspace in June 2025 and from 2026-02-28; GPS is "
            "jammed and spoofed in the north."
        ),
    ),
)

"""Ukraine with its seas, and its neighbours Belarus and Moldova; for 2014 see ukraine_2014."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.shapes import Box, Drawn, Provinces, Recipe

__all__ = [
    "AZOV_UKRAINE", "RECIPES", "SIMFEROPOL_WATERS", "UKRAINE", "UKRAINE_AIRSPACE",
    "UKRAINE_LAND",
]  # fmt: skip


# Lateral limits of the Simferopol FIR in FAA SFAR 113 as published in April 2014, read in a copy
# of FDC NOTAM 4/7667; cut short in the north, where Crimea and the mainland take over.
SIMFEROPOL_WATERS = Drawn(
    (
        (34.9667, 45.7500), (36.0000, 46.1500), (37.0000, 46.0000), (36.6833, 45.4500),
        (36.6833, 45.3783), (36.5900, 45.3067), (36.5950, 45.2450), (36.5333, 45.2050),
        (36.5717, 45.0717), (36.6167, 44.9333), (36.6667, 44.5167), (36.2667, 42.7333),
        (34.0000, 42.7833), (30.7500, 42.8000), (30.5333, 43.6833), (30.4000, 44.2500),
        (30.1500, 44.7667), (32.4167, 45.9000), (32.7833, 45.8167), (33.1000, 45.9000),
        (33.4500, 45.9333),
    )
)  # fmt: skip

# North-west Black Sea between that line and the Ukrainian coast, a few km off Romanian waters.
ODESA_WATERS = Drawn(
    (
        (30.15, 44.7667), (32.4167, 45.90), (32.78, 45.82), (32.5, 46.7), (31.0, 46.85),
        (30.45, 46.3), (29.75, 45.65), (29.72, 45.38), (29.85, 45.25), (30.0, 45.0),
    )
)  # fmt: skip

# Sea of Azov: north and west of a line from (37.0, 46.0) to the border on the coast (recall).
AZOV_UKRAINE = Drawn(
    (
        (34.9667, 45.75), (36.0, 46.15), (37.0, 46.0), (37.75, 46.65), (38.15, 47.08),
        (37.6, 47.3), (36.5, 46.95), (35.3, 46.65), (34.6, 46.2),
    )
)  # fmt: skip

UKRAINE_LAND = Provinces("ukr")
BLACK_SEA_UKRAINE = SIMFEROPOL_WATERS | ODESA_WATERS
UKRAINE_AIRSPACE = UKRAINE_LAND | BLACK_SEA_UKRAINE | AZOV_UKRAINE

# The Ukrainian part of the Sea of Azov, less the Kerch Strait: not Black Sea.
AZOV_BOX = Box(34.3, 45.25, 37.2, 46.4)

# East of the line of AIC 011/26, point by point; the French text follows the border elsewhere, so
# this is closed beyond it, and the country's outline cuts it.
MOLDOVA_EAST = Drawn(
    (
        (26.6236, 48.2506), (26.50, 48.10), (26.75, 48.10), (26.8264, 48.2442),
        (27.7219, 48.3108), (28.8247, 47.8806), (28.9997, 47.3975), (29.1731, 47.1206),
        (29.5761, 46.6361), (28.9278, 46.5850), (28.1739, 45.6469), (28.05, 45.65), (28.05, 45.30),
        (30.40, 45.30), (30.40, 48.70), (26.40, 48.70), (26.40, 48.25),
    )
)  # fmt: skip

UKRAINE = ("ukraine", "crimea", "black-sea-north", "eastern-ukraine")

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="ukraine",
        file="ukraine",
        name="Ukraine and its Black Sea and Azov waters",
        kind="closed",
        group="ukraine",
        shape=UKRAINE_AIRSPACE,
        tolerance_km=1.2,
        accuracy_km=10.0,
        weapons=("buk-m1", "s-200"),
        rated="Ukraine",
        basis=(
            f"{SOURCE}: all divisions, Crimea and Sevastopol among them; Simferopol FIR waters by "
            "the limits printed in FAA SFAR 113 (2014); north-west Black Sea and northern Azov "
            "placed by hand, some km inside; simplified to 1.2 km. The Simferopol FIR is also "
            "claimed by Russia as URFV."
        ),
        notes=(
            "Closed to civil flights since 2022-02-24. MH17 was shot down over the Donbas on "
            "2014-07-17 at FL330, 1,000 ft above a closed block, with a Buk; Siberia 1812 over the "
            "Black Sea on 2001-10-04 by a stray S-200 fired from Crimea. Notices of 2014 to 2022 "
            "covered only parts: see the zones of Crimea and of eastern Ukraine."
        ),
    ),
    Recipe(
        id="black-sea-north",
        file="ukraine",
        name="Northern Black Sea (Simferopol and Odesa FIR waters)",
        kind="closed",
        group="ukraine",
        shape=BLACK_SEA_UKRAINE - UKRAINE_LAND - AZOV_BOX,
        tolerance_km=1.2,
        accuracy_km=10.0,
        weapons=("s-200",),
        rated="Ukraine",
        basis=(
            "Simferopol FIR waters by the limits printed in FAA SFAR 113 (2014); Odesa waters "
            "placed by hand from recall, some km off the Romanian sector; less the land of "
            f"{SOURCE} and less the Sea of Azov; simplified to 1.2 km."
        ),
        notes=(
            "No bulletin of its own: it lies inside the Ukrainian FIRs UKFV and UKOV, closed since "
            "2022-02-24. Satellite-navigation jamming is common beyond it as well. Siberia 1812 "
            "was shot down south-east of Crimea on 2001-10-04 by a stray S-200, 337 km from its "
            "launcher."
        ),
    ),
    Recipe(
        id="belarus",
        file="belarus",
        name="Belarus (Minsk FIR)",
        kind="conflict",
        group="ukraine",
        shape=Provinces("blr"),
        tolerance_km=1.2,
        accuracy_km=4.0,
        rated="Belarus",
        basis=f"{SOURCE}: the whole country, simplified to 1.2 km. {NOT_FIR}",
        notes=(
            "A passenger flight was made to land in Minsk on 2021-05-23; since 2022-02-24 military "
            "activity next to Ukraine."
        ),
    ),
    Recipe(
        id="moldova",
        file="moldova",
        name="Moldova (Chișinău FIR)",
        kind="conflict",
        group="ukraine",
        shape=Provinces("mda"),
        tolerance_km=1.0,
        accuracy_km=4.0,
        rated="Moldova",
        basis=f"{SOURCE}: the whole country, Transnistria among it, to 1 km. {NOT_FIR}",
        notes=(
            "Closed on 2022-02-24; since 2022-03-21 a western part along the Romanian border is "
            "open for flights to and from Chișinău. Missiles and drones crossed it in February "
            "2023, closing it for a while. EASA CZIB 2022-01 named the Chișinău FIR from "
            "2022-02-24; when it ceased to is not known, so it is not attached."
        ),
    ),
    Recipe(
        id="moldova-ukraine-border",
        file="moldova",
        name="Moldova along the Ukrainian border",
        kind="conflict",
        group="ukraine",
        shape=Provinces("mda") & MOLDOVA_EAST,
        exact=MOLDOVA_EAST,
        tolerance_km=1.0,
        accuracy_km=4.0,
        rated="Moldova",
        basis=(
            "Polygon published by France in AIC 011/26, eight points as listed by OPSGROUP, cut "
            f"exactly; elsewhere it follows the borders of {SOURCE}, simplified to 1 km."
        ),
        notes=(
            "French operators are asked to stay out and not to plan alternates here; Chișinău lies "
            "outside, Tiraspol inside."
        ),
    ),
)

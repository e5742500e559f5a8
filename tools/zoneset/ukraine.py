"""Ukraine with its seas, and its neighbours Belarus and Moldova; for 2014 see ukraine_2014."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.shapes import Box, Drawn, Provinces, Recipe

__all__ = [
    "DNIPRO_FIR", "DNIPRO_WATERS", "RECIPES", "SIMFEROPOL_FIR", "UKRAINE", "UKRAINE_AIRSPACE",
    "UKRAINE_LAND",
]  # fmt: skip


# The Simferopol FIR (UKFV) as printed in 14 CFR 91.1607 from 2014-12-29 to 2018, degrees, minutes
# and seconds, counted here to 0.0001 degree; a work of the US government, public domain.
SIMFEROPOL_FIR = Drawn(
    (
        (36.0000, 46.9667), (36.7000, 46.5833), (37.3683, 46.5733), (36.6833, 45.4500),
        (36.6833, 45.3783), (36.5900, 45.3067), (36.5950, 45.2450), (36.5333, 45.2050),
        (36.5717, 45.0717), (36.6100, 44.9367), (36.6667, 44.5167), (36.2667, 42.7333),
        (34.0000, 42.7833), (32.0000, 42.8000), (31.0000, 42.8000), (30.7500, 42.8000),
        (30.5333, 43.6833), (30.4200, 44.1667), (30.4000, 44.2500), (30.1500, 44.7667),
        (30.0800, 44.9131), (30.3583, 44.8750), (30.5617, 44.9800), (31.1117, 45.2583),
        (31.4167, 45.4100), (31.8864, 45.6411), (32.0967, 45.7433), (32.4500, 45.9117),
        (32.9083, 46.1250), (32.8833, 46.7667), (33.0500, 47.7333), (34.8000, 47.4500),
        (35.9167, 47.1083),
    )
)  # fmt: skip

# The Dnipro FIR (UKDV) by the same section, from the border north of Sumy round to the coast east
# of Mariupol. The text goes on "along the state boundary": this is closed beyond it, and the
# country's outline cuts it.
DNIPRO_LIMITS = Drawn(
    (
        (34.4500, 51.2333), (34.2167, 50.8283), (33.9556, 50.3453), (33.8853, 50.2128),
        (33.6167, 49.3133), (33.3667, 48.9500), (32.7419, 48.6883), (32.6694, 48.6056),
        (32.6014, 48.5244), (32.6500, 48.3833), (32.8900, 48.1250), (32.8333, 47.7667),
        (33.0500, 47.7333), (34.8000, 47.4500), (35.9167, 47.1083), (36.0000, 46.9667),
        (36.7000, 46.5833), (37.3683, 46.5733), (37.4217, 46.6583), (37.5000, 46.7833),
        (38.3333, 46.9833), (38.2233, 47.1117),
        (38.2233, 47.1800), (41.5000, 47.1800), (41.5000, 51.6000), (34.4500, 51.6000),
    )
)  # fmt: skip

# Its waters: what the ring encloses of the Sea of Azov, with a strip of the coast.
DNIPRO_WATERS = Drawn(
    (
        (36.0000, 46.9667), (36.7000, 46.5833), (37.3683, 46.5733), (37.4217, 46.6583),
        (37.5000, 46.7833), (38.3333, 46.9833), (38.2233, 47.1117), (37.5000, 47.2500),
        (36.2000, 47.0500),
    )
)  # fmt: skip

# North-west Black Sea between that ring and the Ukrainian coast, a few km off Romanian waters
# (recall); where it meets the ring it reaches into it, so that no gap is left.
ODESA_WATERS = Drawn(
    (
        (30.15, 44.7667), (30.40, 44.70), (32.55, 45.85), (32.95, 46.00), (32.5, 46.7),
        (31.0, 46.85), (30.45, 46.3), (29.75, 45.65), (29.72, 45.38), (29.85, 45.25), (30.0, 45.0),
    )
)  # fmt: skip

UKRAINE_LAND = Provinces("ukr")
DNIPRO_FIR = (DNIPRO_LIMITS & UKRAINE_LAND) | DNIPRO_WATERS
UKRAINE_AIRSPACE = UKRAINE_LAND | SIMFEROPOL_FIR | DNIPRO_WATERS | ODESA_WATERS

# The Sea of Azov with the Kerch Strait, and Kherson's lagoons: not Black Sea.
AZOV_BOX = Box(34.2, 45.25, 38.4, 47.3)

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
        plus=SIMFEROPOL_FIR,
        tolerance_km=1.2,
        accuracy_km=6.0,
        weapons=("buk-m1", "s-200"),
        rated="Ukraine",
        basis=(
            f"{SOURCE}: all divisions, Crimea and Sevastopol among them; the Simferopol FIR as the "
            "ring printed in 14 CFR 91.1607 (SFAR 113 of 2014-12-29), exactly, and the waters of "
            "the Dnipro FIR by the same section; north-west Black Sea placed by hand, some km "
            "inside; simplified to 1.2 km but for that ring. The Simferopol FIR is also claimed by "
            "Russia as URFV."
        ),
        notes=(
            "Closed to civil flights since 2022-02-24. MH17 was shot down over the Donbas on "
            "2014-07-17 at FL330, 1,000 ft above a closed block, with a Buk; Siberia 1812 over the "
            "Black Sea on 2001-10-04 by a stray S-200 fired from Crimea. Notices of 2014 to 2022 "
            "covered only parts: see the zones of Crimea, of the Dnipro FIR and of eastern "
            "Ukraine. The United Kingdom printed its prohibition in its daily bulletin as well, "
            "NOTAM V0020/22 of 2022-05-26 to V0037/22 of 2022-11-24 (permanent, now in the AIP). "
            "The war went on in October 2026."
        ),
    ),
    Recipe(
        id="black-sea-north",
        file="ukraine",
        name="Northern Black Sea (Simferopol and Odesa FIR waters)",
        kind="closed",
        group="ukraine",
        shape=(SIMFEROPOL_FIR | ODESA_WATERS) - UKRAINE_LAND - AZOV_BOX,
        exact=SIMFEROPOL_FIR | ODESA_WATERS,
        tolerance_km=1.2,
        accuracy_km=10.0,
        weapons=("s-200",),
        rated="Ukraine",
        basis=(
            "Simferopol FIR waters by the ring printed in 14 CFR 91.1607 (SFAR 113 of "
            "2014-12-29); Odesa waters placed by hand from recall, some km off the Romanian "
            f"sector; less the land of {SOURCE} and less the Sea of Azov; simplified to 1.2 km. "
            "The southern line is good to 1 km, the north-west to 10 km."
        ),
        notes=(
            "No bulletin of its own: it lies inside the Ukrainian FIRs UKFV and UKOV, closed since "
            "2022-02-24. Satellite-navigation jamming is common beyond it as well, and a drone "
            "sank a ship off Bulgaria on 2026-10-07 (press). Siberia 1812 "
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
            "2022-02-24; when it ceased to is not known, so it is not attached. Canada prohibits "
            "the whole FIR; outside the strip along Ukraine that counts as caution, for Chișinău "
            "is served by many carriers."
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

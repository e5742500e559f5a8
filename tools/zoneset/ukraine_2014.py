"""Crimea and eastern Ukraine: the notices of 2014 and the years after."""

from __future__ import annotations

from zoneset.header import SOURCE
from zoneset.shapes import Drawn, Provinces, Recipe
from zoneset.ukraine import DNIPRO_FIR, SIMFEROPOL_FIR

__all__ = ["RECIPES"]


# Crimea and its waters as FAA SFAR 113 first printed them in April 2014, read in a copy of FDC
# NOTAM 4/7667: cut short in the north, where the border of Crimea and the mainland takes over.
CRIMEA_WATERS_2014 = Drawn(
    (
        (34.9667, 45.7500), (36.0000, 46.1500), (37.0000, 46.0000), (36.6833, 45.4500),
        (36.6833, 45.3783), (36.5900, 45.3067), (36.5950, 45.2450), (36.5333, 45.2050),
        (36.5717, 45.0717), (36.6167, 44.9333), (36.6667, 44.5167), (36.2667, 42.7333),
        (34.0000, 42.7833), (30.7500, 42.8000), (30.5333, 43.6833), (30.4000, 44.2500),
        (30.1500, 44.7667), (32.4167, 45.9000), (32.7833, 45.8167), (33.1000, 45.9000),
        (33.4500, 45.9333),
    )
)  # fmt: skip

# SOBLO - DOLOT - SOROK - OTPOL, printed in degrees and hundredths of a minute; closed round the
# north and east of the FIR, whose ring cuts it.
NORTH_OF_SOBLO_OTPOL = Drawn(
    (
        (36.3830, 43.2505), (33.4698, 43.7023), (32.7100, 44.1047), (31.5107, 45.4563),
        (31.0000, 46.0000), (31.0000, 48.0000), (38.0000, 48.0000), (38.0000, 43.0000),
    )
)  # fmt: skip

# ABDAR - NIKAD - GOBUN, printed in degrees, minutes and seconds; closed far to the east.
EAST_OF_ABDAR_GOBUN = Drawn(
    (
        (35.2922, 47.3006), (35.9219, 48.9961), (37.6400, 50.3017), (38.2000, 50.7500),
        (41.5000, 50.7500), (41.5000, 46.0000), (36.0000, 46.0000), (35.2922, 47.2500),
    )
)  # fmt: skip

# Restricted area of the Ukrainian NOTAMs of June and July 2014, corners from recall, closed to the
# east well beyond the border, which the country's outline then cuts.
DONBAS_2014 = Drawn(
    (
        (38.3653, 49.8986), (37.3692, 48.8703), (37.0481, 48.0228), (36.9822, 47.2311),
        (37.7236, 46.8383), (38.3333, 46.9833), (38.2233, 47.1117), (39.5, 47.3), (41.0, 47.8),
        (41.0, 50.5), (38.6, 50.5),
    )
)  # fmt: skip

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="crimea",
        file="ukraine",
        name="Crimea, its waters and the mainland north of it (Simferopol FIR)",
        kind="conflict",
        group="ukraine",
        shape=SIMFEROPOL_FIR,
        tolerance_km=0.0,
        accuracy_km=1.0,
        rated="Ukraine",
        basis=(
            "The Simferopol FIR (UKFV) as the ring printed in 14 CFR 91.1607 from 2014-12-29 to "
            "2018, all 33 points, exactly; a work of the US government, public domain."
        ),
        notes=(
            "From 2014-04-03 Russia offered air traffic services in the FIR that Ukraine is "
            "responsible for: two controllers for one airspace. Ukraine closed the sky over the "
            "peninsula (UK-P35Z, still listed in February 2022) and from 2016 on a few routes over "
            "the high sea came back into use. Siberia 1812 was hit off Crimea on 2001-10-04."
        ),
    ),
    Recipe(
        id="eastern-ukraine",
        file="ukraine",
        name="Eastern Ukraine (restricted area of 2014)",
        kind="conflict",
        group="ukraine",
        shape=DONBAS_2014 & DNIPRO_FIR,
        tolerance_km=1.2,
        accuracy_km=20.0,
        rated="Ukraine",
        hindsight=(
            "Placed from accounts of the restricted area that were published after the loss of "
            "MH17; the notices themselves were issued before it."
        ),
        basis=(
            "Seven corners of the Ukrainian NOTAMs of July 2014, placed from recall, no printed "
            f"list of them was found; east of them the border of {SOURCE}, and at sea the limit of "
            "the Dnipro FIR. It agrees with the press of 2014-07-18: Donetsk and Luhansk regions "
            "and part of Kharkiv region. Simplified to 1.2 km."
        ),
        notes=(
            "Closed below FL260 from 2014-06-06, up to FL320 from 2014-07-14 after military "
            "aircraft were shot down. MH17 was hit at 48.127° N 38.526° E on 2014-07-17 at 13:20 "
            "UTC, at FL330, above the block; Ukraine closed the rest at 14:56 UTC. On the Russian "
            "side NOTAM V6158/14 closed part of the Rostov FIR from 2014-07-17: its area and end "
            "were not found, so it is not held."
        ),
    ),
    Recipe(
        id="crimea-april-2014",
        file="ukraine",
        name="Crimea and its waters (FAA ban of April 2014)",
        kind="conflict",
        group="ukraine",
        shape=Provinces("ukr", only=("Crimea", "Sevastopol")) | CRIMEA_WATERS_2014,
        tolerance_km=1.2,
        accuracy_km=10.0,
        rated="Ukraine",
        basis=(
            f"{SOURCE}: Crimea and Sevastopol; waters by the limits printed in FAA SFAR 113 of "
            "April 2014, which ran along the border of Crimea in the north; simplified to 1.2 km."
        ),
        notes=(
            "A zone of the past: the first FAA notices on Ukraine named this part of the "
            "Simferopol FIR. From 2014-07-18 on they named the whole of it: see crimea."
        ),
    ),
    Recipe(
        id="simferopol-north-2018",
        file="ukraine",
        name="Simferopol FIR north-east of SOBLO-DOLOT-SOROK-OTPOL",
        kind="conflict",
        group="ukraine",
        shape=SIMFEROPOL_FIR & NORTH_OF_SOBLO_OTPOL,
        tolerance_km=0.0,
        accuracy_km=1.0,
        rated="Ukraine",
        basis=(
            "The ring of the Simferopol FIR printed in 14 CFR 91.1607, cut along SOBLO 43°15.03' N "
            "36°22.98' E, DOLOT 43°42.14' N 33°28.19' E, SOROK 44°06.28' N 32°42.60' E and OTPOL "
            "45°27.38' N 31°30.64' E, which the same section printed in 2018 to 2020 in degrees "
            "and hundredths of a minute; navigation data of 2013 agree to 0.2 km. The fixes lie on "
            "the ring to within 0.1 km. Airway M747, on the line, belongs to it."
        ),
        notes=(
            "A zone of the past: the part of the Simferopol FIR in which US operators were still "
            "prohibited to fly from 2018-10-19 to 2020-10-27. South-west of the line, over the "
            "open Black Sea, they were let in again."
        ),
    ),
    Recipe(
        id="dnipro-fir",
        file="ukraine",
        name="Eastern Ukraine (Dnipro FIR)",
        kind="conflict",
        group="ukraine",
        shape=DNIPRO_FIR,
        tolerance_km=0.5,
        accuracy_km=5.0,
        rated="Ukraine",
        basis=(
            "The Dnipropetrovsk FIR (UKDV) by the limits printed in 14 CFR 91.1607 from 2014-12-29 "
            "to 2018, public domain; where the text follows the state boundary, the border of "
            f"{SOURCE}; simplified to 0.5 km."
        ),
        notes=(
            "A zone of the past: the area of the FAA's ban after the loss of MH17, whole until "
            "2018-10-19. Since 2022 all of it lies under the notices on Ukraine."
        ),
    ),
    Recipe(
        id="dnipro-east-2018",
        file="ukraine",
        name="Dnipro FIR east of ABDAR-NIKAD-GOBUN",
        kind="conflict",
        group="ukraine",
        shape=DNIPRO_FIR & EAST_OF_ABDAR_GOBUN,
        tolerance_km=0.5,
        accuracy_km=5.0,
        rated="Ukraine",
        basis=(
            "The Dnipro FIR of 14 CFR 91.1607, cut along ABDAR 47°18'02\" N 35°17'32\" E, NIKAD "
            "48°59'46\" N 35°55'19\" E and GOBUN 50°18'06\" N 37°38'24\" E, printed in the same "
            "section in 2018 to 2020; elsewhere as dnipro-fir; simplified to 0.5 km. Airways M853 "
            "and N604, on the line, belong to it."
        ),
        notes=(
            "A zone of the past: the part of the Dnipro FIR that stayed prohibited to US operators "
            "from 2018-10-19 until the rule was taken out in 2023. Kharkiv, Dnipro and "
            "Zaporizhzhia lie west of the line."
        ),
    ),
)

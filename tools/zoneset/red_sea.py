"""Yemen, the Red Sea and the Gulf of Aden."""

from __future__ import annotations

from zoneset.header import SOURCE
from zoneset.shapes import KM_PER_NM, Box, Disc, Drawn, Offshore, Provinces, Recipe

__all__ = ["RECIPES"]


YEMEN_COAST = Drawn(
    (
        (41.9, 16.38), (42.9, 16.38), (44.2, 14.0), (46.0, 13.9), (50.0, 15.4), (52.9, 16.8),
        (53.3, 16.3), (52.5, 14.5), (45.0, 12.2), (43.35, 12.35), (41.9, 15.0),
    )
)  # fmt: skip

# FAA SFAR 115: west of KAPET-NODMA, north-west of NODMA-ORBAT-PAKER, north of PAKER-PARIM and east
# of PARIM-RIBOK, as printed in 14 CFR 91.1611. The FAA renamed fixes in 2023: PAKER is TIMAD now,
# ORBAT IMPAG.
SANAA_PROHIBITED = Drawn(
    (
        (53.1039, 16.5561), (53.5664, 15.4342), (50.6567, 14.1106), (46.5833, 11.9167),
        (43.4533, 12.5283), (41.8750, 15.7833), (41.70, 16.30), (41.70, 20.0), (53.1039, 20.0),
    )
)  # fmt: skip

# The sea of the Sanaa FIR on the prohibited side of that line, land taken off below: to the line
# itself, and in the north-west by hand from RIBOK to the Yemeni coast.
YEMEN_SEA = Drawn(
    (
        (41.8750, 15.7833), (42.00, 16.00), (41.80, 16.30), (42.15, 16.40), (42.80, 16.40),
        (43.10, 16.00), (43.60, 14.00), (43.80, 13.10), (45.50, 13.70), (49.00, 14.90),
        (51.50, 16.00), (52.60, 16.90), (53.1039, 16.5561), (53.5664, 15.4342),
        (50.6567, 14.1106), (46.5833, 11.9167), (43.4533, 12.5283),
    )
)  # fmt: skip

# Between that line and route B400 (NODMA, RIGAM, RAPDO, VEDET), to the southern edge of the FIR;
# and the wedge north of NODMA, between KAPET and IMKAD, to its eastern edge.
YEMEN_TO_B400 = Drawn(
    (
        (53.5664, 15.4342), (50.6567, 14.1106), (46.5833, 11.9167), (50.767, 12.183),
        (51.4056, 12.0261), (52.2589, 13.3881), (53.0706, 14.6589),
    )
) | Drawn(
    (
        (53.5664, 15.4342), (53.8631, 15.8792), (53.500, 15.667), (53.1039, 16.5561),
    )
)  # fmt: skip

# West of PARIM-RIBOK and south of PAKER-PARIM, which the FAA leaves open, to the edge of the FIR.
YEMEN_WEST = Drawn(
    (
        (46.5833, 11.9167), (46.5833, 13.0), (44.50, 15.00), (41.8750, 15.7833), (41.663, 15.665),
        (41.000, 16.000), (41.85, 15.00), (42.20, 14.60), (42.478, 14.061),
        (42.637, 13.598), (42.90, 13.40), (43.212, 12.969), (43.200, 12.750),
        (43.35, 12.60), (44.050, 12.167), (44.183, 11.750),
    )
) - SANAA_PROHIBITED  # fmt: skip

# From the mouths of the Gulfs of Suez and Aqaba to Bab el Mandeb, over the land on either side.
ROUND_THE_RED_SEA = Drawn(
    (
        (33.40, 27.45), (33.95, 27.47), (34.22, 27.72), (34.30, 27.90), (34.53, 27.90),
        (34.80, 28.05), (36.00, 27.50), (37.50, 25.50), (39.20, 23.50), (40.00, 21.00),
        (41.50, 19.00), (43.00, 17.00), (43.60, 14.00), (43.55, 12.70), (43.33, 12.48),
        (42.90, 12.55), (41.30, 14.00), (39.00, 15.00), (38.00, 18.00), (36.50, 19.50),
        (36.50, 22.00), (35.00, 24.00), (33.50, 26.50), (33.20, 27.40),
    )
)  # fmt: skip

RED_SEA = (
    ROUND_THE_RED_SEA
    - Provinces("egy")
    - Provinces("sdn")
    - Provinces("eri")
    - Provinces("dji")
    - Provinces("yem")
    - Provinces("sau")
)

# Route B400 again, as far as IMKAD, where it leaves the FIR, and the edge of the FIR.
YEMEN_OCEAN = Drawn(
    (
        (51.4056, 12.0261), (51.583, 12.000), (54.000, 12.000), (56.000, 12.000),
        (58.000, 12.000), (60.000, 12.000), (60.000, 16.000), (60.000, 19.800),
        (57.000, 17.667), (53.8631, 15.8792), (53.5664, 15.4342), (53.0706, 14.6589),
        (52.2589, 13.3881),
    )
)  # fmt: skip

FIR_CORNERS = (
    "corners of the Sanaa FIR as in EUROCONTROL data of 2015 (single points), whose whole outline "
    "and one of 2026 differ by 1.3 % of the area"
)

TWELVE_NM_KM = 22.224

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="yemen",
        file="yemen",
        name="Yemen (Sanaa FIR, mainland)",
        kind="conflict",
        group="middle-east",
        shape=Provinces("yem")
        | Offshore(
            Provinces("yem"),
            TWELVE_NM_KM,
            YEMEN_COAST,
        ),
        exact=SANAA_PROHIBITED,
        tolerance_km=1.2,
        accuracy_km=12.0,
        rated="Yemen",
        basis=(
            f"{SOURCE}: the mainland and near islands with 12 NM of sea, cut at the line of FAA "
            "SFAR 115 exactly as printed in 14 CFR 91.1611, which is public domain (KAPET, NODMA, "
            "ORBAT, PAKER, PARIM, RIBOK; since 2023 ORBAT is IMPAG and PAKER TIMAD); simplified to "
            "1.2 km elsewhere. All of it lies west of route B400; Socotra and the ocean east of "
            "B400 are in yemen-ocean, the sea further out in yemen-sea and yemen-gulf-of-aden, the "
            "west of the Red Sea with the Hanish islands in yemen-red-sea-west."
        ),
        notes=(
            "Long war; Houthi missiles and drones over the Red Sea since late 2023, against Israel "
            "again since March 2026 and against Saudi Arabia since July 2026. On 2026-10-04 the "
            "government and the coalition began an offensive, Mokha was retaken on 2026-10-06, 82 "
            "targets were struck in the night of 2026-10-07 and Aden airport was attacked about "
            "that day (press)."
        ),
    ),
    Recipe(
        id="yemen-sea",
        file="yemen",
        name="Yemen (Sanaa FIR, sea beyond 12 NM)",
        kind="conflict",
        group="middle-east",
        shape=(
            YEMEN_SEA
            - Provinces("yem")
            - Offshore(Provinces("yem"), TWELVE_NM_KM - 2.0, YEMEN_COAST)
        ),
        exact=SANAA_PROHIBITED,
        tolerance_km=1.2,
        accuracy_km=10.0,
        rated="Yemen",
        basis=(
            f"The line of FAA SFAR 115 (14 CFR 91.1611), exact, on the sea side; {SOURCE} for the "
            "coast, and 2 km less than 12 NM of sea taken off, so that no gap is left to the "
            "mainland's zone. The edge in the Red Sea towards Saudi Arabia is placed by "
            "hand and held against a public outline of the FIRs."
        ),
        notes=(
            "Missiles and drones against ships in the Red Sea and the Gulf of Aden since November "
            "2023, with air strikes in answer from January 2024 on."
        ),
    ),
    Recipe(
        id="yemen-gulf-of-aden",
        file="yemen",
        name="Gulf of Aden (Sanaa FIR, west of route B400)",
        kind="conflict",
        group="middle-east",
        shape=YEMEN_TO_B400,
        tolerance_km=0.0,
        accuracy_km=5.0,
        rated="Yemen",
        basis=(
            "Drawn by its fixes: south-east of the line of FAA SFAR 115 (KAPET, NODMA, ORBAT and "
            "PAKER, now TIMAD, as printed in 14 CFR 91.1611), west of route B400 (IMKAD, NODMA, "
            f"RIGAM, RAPDO, VEDET, navigation data some years old); the south and north-east by "
            f"{FIR_CORNERS}. No land lies in it."
        ),
        notes=(
            "The FAA leaves this part open and Canada names the same line; EASA, Germany and "
            "France except only the sea from B400 on, the UK three airways. Aden airport, beside "
            "it, was attacked about 2026-10-07 (press)."
        ),
    ),
    Recipe(
        id="yemen-ocean",
        file="yemen",
        name="Arabian Sea (Sanaa FIR, east of route B400, with Socotra)",
        kind="conflict",
        group="middle-east",
        shape=YEMEN_OCEAN,
        tolerance_km=0.0,
        accuracy_km=10.0,
        rated="Yemen",
        basis=(
            "Drawn by the fixes of route B400 (VEDET, RAPDO, RIGAM, NODMA, IMKAD), from navigation "
            f"data some years old, and by {FIR_CORNERS}: to 60° E, and along the coast of Oman, 35 "
            "km or more off it, to 19.8° N."
        ),
        notes=(
            "Airliners cross here between the Gulf, India and East Africa. The FAA and Canada "
            "leave it open, EASA and France let it be used with limits; the UK excepts three "
            "airways only, and Italy nothing. Germany excepts the routes over the sea."
        ),
    ),
    Recipe(
        id="yemen-red-sea-west",
        file="yemen",
        name="Western Red Sea and Bab el Mandeb (Sanaa FIR, outside FAA SFAR 115)",
        kind="conflict",
        group="middle-east",
        shape=YEMEN_WEST,
        tolerance_km=0.0,
        accuracy_km=5.0,
        rated="Yemen",
        basis=(
            "West of PARIM-RIBOK and south of PAKER-PARIM, the line of FAA SFAR 115 exactly as "
            f"printed in 14 CFR 91.1611, which is public domain; the rest by {FIR_CORNERS}, and by "
            "hand between them. The Hanish islands lie in it."
        ),
        notes=(
            "Part of the Sanaa FIR, which EASA, the UK, Germany, France and Italy name as a whole "
            "and Canada north-west of PAKER-NODMA; the FAA leaves it open. Ships attacked from the "
            "Yemeni coast since November 2023; fighting along it in October 2026 (Mokha, Aden)."
        ),
    ),
    Recipe(
        id="red-sea",
        file="red-sea",
        name="Red Sea",
        kind="conflict",
        group="middle-east",
        shape=RED_SEA,
        tolerance_km=2.5,
        accuracy_km=15.0,
        basis=(
            f"{SOURCE}: the water between the coasts, without the Gulfs of Suez and Aqaba, to Bab "
            "el Mandeb; ends placed by hand, islands inside filled, simplified to 2.5 km. The UK "
            "names the waters of the Red Sea and gives no limits."
        ),
        notes=(
            "Missiles and drones from Yemen towards Israel and at ships since October 2023, some "
            "shot down over the sea."
        ),
    ),
    Recipe(
        id="red-sea-south",
        file="red-sea",
        name="Southern Red Sea",
        kind="conflict",
        group="middle-east",
        shape=RED_SEA & Box(38.0, 12.0, 44.5, 16.0),
        exact=Box(38.0, 12.0, 44.5, 16.0),
        tolerance_km=2.0,
        accuracy_km=30.0,
        basis=(
            f"{SOURCE}: the water between the coasts from 16° N to Bab el Mandeb, islands inside "
            "filled, simplified to 2 km. Italy and EASA name the southern Red Sea and give no "
            "limits: 16° N, level with the border of Yemen, is a choice made here."
        ),
        notes=(
            "Ships attacked from the Yemeni coast since November 2023. Rests on the UK's notice "
            "and an Italian NOTAM that ran out on 2026-09-05; EASA's note was off its list by "
            "2026-08-23. The offensive of October 2026 in Yemen ran along this coast: Mokha was "
            "retaken on 2026-10-06 (press)."
        ),
    ),
    Recipe(
        id="gulf-of-aqaba",
        file="red-sea",
        name="Gulf of Aqaba and 150 NM around it",
        kind="conflict",
        group="middle-east",
        shape=Disc(34.71, 28.76, 150 * KM_PER_NM),
        tolerance_km=0.0,
        accuracy_km=1.0,
        basis=(
            "Drawn as published by the UK: 150 NM round the middle of the Gulf of Aqaba at "
            "28°45'36\" N 34°42'36\" E (printed 287600N 347100E, 28.76° N 34.71° E, until "
            "September 2024), as a polygon of 72 corners on the ellipsoid."
        ),
        notes=(
            "A drone came down near Taba on 2023-10-27; missiles and drones from Yemen towards "
            "Eilat since October 2023."
        ),
    ),
)

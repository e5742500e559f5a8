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

# FAA SFAR 115: west of KAPET-NODMA, north-west of NODMA-ORBAT-TIMAD-PARIM-RIBOK. The rule of
# 2019 names ORBAT (14°06'38" N 50°39'24" E) where the present text has IMPAG.
SANAA_PROHIBITED = Drawn(
    (
        (53.1039, 16.5561), (53.5664, 15.4342), (50.6567, 14.1106), (46.5833, 11.9167),
        (43.4533, 12.5283), (41.8750, 15.7833), (41.8750, 20.0), (53.1039, 20.0),
    )
)  # fmt: skip

# The sea of the Sanaa FIR on the prohibited side of that line, land taken off below: to the line
# itself, and in the north-west to a line from RIBOK to the Yemeni coast (recall).
YEMEN_SEA = Drawn(
    (
        (41.8750, 15.7833), (42.45, 16.10), (43.10, 16.00), (43.60, 14.00), (43.80, 13.10),
        (45.50, 13.70), (49.00, 14.90), (51.50, 16.00), (52.60, 16.90), (53.1039, 16.5561),
        (53.5664, 15.4342), (50.6567, 14.1106), (46.5833, 11.9167), (43.4533, 12.5283),
    )
)  # fmt: skip

# Between that line and route B400 (NODMA, RIGAM, RAPDO, VEDET); the south by VEDET-TIMAD, 12° N.
YEMEN_TO_B400 = Drawn(
    (
        (53.5664, 15.4342), (50.6567, 14.1106), (46.5833, 11.9167), (51.4056, 12.0261),
        (52.2589, 13.3881), (53.0706, 14.6589),
    )
)  # fmt: skip

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

# Route B400 again, then east along 15°26' N to near the FIR's end at 60° E, and back along
# 12°02' N: inside on any reading; the FIR goes on further north.
YEMEN_OCEAN = Drawn(
    (
        (51.4056, 12.0261), (59.80, 12.03), (59.80, 15.4342), (53.5664, 15.4342),
        (53.0706, 14.6589), (52.2589, 13.3881),
    )
)  # fmt: skip

TWELVE_NM_KM = 22.224

"""All of the Sanaa FIR west of route B400."""

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
            "SFAR 115 (KAPET, NODMA, ORBAT in the rule of 2019 where the present text names "
            "IMPAG, TIMAD, PARIM, RIBOK); simplified to 1.2 km. All of it lies west of route B400; "
            "Socotra and the ocean east of B400 are in yemen-ocean, the sea further out in "
            "yemen-sea and yemen-gulf-of-aden."
        ),
        notes=(
            "Long war; Houthi missiles and drones over the Red Sea since late 2023 and against "
            "Israel again since March 2026."
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
        accuracy_km=25.0,
        rated="Yemen",
        basis=(
            f"The line of FAA SFAR 115, as for the mainland, on the sea side; {SOURCE} for the "
            "coast, and 2 km less than 12 NM of sea taken off, so that no gap is left to the "
            "mainland's zone. The edge in the Red Sea towards Saudi Arabia is placed by hand, a "
            "little inside (recall)."
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
        accuracy_km=20.0,
        rated="Yemen",
        basis=(
            "Drawn by its fixes: south-east of the line of FAA SFAR 115 (NODMA, ORBAT, TIMAD), "
            "west of route B400 (NODMA, RIGAM, RAPDO, VEDET), from navigation data some years old; "
            "the south along TIMAD-VEDET, about 12° N. No land lies in it. The wedge north of "
            "NODMA, between KAPET and B400, is left out: the FIR's edge there was not found."
        ),
        notes=(
            "The FAA leaves this part open and Canada names the same line; EASA, Germany and "
            "France except only the sea from B400 on, the UK three airways."
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
        accuracy_km=30.0,
        rated="Yemen",
        basis=(
            "Drawn by the fixes of route B400 (VEDET, RAPDO, RIGAM, NODMA), from navigation data "
            "some years old, and by hand to 59.8° E between 12.03 and 15.43° N: a part of the FIR "
            "that lies inside on any reading. Its edge further north was not found."
        ),
        notes=(
            "Airliners cross here between the Gulf and East Africa. The FAA and Canada leave it "
            "open, EASA and France let it be used with limits; the UK excepts three airways only, "
            "and Italy nothing. Germany excepts the routes over the sea."
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
        notes="Ships attacked from the Yemeni coast since November 2023.",
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
            "28°45'36\" N 34°42'36\" E, as a polygon of 72 corners on the ellipsoid."
        ),
        notes=(
            "A drone came down near Taba on 2023-10-27; missiles and drones from Yemen towards "
            "Eilat since October 2023."
        ),
    ),
)

"""Somalia, Ethiopia, Eritrea and Kenya."""

from __future__ import annotations

from zoneset.header import SOURCE
from zoneset.shapes import Box, Disc, Drawn, Offshore, Provinces, Recipe

__all__ = ["RECIPES"]


SOMALIA_COAST = Drawn(
    (
        (43.3, 11.35), (43.4, 11.75), (47.0, 11.75), (51.3, 12.4), (52.2, 11.5), (51.6, 9.0),
        (49.6, 5.8), (46.7, 2.4), (42.6, -1.4), (41.75, -2.0), (41.5, -1.6), (43.5, 1.2),
        (47.5, 6.5), (50.0, 10.3), (47.0, 10.9), (44.5, 10.2),
    )
)  # fmt: skip

TWELVE_NM_KM = 22.224

SOMALIA = Provinces("som") | Provinces("sol")

# The sea off Somalia between 4° N and about 12° N, out to 54° E, where a German exception begins:
# inside the Mogadishu FIR on any reading, which goes on east and south (recall).
SOMALIA_SEA = Drawn(
    (
        (43.70, 11.80), (46.58, 11.90), (51.40, 12.00), (54.00, 12.00), (54.00, 4.00),
        (46.50, 4.00), (44.00, 9.00),
    )
)  # fmt: skip

KENYA_COAST = Drawn(
    (
        (41.45, -1.70), (41.62, -2.05), (41.20, -2.60), (40.65, -3.00), (40.40, -3.50),
        (40.10, -4.20), (39.62, -4.78), (39.30, -4.72), (39.20, -4.45), (39.50, -3.80),
        (39.90, -3.20), (40.00, -2.50), (40.80, -1.95),
    )
)  # fmt: skip
KENYA = Provinces("ken") | Offshore(Provinces("ken"), TWELVE_NM_KM, KENYA_COAST)

NORTH_OF_8_5 = Box(32.0, 8.5, 49.0, 16.0)
SOUTH_OF_8_5 = Box(32.0, 3.0, 49.0, 8.5)
EAST_OF_40 = Box(40.0, -6.0, 43.0, 6.0)

# The French polygon: five points of the circular, then round outside Ethiopia, cut at its border.
WEST_TIGRAY = Drawn(
    (
        (36.3469, 13.9874), (36.8564, 13.0119), (37.5758, 13.3589), (37.9972, 13.6878),
        (38.4067, 14.4864), (38.4067, 15.0), (36.0, 15.0), (36.0, 13.9874),
    )
)  # fmt: skip
MEKELE = Disc(39.5335, 13.4674, 30.0)

"""Zones inside the Addis Ababa FIR, for notices that name the whole of it."""

"""For notices that name the whole of it."""

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="somalia",
        file="somalia",
        name="Somalia",
        kind="conflict",
        group="africa",
        shape=SOMALIA
        | Offshore(
            SOMALIA,
            TWELVE_NM_KM,
            SOMALIA_COAST,
        ),
        tolerance_km=1.5,
        accuracy_km=8.0,
        weapons=("igla", "zu-23"),
        basis=(
            f"{SOURCE}: Somalia with Somaliland, and 12 NM of sea, the territory and airspace that "
            "the FAA names; simplified to 1.5 km. For the sea beyond see somalia-sea."
        ),
        notes=(
            "An Il-76 was hit by a missile after take-off from Mogadishu on 2007-03-23 (Igla "
            "claimed), an Embraer 120 shot down at Bardale on 2020-05-04 by ground fire."
        ),
        rated="Somalia",
    ),
    Recipe(
        id="somalia-sea",
        file="somalia",
        name="Sea off Somalia (part of the Mogadishu FIR)",
        kind="conflict",
        group="africa",
        shape=SOMALIA_SEA - SOMALIA - Offshore(SOMALIA, TWELVE_NM_KM - 2.0, SOMALIA_COAST),
        tolerance_km=1.5,
        accuracy_km=30.0,
        basis=(
            "Placed by hand: from 12 NM off the coast to 54° E, between 4° N and the line "
            "TIMAD-VEDET near 12° N, a part of the FIR that lies inside on any reading (recall); "
            f"coast from {SOURCE}. The FIR goes on to the east and south."
        ),
        notes=(
            "The notices of EASA and most States name the whole FIR; the FAA only territory and "
            "12 NM, Germany excepts the sea east of 54° E, France that north of 11°30' N."
        ),
        rated="Somalia",
    ),
    Recipe(
        id="ethiopia-north",
        file="ethiopia",
        name="Ethiopia north of 8.5° N",
        kind="conflict",
        group="africa",
        shape=Provinces("eth") & NORTH_OF_8_5,
        exact=NORTH_OF_8_5,
        tolerance_km=2.0,
        accuracy_km=6.0,
        basis=(
            f"{SOURCE}: Ethiopia north of 8.5° N, the line of EASA's note, exact; simplified to "
            "2 km. Djibouti, which the Addis Ababa FIR serves as well, is left out."
        ),
        notes=(
            "Addis Ababa (ADD, 8.98° N) lies inside. Rockets hit Bahir Dar and Gondar in November "
            "2020; peace in Tigray since November 2022, fighting in Amhara with air strikes since. "
            "The FAA advised caution below FL290 on 2021-11-17 (KICZ A0035/21); its end was not "
            "found, so it is not held."
        ),
        rated="Ethiopia",
    ),
    Recipe(
        id="ethiopia-south",
        file="ethiopia",
        name="Ethiopia south of 8.5° N",
        kind="conflict",
        group="africa",
        shape=Provinces("eth") & SOUTH_OF_8_5,
        exact=SOUTH_OF_8_5,
        tolerance_km=2.0,
        accuracy_km=6.0,
        basis=(
            f"{SOURCE}: Ethiopia south of 8.5° N, the part of the Addis Ababa FIR that EASA's note "
            "does not single out; simplified to 2 km."
        ),
        notes="Germany, France and Italy advise caution in the whole Addis Ababa FIR.",
        rated="Ethiopia",
    ),
    Recipe(
        id="ethiopia-tigray",
        file="ethiopia",
        name="Western Tigray and Mekele (French area)",
        kind="conflict",
        group="africa",
        shape=(WEST_TIGRAY & Provinces("eth")) | MEKELE,
        tolerance_km=0.5,
        accuracy_km=20.0,
        basis=(
            "The five points of the French circular, closed along the land borders with Eritrea "
            "and Sudan (Natural Earth) in place of the FIR limits; and a disc of 30 km round the "
            "airport of Mekele in place of its terminal area, whose size the circular leaves open."
        ),
        notes=(
            "France asked for no flights here at all until 2023-12-14, then for FL320 or above. "
            "Mekele airport was first closed on 2020-11-06."
        ),
        rated="Ethiopia",
    ),
    Recipe(
        id="tigray",
        file="ethiopia",
        name="Tigray (bulletin of 2022 and 2023)",
        kind="conflict",
        group="africa",
        shape=Provinces("eth", only=("Tigray",)),
        tolerance_km=1.5,
        accuracy_km=6.0,
        basis=f"{SOURCE}: the region of Tigray as it was before the war; simplified to 1.5 km.",
        notes=(
            "War from 2020-11-04 to the agreement of 2022-11-02. A transport aircraft was shot "
            "down near Mekele in June 2021 (reported). Only EASA's bulletin is held here; notices "
            "of France, Germany, the United Kingdom and Canada that it cites were not read."
        ),
    ),
    Recipe(
        id="eritrea",
        file="eritrea",
        name="Eritrea",
        kind="conflict",
        group="africa",
        shape=Provinces("eri"),
        tolerance_km=2.0,
        accuracy_km=6.0,
        basis=f"{SOURCE}: the mainland and larger islands, without its sea; simplified to 2 km.",
        notes=(
            "No official notice on Eritrea was found (list of 2026-09-03): the zone stands on "
            "OPSGROUP's own warning of 2020-11-17 and never counts for more than watch. Missiles "
            "from Tigray struck at Asmara airport on 2020-11-14."
        ),
        rated="Eritrea",
    ),
    Recipe(
        id="kenya",
        file="kenya",
        name="Kenya (notices of 2016 to 2023)",
        kind="conflict",
        group="africa",
        shape=KENYA,
        tolerance_km=2.0,
        accuracy_km=6.0,
        basis=f"{SOURCE}: the whole country and 12 NM of sea, ends by hand; simplified to 2 km.",
        notes=(
            "History: no notice was in force in 2026. Two missiles missed an airliner that left "
            "Mombasa on 2002-11-28."
        ),
        rated="Kenya",
    ),
    Recipe(
        id="kenya-east",
        file="kenya",
        name="Kenya east of 40° E (notices of 2017 to 2024)",
        kind="conflict",
        group="africa",
        shape=KENYA & EAST_OF_40,
        exact=EAST_OF_40,
        tolerance_km=2.0,
        accuracy_km=6.0,
        basis=(
            f"{SOURCE}: Kenya east of 40° E, the line of the FAA's notices since 2018, exact; "
            "simplified to 2 km, with 12 NM of sea."
        ),
        notes=(
            "History: the FAA's notices ran out in February 2023, the British one in September "
            "2024. Wajir lies inside, Mombasa and Nairobi outside."
        ),
        rated="Kenya",
    ),
)

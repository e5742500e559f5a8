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

# The Mogadishu FIR over the sea out to 54° E, where a German exception begins: corners as of 2015,
# and an inner line that lies on Somali land. The line from 10.7° N 60° E to 1.37° N 48.18° E is met
# at 54° E by way of 6.03° N.
SOMALIA_SEA = Drawn(
    (
        (44.183, 11.750), (50.767, 12.183), (51.583, 12.000), (54.000, 12.000), (54.000, 6.030),
        (52.076, 4.506), (48.176, 1.370), (44.001, -2.003), (42.001, -2.003), (41.567, -1.583),
        (41.80, -0.90), (44.80, 2.60), (47.40, 5.80), (49.60, 9.50), (49.60, 10.70), (46.00, 10.40),
        (44.60, 10.30), (44.000, 10.833), (44.217, 11.500),
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
        accuracy_km=10.0,
        basis=(
            "From 12 NM off the coast to the limits of the Mogadishu FIR and to 54° E, whichever "
            "comes first; its part between 54° and 60° E (about 240,000 km²) is left out, because "
            "Germany excepts it and flights there are far above FL260. Corners: EUROCONTROL's EAD "
            "file of FIRs of 2015-04-30 (euctrl-pru/eurocontrol-atlas), single points; the FIR's "
            f"area has changed by 0.5 % since. Coast from {SOURCE}."
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
            "War in the north again: seven armed groups allied about 2026-09-20, Tigray forces "
            "took the airports of Mekele, Axum and Shire on 2026-09-23, Ethiopian Airlines stopped "
            "flying there, and a drone struck at Mekele on 2026-09-27 (press). "
            "Addis Ababa (ADD, 8.98° N) lies inside. Before: rockets on Bahir Dar and Gondar in "
            "November 2020, peace in Tigray from November 2022, air strikes in Amhara. The FAA "
            "advised caution below FL290 on 2021-11-17 (KICZ A0035/21); its end was not found, so "
            "it is not held, and it is not on the FAA's page of 2026-09-14."
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
        notes=(
            "Germany, France and Italy advise caution in the whole Addis Ababa FIR. The war that "
            "began anew in September 2026 is in the north, see ethiopia-north."
        ),
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
            "Mekele airport was first closed on 2020-11-06. Tigray forces took the airports of "
            "Mekele, Axum and Shire on 2026-09-23; a drone struck at Mekele on 2026-09-27 (press)."
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
            "down near Mekele in June 2021 (reported). Only EASA's bulletin is held here: the "
            "British warnings of that time name the whole FIR and are held on ethiopia-north; "
            "those of France, Germany and Canada that it cites were not read."
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
            "No official notice on Eritrea was found (list of 2026-09-03), and the FAA has none "
            "(its page of 2026-09-14): the zone stands on "
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
            "History: no notice was in force in 2026. The day on which EASA withdrew CZIB 2016-01 "
            "is not known, 2023-05-13 stands for it. Two missiles missed an airliner that left "
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

"""Sudan, South Sudan and Libya."""

from __future__ import annotations

from zoneset.header import SOURCE
from zoneset.shapes import Drawn, Offshore, Provinces, Recipe

__all__ = ["RECIPES"]


SUDAN_COAST = Drawn(
    (
        (36.5, 21.95), (38.0, 21.95), (39.1, 18.3), (38.62, 18.02), (37.0, 18.5),
    )
)  # fmt: skip

LIBYA_COAST = Drawn(
    (
        (11.6, 33.12), (11.75, 33.6), (19.0, 33.3), (25.3, 32.6), (25.1, 31.7), (22.0, 31.8),
        (19.0, 29.9), (16.0, 30.9), (14.0, 32.3), (12.0, 32.7),
    )
)  # fmt: skip

TWELVE_NM_KM = 22.224

LIBYA_LAND_AND_TERRITORIAL_SEA = Provinces("lby") | Offshore(
    Provinces("lby"), TWELVE_NM_KM, LIBYA_COAST
)

# The Tripoli FIR over the sea, 5 to 10 km inside its northern and eastern limits (recall); the
# southern edge lies on land and is cut off again.
TRIPOLI_FIR_SEA = Drawn(
    (
        (11.66, 34.27), (11.66, 33.20), (12.40, 32.60), (14.00, 32.20), (15.80, 31.00),
        (18.50, 30.00), (20.30, 30.60), (22.50, 31.80), (24.80, 31.55), (25.05, 31.80),
        (24.07, 33.93), (23.55, 34.27),
    )
)  # fmt: skip

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="sudan",
        file="sudan",
        name="Sudan",
        kind="conflict",
        group="africa",
        shape=Provinces("sdn")
        | Offshore(
            Provinces("sdn"),
            TWELVE_NM_KM,
            SUDAN_COAST,
        ),
        tolerance_km=2.0,
        accuracy_km=8.0,
        weapons=("fk-2000",),
        basis=(
            f"{SOURCE}: Sudan without South Sudan, and 12 NM of sea; simplified to 2 km. The "
            "Khartoum FIR overlaps South Sudan, which EASA and the UK leave out."
        ),
        notes=(
            "War since 2023-04-15. An Il-76 was shot down over Malha, North Darfur, on 2024-10-21 "
            "(MANPADS or FK-2000, not settled), another at Babanusa on 2025-11-04. Drones struck "
            "Port Sudan, its airport included, in May 2025."
        ),
        rated="Sudan",
    ),
    Recipe(
        id="libya",
        file="libya",
        name="Libya",
        kind="conflict",
        group="africa",
        shape=LIBYA_LAND_AND_TERRITORIAL_SEA,
        tolerance_km=1.5,
        accuracy_km=8.0,
        basis=(
            f"{SOURCE}: the whole country and 12 NM of sea; simplified to 1.5 km. The rest of the "
            "Tripoli FIR over the sea is the zone libya-sea, because the FAA permits it and the "
            "German text speaks of the territory of Libya."
        ),
        notes=(
            "Civil war since 2014, two governments; risk of misidentification by air defence. "
            "Clashes at Tripoli Mitiga emptied the airport of aircraft on 2023-08-14."
        ),
        rated="Libya",
    ),
    Recipe(
        id="libya-sea",
        file="libya",
        name="Sea north of Libya (Tripoli FIR)",
        kind="conflict",
        group="africa",
        shape=TRIPOLI_FIR_SEA - LIBYA_LAND_AND_TERRITORIAL_SEA,
        tolerance_km=1.5,
        accuracy_km=20.0,
        basis=(
            "Placed by hand from recall: from the end of Libya's 12 NM of sea to 34.27° N, between "
            "11.66° E and a line from 34° N 24° E to the Egyptian border, 5 to 10 km inside the "
            "limits of the Tripoli FIR as remembered."
        ),
        notes=(
            "EASA, the United Kingdom, Canada and France name the whole Tripoli FIR; Germany names "
            "the territory of Libya only and the FAA has permitted this part since 2023-03-21. "
            "Coastal airports approached from the sea are excepted by EASA."
        ),
        rated="Libya",
    ),
    Recipe(
        id="south-sudan",
        file="south-sudan",
        name="South Sudan",
        kind="conflict",
        group="africa",
        shape=Provinces("sds"),
        tolerance_km=2.0,
        accuracy_km=6.0,
        basis=(
            f"{SOURCE}: the ten states of South Sudan, which that issue files under sds; "
            "simplified to 2 km. Abyei and the Ilemi triangle are as the source draws them."
        ),
        notes=(
            "EASA's bulletin dates from 2018 by its number, the day of its first issue was not "
            "found; it ended on 2025-01-31. No notice of a State for South Sudan alone was found "
            "after that. Germany, Canada and Italy name the Khartoum FIR, which above FL245 "
            "reaches over South Sudan: not counted here. Air traffic services above FL245 have "
            "been suspended or run under a contingency plan since 2023-04-15."
        ),
    ),
)

"""Zones inside the Tripoli FIR, for notices that name the FIR and not only the territory."""

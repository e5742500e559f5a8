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

CORNERS_2015 = (
    "Corners: EUROCONTROL's EAD file of FIRs of 2015-04-30 (euctrl-pru/eurocontrol-atlas), single "
    "points; the FIR's area has changed by 0.1 % since."
)

LIBYA_LAND_AND_TERRITORIAL_SEA = Provinces("lby") | Offshore(
    Provinces("lby"), TWELVE_NM_KM, LIBYA_COAST
)

# The Tripoli FIR over the sea: corners as of 2015, all but the inner line from 11.5° E 32.37° N
# round to Egypt, which lies on Libyan land and is cut off again.
TRIPOLI_FIR_SEA = Drawn(
    (
        (11.500, 34.333), (11.500, 32.367), (12.40, 32.60), (14.00, 32.20), (15.80, 31.00),
        (18.50, 30.00), (20.30, 30.60), (22.50, 31.80), (24.80, 31.55), (25.167, 31.667),
        (24.167, 34.000), (23.583, 34.333),
    )
)  # fmt: skip

# The Tripoli FIR outside Libya over land: 22° N over Niger and Chad, and a strip between the
# Libyan border and the line along 25° E. Corners as of 2015; the inner line lies on Libyan land.
TRIPOLI_FIR_SOUTH = Drawn(
    (
        (11.500, 23.250), (11.500, 22.000), (19.000, 22.000), (21.00, 22.20), (24.00, 20.60),
        (24.80, 20.10), (25.000, 20.000), (25.000, 22.000), (25.167, 31.667), (24.80, 31.55),
        (24.30, 30.00), (24.30, 24.00), (21.00, 23.00), (16.00, 25.00), (12.60, 24.50),
        (11.998, 23.515),
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
            "Khartoum FIR overlaps South Sudan and reaches out to 38.5° E over the Red Sea "
            "(30,500 km²): EASA, the UK and France leave both out, for they name the territory; "
            "Germany, Canada and Italy name the FIR, and that sea is not drawn."
        ),
        notes=(
            "War since 2023-04-15. An Il-76 was shot down over Malha, North Darfur, on 2024-10-21 "
            "(MANPADS or FK-2000, not settled), another at Babanusa on 2025-11-04. Drones struck "
            "Port Sudan, its airport included, in May 2025. The FAA has no notice on Sudan (its "
            "page of 2026-09-14)."
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
            "Tripoli FIR is the zones libya-sea and libya-south, because the FAA permits them and "
            "the German text speaks of the territory of Libya."
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
        accuracy_km=6.0,
        basis=(
            "From the end of Libya's 12 NM of sea to the limits of the Tripoli FIR: 34°20' N, "
            "11°30' E, and the lines 34°20' N 23°35' E - 34° N 24°10' E - 31°40' N 25°10' E. "
            f"{CORNERS_2015} Inner edge from {SOURCE}."
        ),
        notes=(
            "EASA, the United Kingdom, Canada and France name the whole Tripoli FIR; Germany names "
            "the territory of Libya only and the FAA has permitted this part since 2023-03-17. "
            "Coastal airports approached from the sea are excepted by EASA."
        ),
        rated="Libya",
    ),
    Recipe(
        id="libya-south",
        file="libya",
        name="South and east of Libya (Tripoli FIR over Niger, Chad and along 25° E)",
        kind="conflict",
        group="africa",
        shape=TRIPOLI_FIR_SOUTH - LIBYA_LAND_AND_TERRITORIAL_SEA - TRIPOLI_FIR_SEA,
        tolerance_km=1.0,
        accuracy_km=6.0,
        basis=(
            "The land part of the Tripoli FIR outside Libya: north of 22° N between 11°30' E and "
            "the Libyan border over Niger and Chad, and east of that border to the line 22° N "
            f"25° E - 31°40' N 25°10' E over Egypt. {CORNERS_2015} Libya's border from {SOURCE}."
        ),
        notes=(
            "Few roads, no airports. EASA, the United Kingdom, Canada and France name the whole "
            "Tripoli FIR; Germany names the territory of Libya only. The FAA barred the whole FIR "
            "from 2011 on and left this part and the sea out on 2023-03-17; OPSGROUP's wording of "
            "its exception, a small part over Chad, bears the outline out."
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
            "after that; the FAA (page of 2026-09-14) and the British bulletin (2022 to 2026) have "
            "none. Germany, Canada and Italy name the Khartoum FIR, which above FL245 "
            "reaches over South Sudan: not counted here. Air traffic services above FL245 have "
            "been suspended or run under a contingency plan since 2023-04-15."
        ),
    ),
)

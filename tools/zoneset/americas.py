"""Haiti, Venezuela with the Caribbean round it, and Colombia."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.shapes import KM_PER_NM, Box, Disc, Drawn, Provinces, Recipe

__all__ = ["RECIPES"]


# The bay between the two western peninsulas, round the island of La Gonâve (recall).
GULF_OF_GONAVE = Drawn(
    (
        (-74.20, 18.62), (-73.90, 19.20), (-73.42, 19.70), (-72.80, 19.40), (-72.45, 18.90),
        (-72.35, 18.55), (-73.00, 18.42), (-73.60, 18.55),
    )
)  # fmt: skip

HAITI = Provinces("hti") | GULF_OF_GONAVE

# 18°20' N to 19°10' N, 73° W to the Dominican border, and 15 NM round 19°10' N 72°31' W.
PORT_AU_PRINCE_LINES = Box(-73.0, 18 + 20 / 60, -71.0, 19 + 10 / 60) | Disc(
    -(72 + 31 / 60), 19 + 10 / 60, 15 * KM_PER_NM
)

# Venezuela's part of the Caribbean and the Atlantic, 10 to 20 km inside the Maiquetía FIR (recall).
SEA_OF_VENEZUELA = Drawn(
    (
        (-71.20, 11.80), (-70.95, 12.03), (-71.22, 12.38), (-70.50, 12.38), (-70.00, 12.12),
        (-69.00, 11.70), (-67.85, 11.25), (-67.75, 11.60), (-66.95, 15.45), (-65.05, 14.80),
        (-62.65, 10.95), (-61.95, 10.68), (-62.25, 10.10), (-62.00, 9.85), (-61.50, 9.85),
        (-60.12, 8.96), (-60.30, 8.93), (-60.45, 8.60), (-61.00, 8.50), (-62.30, 9.60),
        (-63.00, 10.40), (-65.00, 10.10), (-67.00, 10.40), (-68.30, 10.70), (-69.50, 11.30),
        (-71.00, 11.10),
    )
)  # fmt: skip

# The Curaçao and San Juan FIRs and Piarco's west of 57° W, drawn about 10 km inside them (recall).
NEAR_VENEZUELA = Drawn(
    (
        (-73.90, 14.40), (-71.35, 12.62), (-70.48, 12.60), (-68.02, 11.52), (-67.20, 15.50),
        (-67.15, 15.76), (-65.00, 15.10), (-64.85, 14.95), (-62.40, 11.10), (-61.70, 10.82),
        (-61.88, 10.22), (-61.85, 10.06), (-61.45, 10.06), (-59.90, 9.00), (-57.00, 9.00),
        (-57.00, 17.90), (-61.40, 17.90), (-61.62, 18.10), (-62.02, 19.95), (-63.45, 21.30),
        (-64.05, 21.90), (-66.70, 21.90), (-67.55, 21.20), (-68.20, 20.48), (-68.98, 19.68),
        (-67.90, 19.06), (-67.90, 15.90), (-71.76, 15.90), (-71.76, 16.90), (-72.95, 16.90),
        (-73.90, 15.95),
    )
)  # fmt: skip

# The Pacific part of the Bogotá FIR, clear of its limits, up to the coast (recall).
PACIFIC_OF_COLOMBIA = Drawn(
    (
        (-78.90, 1.52), (-82.80, 1.52), (-82.80, 4.43), (-79.95, 4.38), (-79.00, 6.12),
        (-78.30, 6.60), (-77.95, 6.95), (-77.60, 6.60), (-77.42, 6.00), (-77.60, 5.00),
        (-77.50, 4.20), (-77.30, 3.80), (-77.80, 2.80), (-78.60, 2.45), (-78.85, 1.90),
    )
)  # fmt: skip

COLOMBIA = Provinces("col", but=("", "San Andrés y Providencia"))


# Airfields by the border or the coast that the map draws too far in, 3 km about each.
COLOMBIA_FIELDS = (
    Disc(-74.2306, 11.1196, 3.0)
    | Disc(-69.9432, -4.1936, 3.0)
    | Disc(-78.7492, 1.8144, 3.0)
    | Disc(-77.4772, 6.6919, 4.0)
    | Disc(-77.2806, 5.6964, 3.0)
    | Disc(-76.7415, 8.0745, 3.0)
)

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="haiti",
        file="haiti",
        name="Haiti",
        kind="conflict",
        group="americas",
        shape=HAITI,
        tolerance_km=1.0,
        accuracy_km=6.0,
        basis=(
            f"{SOURCE}: the whole country, and the Gulf of Gonâve placed by hand from recall; "
            f"simplified to 1 km. {NOT_FIR} The sea beyond is left out."
        ),
        notes=(
            "On 2024-11-11 airliners on the approach to Port-au-Prince were hit by gunfire, a crew "
            "member was hurt. Gangs hold most of the capital; its airport was shut from March to "
            "May 2024. Notices concern levels below 10,000 ft."
        ),
        rated="Haiti",
    ),
    Recipe(
        id="haiti-port-au-prince",
        file="haiti",
        name="Port-au-Prince and the middle of Haiti",
        kind="conflict",
        group="americas",
        shape=HAITI & PORT_AU_PRINCE_LINES,
        exact=PORT_AU_PRINCE_LINES,
        tolerance_km=0.5,
        accuracy_km=6.0,
        hindsight=(
            "The box is that of the FAA notice of 2026; the areas of those of 2024 and 2025 were "
            "not seen."
        ),
        basis=(
            "Lines of FAA NOTAM KICZ A0024/26: Haiti between 18°20' N and 19°10' N, from 73° W to "
            "the Dominican border, and within 15 NM of 19°10' N 72°31' W; land from Natural Earth, "
            "the Gulf of Gonâve by hand."
        ),
        notes=(
            "The part of Haiti closed to US aircraft below 10,000 ft since November 2024; Cap-"
            "Haïtien, Port-de-Paix, Pignon, Jérémie, Les Cayes and Jacmel lie outside it."
        ),
        rated="Haiti",
    ),
    Recipe(
        id="venezuela",
        file="venezuela",
        name="Venezuela (Maiquetía FIR)",
        kind="conflict",
        group="americas",
        shape=Provinces("ven", but=("",)) | SEA_OF_VENEZUELA,
        tolerance_km=2.0,
        accuracy_km=30.0,
        basis=(
            f"{SOURCE}: the whole country; its sea placed by hand from recall, 10 to 20 km inside "
            "the Maiquetía FIR, which reaches to about 15.5° N; simplified to 2 km. Land borders "
            "are good to about 6 km."
        ),
        notes=(
            "US strikes on 2026-01-03, after months of military exercises and disturbed satellite "
            "navigation. Every notice found has ended. From 2019-05-01 to June 2023 the FAA barred "
            "US aircraft below FL260 over the territory (KICZ A0013/19): not held, it left out "
            "the wider sea. Notices of the UK, Canada, France, Germany and Spain were not read."
        ),
        rated="Venezuela",
    ),
    Recipe(
        id="venezuela-vicinity",
        file="venezuela",
        name="Caribbean round Venezuela (Curaçao, San Juan, western Piarco FIRs)",
        kind="conflict",
        group="americas",
        shape=NEAR_VENEZUELA,
        tolerance_km=0.0,
        accuracy_km=30.0,
        basis=(
            "The three FIRs together, Piarco's to 57° W, placed by hand from recall about 10 km "
            "inside their outer limits."
        ),
        notes=(
            "Airliners lost separation from military tankers near Curaçao in December 2025; on "
            "2026-01-03 US flights to the eastern Caribbean stopped for a day. An FAA "
            "advisory on the San Juan FIR alone (KICZ A0010/25, from 2025-11-18) and Curaçao's own "
            "of November 2025 are not held. Every notice found has ended."
        ),
    ),
    Recipe(
        id="colombia",
        file="colombia",
        name="Colombia (Bogotá FIR over land)",
        kind="conflict",
        group="americas",
        shape=COLOMBIA,
        plus=COLOMBIA_FIELDS,
        tolerance_km=3.0,
        accuracy_km=8.0,
        basis=(
            f"{SOURCE}: the mainland, simplified to 3 km, with airfields by the sea. {NOT_FIR} "
            "The one notice was not read: it may mean less, or the sea only, as its forerunner did."
        ),
        notes=(
            "An FAA advisory for the Bogotá FIR stood on the FAA's page on 2026-09-14; only its "
            "number was seen. One of January 2026 spoke of the Pacific waters alone."
        ),
    ),
    Recipe(
        id="colombia-pacific",
        file="colombia",
        name="Pacific waters of Colombia (Bogotá FIR)",
        kind="conflict",
        group="americas",
        shape=PACIFIC_OF_COLOMBIA - COLOMBIA,
        tolerance_km=1.0,
        accuracy_km=30.0,
        basis=(
            "The sea between Ecuador and Panama out to 82.8° W, placed by hand from recall about "
            "10 km inside the Bogotá FIR and cut at the coast (Natural Earth)."
        ),
        notes=(
            "US military activity against smuggling by sea, aircraft possibly without "
            "transponder, disturbed satellite navigation. Like advisories of 2026-01-16 for the "
            "Pacific waters of Mexico, Central America, Panama and Ecuador are not held."
        ),
    ),
)

"""Haiti, Venezuela with the Caribbean round it, and the Pacific from Mexico to Ecuador."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.shapes import (
    KM_PER_NM,
    Box,
    Disc,
    Drawn,
    Offshore,
    Provinces,
    Recipe,
    Shape,
    Within,
)

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

# Venezuela's part of the Caribbean and the Atlantic: corners of the Maiquetía FIR as of 2015, and
# an inner line that lies on Venezuelan land.
SEA_OF_VENEZUELA = Drawn(
    (
        (-71.333, 11.867), (-71.000, 12.000), (-71.417, 12.500), (-70.500, 12.500),
        (-67.967, 11.400), (-67.067, 15.683), (-65.000, 15.000), (-62.500, 11.000),
        (-61.783, 10.733), (-62.058, 10.085), (-61.928, 9.990), (-61.466, 9.990), (-59.950, 8.917),
        (-60.250, 8.917), (-60.30, 8.60), (-61.00, 8.50), (-62.30, 9.60), (-63.00, 10.40),
        (-65.00, 10.10), (-67.00, 10.40), (-68.30, 10.70), (-69.50, 11.30), (-71.00, 11.10),
    )
)  # fmt: skip

VENEZUELA = Provinces("ven", but=("",)) | SEA_OF_VENEZUELA

# The Curaçao FIR, and the western corner of Piarco's: corners as of 2015.
CURACAO_FIR = Drawn(
    (
        (-67.967, 11.400), (-70.500, 12.500), (-71.417, 12.500), (-74.000, 14.333),
        (-74.000, 16.000), (-73.000, 17.000), (-71.667, 17.000), (-71.667, 16.000),
        (-68.000, 16.000), (-67.067, 15.683),
    )
)  # fmt: skip
WEST_OF_PIARCO = Drawn(
    (
        (-59.950, 8.917), (-61.466, 9.990), (-61.928, 9.990), (-62.058, 10.085),
        (-61.783, 10.733), (-62.500, 11.000), (-65.000, 15.000), (-63.250, 15.000),
        (-63.000, 15.333), (-63.000, 17.367), (-57.000, 17.367), (-57.000, 8.917),
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

# --- the Pacific ----------------------------------------------------------------------------------
# Corners of the FIRs over the sea as of 2015; the inner lines lie on land and are cut off again.

COAST_KM = 5.0
"""Land and this much of the water along it stay outside, airfields by the sea with them."""


def over_water(sea: Drawn, land: Shape) -> Shape:
    """What of a drawn sea lies more than :data:`COAST_KM` off a land."""
    return sea - land - Offshore(land, COAST_KM, sea)


PACIFIC_OF_COLOMBIA = Drawn(
    (
        (-78.680, 1.417), (-82.917, 1.417), (-82.917, 4.533), (-80.000, 4.500), (-79.050, 6.267),
        (-78.333, 6.717), (-77.883, 7.250), (-77.50, 7.10), (-77.10, 6.00), (-76.90, 4.20),
        (-77.00, 3.40), (-77.50, 2.20), (-78.20, 1.50),
    )
)  # fmt: skip

PACIFIC_OF_MEXICO = Drawn(
    (
        (-117.117, 32.535), (-120.833, 30.750), (-120.000, 30.000), (-112.800, 23.700),
        (-105.000, 15.000), (-100.000, 11.500), (-95.000, 13.000), (-92.217, 14.533),
        (-92.40, 15.40), (-94.50, 16.80), (-97.00, 17.20), (-100.00, 18.20), (-103.00, 19.50),
        (-104.30, 21.00), (-105.00, 23.20), (-107.30, 25.60), (-109.30, 28.00), (-110.50, 30.00),
        (-112.50, 31.60), (-114.60, 32.40), (-116.50, 32.45),
    )
)  # fmt: skip

MAZATLAN_OCEANIC = Drawn(
    (
        (-120.000, 30.000), (-112.800, 23.700), (-105.000, 15.000), (-100.000, 11.500),
        (-104.500, 10.000), (-120.000, 5.000),
    )
)  # fmt: skip

PACIFIC_OF_CENTRAL_AMERICA = Drawn(
    (
        (-92.217, 14.533), (-95.000, 13.000), (-100.000, 11.500), (-104.500, 10.000),
        (-92.000, 1.417), (-82.917, 1.417), (-82.917, 7.500), (-82.887, 8.096), (-83.00, 8.70),
        (-83.60, 9.60), (-84.60, 10.30), (-85.30, 10.90), (-85.98, 11.60), (-86.60, 12.50),
        (-87.00, 13.60), (-88.50, 13.80), (-90.00, 14.20), (-91.50, 14.80),
    )
)  # fmt: skip

PACIFIC_OF_PANAMA = Drawn(
    (
        (-82.887, 8.096), (-82.917, 7.500), (-82.917, 4.533), (-80.000, 4.500), (-79.050, 6.267),
        (-78.333, 6.717), (-77.883, 7.250), (-77.60, 7.70), (-77.70, 8.30), (-78.30, 8.80),
        (-79.00, 9.20), (-79.70, 9.10), (-80.20, 8.70), (-80.80, 8.40), (-81.60, 8.40),
        (-82.60, 8.60),
    )
)  # fmt: skip

PACIFIC_OF_ECUADOR = Drawn(
    (
        (-78.680, 1.417), (-92.000, 1.417), (-92.000, -3.400), (-80.367, -3.400), (-80.20, -3.60),
        (-79.50, -3.40), (-79.30, -2.40), (-79.60, -1.40), (-79.70, 0.00), (-78.90, 0.90),
    )
)  # fmt: skip

CENTRAL_AMERICA = (
    Provinces("gtm") | Provinces("slv") | Provinces("hnd") | Provinces("nic") | Provinces("cri")
)

PACIFIC_BASIS = (
    "Corners: EUROCONTROL's EAD file of FIRs of 2015-04-30 (euctrl-pru/eurocontrol-atlas), single "
    "points. The notice speaks of the water: land and 5 km of water along it are cut out, the "
    f"coast from {SOURCE}."
)

PACIFIC_NOTES = (
    "US forces strike at boats of smugglers in the eastern Pacific; their aircraft may fly without "
    "transponder, and satellite navigation may be disturbed. A desk notes it and flies. Advisories "
    "stood from 2026-01-16 to 2026-03-17 and again on the FAA's page of 2026-09-14; what stood "
    "between was not seen. A like one for a part of the sea that belongs to no FIR (A0052/26) is "
    "not drawn: its corners were not seen."
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
        shape=VENEZUELA,
        tolerance_km=2.0,
        accuracy_km=10.0,
        basis=(
            f"{SOURCE}: the whole country; its sea out to the limits of the Maiquetía FIR, which "
            "reaches to 15.7° N. Corners: EUROCONTROL's EAD file of FIRs of 2015-04-30 "
            "(euctrl-pru/eurocontrol-atlas), single points; simplified to 2 km."
        ),
        notes=(
            "US strikes on 2026-01-03, after months of military exercises and disturbed satellite "
            "navigation. Every notice found has ended. From 2019-05-01 to June 2023 the FAA barred "
            "US aircraft below FL260 over the territory (KICZ A0013/19): not held, it left out "
            "the wider sea. Notices of Canada, France, Germany and Spain were not read. The FAA "
            "has none now (its page of 2026-09-14)."
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
        id="venezuela-100nm",
        file="venezuela",
        name="Curaçao and Piarco FIRs within 100 NM of Venezuela's (January 2026)",
        kind="conflict",
        group="americas",
        shape=(Within(VENEZUELA, 100 * KM_PER_NM) & (CURACAO_FIR | WEST_OF_PIARCO)) - VENEZUELA,
        tolerance_km=1.0,
        accuracy_km=10.0,
        basis=(
            "The area of the British warning: 100 NM round the Maiquetía FIR (the zone venezuela), "
            "inside the Curaçao and Piarco FIRs. Corners: EUROCONTROL's EAD file of FIRs of "
            "2015-04-30 (euctrl-pru/eurocontrol-atlas), single points; simplified to 1 km."
        ),
        notes="History: one notice, of 2026-01-03 to 2026-02-09.",
    ),
    Recipe(
        id="colombia-pacific",
        file="colombia",
        name="Pacific waters of Colombia (Bogotá FIR)",
        kind="conflict",
        group="pacific",
        shape=over_water(PACIFIC_OF_COLOMBIA, Provinces("col")),
        tolerance_km=1.0,
        accuracy_km=30.0,
        basis=(
            "The sea between Ecuador and Panama out to 82°55' W, the Pacific part of the Bogotá "
            f"FIR. {PACIFIC_BASIS}"
        ),
        notes=PACIFIC_NOTES,
    ),
    Recipe(
        id="mexico-pacific",
        file="pacific",
        name="Pacific and Gulf of California (Mexico FIR)",
        kind="conflict",
        group="pacific",
        shape=over_water(PACIFIC_OF_MEXICO, Provinces("mex")),
        holes=True,
        tolerance_km=2.0,
        accuracy_km=30.0,
        basis=f"The Pacific part of the Mexico FIR and the Gulf of California. {PACIFIC_BASIS}",
        notes=PACIFIC_NOTES,
    ),
    Recipe(
        id="mazatlan-oceanic",
        file="pacific",
        name="Mazatlán Oceanic FIR",
        kind="conflict",
        group="pacific",
        shape=MAZATLAN_OCEANIC,
        tolerance_km=0.0,
        accuracy_km=30.0,
        basis=(
            "The whole FIR, six corners: EUROCONTROL's EAD file of FIRs of 2015-04-30 "
            "(euctrl-pru/eurocontrol-atlas), single points."
        ),
        notes=f"{PACIFIC_NOTES} Socorro island lies inside.",
    ),
    Recipe(
        id="central-america-pacific",
        file="pacific",
        name="Pacific waters of Central America (Central America FIR)",
        kind="conflict",
        group="pacific",
        shape=over_water(PACIFIC_OF_CENTRAL_AMERICA, CENTRAL_AMERICA),
        tolerance_km=1.0,
        accuracy_km=30.0,
        basis=(
            "The Pacific part of the Central America FIR, from Guatemala to Costa Rica and out to "
            f"104°30' W. {PACIFIC_BASIS}"
        ),
        notes=PACIFIC_NOTES,
    ),
    Recipe(
        id="panama-pacific",
        file="pacific",
        name="Pacific waters of Panama (Panama FIR)",
        kind="conflict",
        group="pacific",
        shape=over_water(PACIFIC_OF_PANAMA, Provinces("pan") | Provinces("col")),
        holes=True,
        tolerance_km=1.0,
        accuracy_km=30.0,
        basis=f"The Pacific part of the Panama FIR, south to 4°30' N. {PACIFIC_BASIS}",
        notes=PACIFIC_NOTES,
    ),
    Recipe(
        id="ecuador-pacific",
        file="pacific",
        name="Pacific waters of Ecuador, with those of Galápagos (Guayaquil FIR)",
        kind="conflict",
        group="pacific",
        shape=over_water(PACIFIC_OF_ECUADOR, Provinces("ecu") | Provinces("per")),
        holes=True,
        tolerance_km=1.0,
        accuracy_km=30.0,
        basis=(
            "The sea part of the Guayaquil FIR, out to 92° W and down to 3°24' S, the islands of "
            f"Galápagos cut out. {PACIFIC_BASIS}"
        ),
        notes=PACIFIC_NOTES,
    ),
)

"""Sudan, South Sudan and Libya."""

from __future__ import annotations

from zoneset.header import SOURCE
from zoneset.papers import (
    AIC_CA,
    AIC_DE,
    AIC_FR,
    AIP,
    CANADA,
    COPY,
    COPY_JULY,
    COPY_NOTAM,
    EARLIER,
    FRANCE,
    GERMANY,
    GERMANY_BAN,
    READ,
    RULE,
    UK,
    UNREAD,
    Record,
    czib,
    faa,
    italy,
    national,
)
from zoneset.shapes import Drawn, Offshore, Provinces, Recipe

__all__ = ["ADVISORIES", "RECIPES"]


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

LIBYA_FIR = ("libya", "libya-sea")
"""Zones inside the Tripoli FIR, for notices that name the FIR and not only the territory."""

ADVISORIES: tuple[Record, ...] = (
    czib(
        "2023-01-r0", "sudan", "2023-01", "R0 to R7", "2023-04-26",
        "Do not fly in the Khartoum FIR (later: over the territory of Sudan) at any level.",
        ended="2026-07-24", confidence=f"good: press on the first issue, R8 read; {EARLIER}",
    ),
    czib(
        "2023-01-r8", "sudan", "2023-01", "R8", "2026-07-24",
        "Do not fly over the territory of Sudan at any level: both sides have aircraft, guns and "
        "missiles.",
        slug="czib-2023-01r8", expires="2027-01-31",
    ),
    czib(
        "2018-03-r10", "south-sudan", "2018-03", "R10 to R14", "2022-12-19",
        "High risk over South Sudan below FL250.",
        level="caution", ceiling_ft=25000.0, ended="2024-07-31",
        confidence=f"fair: R10 and its date in the press of April 2023; {EARLIER}",
    ),
    czib(
        "2018-03-r15", "south-sudan", "2018-03", "R15", "2024-07-31",
        "Do not fly over South Sudan at or below FL250: small arms, guns, shoulder-fired missiles.",
        slug="czib-2018-03r15", ceiling_ft=25000.0, ended="2025-02-01",
    ),
    czib(
        "2017-02-r0", "libya", "2017-02", "R0 to R4", "2017-03-31",
        "Bulletin on Libya; the text of these revisions was not seen.",
        level="caution", ended="2019-10-01", confidence=UNREAD,
    ),
    czib(
        "2017-02-r5", "libya", "2017-02", "R5", "2019-10-01",
        "High risk in Libyan airspace at all levels; operators are to weigh it.",
        slug="czib-2017-02r5", level="caution", ended="2020-03-31",
        confidence=f"{READ}; R6 not seen, counted from the day after R5's validity",
    ),
    czib(
        "2017-02-r6", "libya", "2017-02", "R6 to R19", "2020-03-31",
        "Bulletin on Libya; the text of these revisions was not seen.",
        level="caution", ended="2026-07-24",
        confidence="text not seen, nor the day of R6: counted as caution from the end of R5",
    ),
    czib(
        "2017-02-r20", LIBYA_FIR, "2017-02", "R20", "2026-07-24",
        "Do not operate in the Tripoli FIR below FL320.",
        slug="czib-2017-02r20", ceiling_ft=32000.0, expires="2027-01-31",
        exceptions="coastal airports approached from the sea, coordinated with ATC, on conditions",
    ),
    czib(
        "2017-02-r20-above", LIBYA_FIR, "2017-02", "R20, above FL320", "2026-07-24",
        "Caution in the Tripoli FIR above FL320: air defence reaches all levels.",
        slug="czib-2017-02r20", level="caution", floor_ft=32000.0, expires="2027-01-31",
    ),
    faa(
        "sfar-112-2011", LIBYA_FIR, "SFAR 112", "2011-03-23",
        "Flights in the Tripoli FIR prohibited at all levels.",
        revision="as issued 2011", ended="2019-03-19",
        confidence=f"{RULE} 76 FR 16236, published 2011-03-23; extended in 2014 and later",
    ),
    faa(
        "sfar-112-2019", LIBYA_FIR, "SFAR 112", "2019-03-19",
        "Flights in the Tripoli FIR prohibited below FL300.",
        revision="as amended 2019", ceiling_ft=30000.0, ended="2020-07-27",
        confidence=f"{RULE} 84 FR 9950, published 2019-03-19",
    ),
    faa(
        "a0026-19", "libya", "KICZ A0026/19", "2019-10-23",
        "Flights in the territory and airspace of Libya prohibited at all levels.",
        ended="2020-07-27",
        confidence="good: date in CZIB 2017-02 R5, content in the rule of 2020 that took it over",
    ),
    faa(
        "sfar-112-2020", "libya", "SFAR 112", "2020-07-27",
        "Flights in the territory and airspace of Libya prohibited at all levels.",
        revision="as amended 2020", ended="2023-03-21",
        confidence=f"{RULE} 85 FR 45084, effective 2020-07-27",
    ),
    faa(
        "sfar-112-2020-sea", "libya-sea", "SFAR 112", "2020-07-27",
        "Flights in the Tripoli FIR outside the territory and airspace of Libya prohibited below "
        "FL300.",
        revision="as amended 2020", ceiling_ft=30000.0, ended="2023-03-21",
        confidence=(
            f"{RULE} 85 FR 45084, effective 2020-07-27; ended with the rule of 2023, whose text "
            "was not read"
        ),
    ),
    faa(
        "sfar-112-2023", "libya", "SFAR 112", "2023-03-21",
        "Flights over Libya prohibited at all levels.",
        revision="as extended 2023", ended="2025-03-19",
        exceptions="airspace over the sea off the north coast, and a small part over Chad",
        confidence="good: 88 FR 16878 for the date, text read for the extension of 2025",
    ),
    faa(
        "sfar-112-2025", "libya", "SFAR 112", "2025-03-19",
        "Flights over Libya prohibited at all levels.",
        revision="as extended 2025", expires="2028-03-20",
        exceptions="airspace over the sea off the north coast, and a small part over Chad",
        confidence=f"{RULE} 90 FR 13070, effective 2025-03-19",
    ),
    national(
        "uk-sudan", "United Kingdom", "sudan", AIP, "2023-04-21", UK,
        "Do not enter the Khartoum FIR over the territory of Sudan.",
    ),
    national(
        "uk-libya", "United Kingdom", LIBYA_FIR, AIP, "2015-06-12", UK,
        "Do not enter the Tripoli FIR (a prohibition until NOTAM V0009/26 of 2026-02-20).",
        confidence=f"{COPY}; V0009/26 in that of 2026-07-28, gone since",
    ),
    national(
        "germany-sudan", "Germany", "sudan", AIC_DE, "2023-04-21", GERMANY_BAN,
        "The Khartoum FIR prohibited.",
    ),
    national(
        "germany-libya", "Germany", "libya", AIC_DE, "2021-04-19", GERMANY,
        "Do not enter the Tripoli FIR within the territory and airspace of Libya.",
    ),
    national(
        "france-sudan", "France", "sudan", "AIC 002/26", "2023-12-14", FRANCE,
        "Do not enter the Khartoum FIR over Sudan, nor plan Sudanese alternates.",
    ),
    national(
        "france-libya", "France", LIBYA_FIR, AIC_FR, "2026-05-28", FRANCE,
        "Do not enter the Tripoli FIR.",
        exceptions="M999 and G655/M214 segments at or above FL320",
        confidence=f"{COPY}; overruled while NOTAM F1625/26 holds",
    ),
    national(
        "france-libya-f1625-26", "France", LIBYA_FIR, "NOTAM F1625/26", "2026-07-30", FRANCE,
        "Do not enter the Tripoli FIR.", expires="2026-10-28",
        exceptions="segments of M999, G655 and R778 at or above FL320, after a risk assessment",
        confidence=COPY_NOTAM,
    ),
    national(
        "canada-sudan", "Canada", "sudan", AIC_CA, "2023-05-18", CANADA,
        "Do not enter the Khartoum FIR.",
    ),
    national(
        "canada-libya", "Canada", LIBYA_FIR, AIC_CA, "2020-02-18", CANADA,
        "Do not enter the Tripoli FIR.",
    ),
    italy(
        "E1445/26", "sudan", "Avoid the Khartoum FIR at all levels.",
        ended="2026-09-01", confidence=COPY_JULY,
    ),
    italy(
        "E2227/26", "sudan", "Avoid the Khartoum FIR at all levels.",
        issued="2026-09-01", expires="2026-11-29",
    ),
)  # fmt: skip

"""Iran and Iraq."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.papers import (
    AIC_CA,
    AIC_DE,
    AIC_FR,
    AIP,
    CANADA,
    COPY,
    COPY_NOTAM,
    EARLIER,
    FRANCE,
    GERMANY,
    GERMANY_CAUTION,
    LIST_ONLY,
    RULE,
    UK,
    US_ADVICE,
    Record,
    czib,
    easa_note,
    faa,
    italy,
    national,
)
from zoneset.shapes import Box, Drawn, Provinces, Recipe

__all__ = ["ADVISORIES", "RECIPES"]


# Iranian side of the Gulf and the Gulf of Oman, 1 to 20 km inside the limit of the FIR; Sirri and
# Abu Musa, whose airports are Iran's to run, are in it (recall).
GULF_IRAN = Drawn(
    (
        (48.60, 30.10), (48.82, 29.87), (49.40, 29.49), (49.74, 29.26), (49.74, 28.74),
        (49.95, 28.45), (50.25, 28.05), (50.70, 27.60), (51.10, 27.25), (51.55, 27.05),
        (52.30, 26.65), (52.85, 26.47), (53.40, 26.32), (54.00, 26.12), (54.45, 25.94),
        (54.60, 25.88), (55.00, 25.80), (55.28, 25.72), (55.50, 25.98), (56.05, 26.48),
        (56.44, 26.76), (56.62, 26.58), (56.82, 26.20), (56.82, 25.75), (57.30, 25.35),
        (58.00, 25.15), (59.00, 25.00), (60.00, 24.95), (61.40, 24.90), (61.50, 25.25),
        (61.30, 25.60), (59.00, 25.80), (57.60, 26.30), (57.30, 27.30), (56.00, 27.50),
        (54.50, 26.95), (53.00, 27.20), (51.70, 28.40), (51.10, 29.60), (50.00, 30.50),
        (48.90, 30.60),
    )
)  # fmt: skip

# South of a line from Astara to Hasan-Kuli, kept a little on the Iranian side (recall).
CASPIAN_IRAN = Drawn(
    (
        (48.75, 38.25), (48.95, 38.38), (50.00, 38.10), (51.50, 37.75), (53.00, 37.42),
        (53.85, 37.25), (54.10, 36.90), (52.50, 36.50), (50.80, 36.70), (49.20, 37.20),
    )
)  # fmt: skip

IRAN = Provinces("irn") | GULF_IRAN | CASPIAN_IRAN
SEAS = (
    "the Iranian side of the Gulf, the Gulf of Oman (to 24.9° N) and the Caspian placed by hand "
    "from recall, 1 to 20 km inside the limit"
)

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="iran",
        file="iran",
        name="Iran (Tehran FIR)",
        kind="conflict",
        group="middle-east",
        rated="Iran",
        shape=IRAN,
        tolerance_km=1.5,
        accuracy_km=25.0,
        weapons=("tor-m1",),
        basis=(
            f"{SOURCE}: the whole country; {SEAS}; simplified to 1.5 km. {NOT_FIR} Land borders "
            "are good to about 5 km."
        ),
        notes=(
            "Ukraine International PS752 was shot down near Tehran on 2020-01-08 by a Tor-M1. War "
            "since 2026-02-28; ceasefire of 2026-04-08 broken in July 2026."
        ),
    ),
    Recipe(
        id="iran-west",
        file="iran",
        name="Iran west of 54° E",
        kind="conflict",
        group="middle-east",
        rated="Iran",
        shape=IRAN,
        exact=Box(43.0, 24.0, 54.0, 41.0),
        tolerance_km=1.5,
        accuracy_km=25.0,
        basis=f"{SOURCE}: the zone iran west of 54° E, the meridian as published; {SEAS}.",
        notes=(
            "Only notices on this part; those on the whole FIR are with the zone iran. In June "
            "2026 Iran reopened the east for overflights and kept the west closed (OPSGROUP; "
            "NOTAM not read)."
        ),
    ),
    Recipe(
        id="iran-east",
        file="iran",
        name="Iran east of 54° E",
        kind="conflict",
        group="middle-east",
        rated="Iran",
        shape=IRAN,
        exact=Box(54.0, 24.0, 64.0, 41.0),
        tolerance_km=1.5,
        accuracy_km=25.0,
        basis=f"{SOURCE}: the zone iran east of 54° E, the meridian as published; {SEAS}.",
        notes=(
            "Only notices on this part; those on the whole FIR are with the zone iran. Reopened "
            "by Iran for overflights in June 2026, above FL285 on a few routes by one account; "
            "where its own line ran was not seen."
        ),
    ),
    Recipe(
        id="iraq",
        file="iraq",
        name="Iraq (Baghdad FIR)",
        kind="conflict",
        group="middle-east",
        rated="Iraq",
        shape=Provinces("irq"),
        tolerance_km=1.2,
        accuracy_km=4.0,
        weapons=("sa-14",),
        basis=(
            f"{SOURCE}: the whole country, simplified to 1.2 km, without its few sea miles. "
            f"{NOT_FIR}"
        ),
        notes=(
            "A DHL A300 was hit at 8,000 ft near Baghdad on 2003-11-22 by a Strela-3 (recall). "
            "Missiles and drones crossed its airspace in June 2025 and from 2026-02-28."
        ),
    ),
)

ADVISORIES: tuple[Record, ...] = (
    czib(
        "2020-01-r0", "iran", "2020-01", "R0 to R2", "2020-01-28",
        "High risk below FL250 in Iranian airspace: poor coordination, misidentification.",
        level="caution", ceiling_ft=25000.0, ended="2021-10-31",
        confidence=(
            "fair: in force by 2020-01-28 (press), R2 of 2021-10-30 read; first issue and "
            "withdrawal not seen, ended with the day after R2"
        ),
    ),
    czib(
        "2024-03-r0", "iran", "2024-03", "R0 and R1", "2024-10-02",
        "Do not fly in Iranian airspace at any level after the attack of 2024-10-01.",
        ended="2024-11-29", confidence="good: EASA statement in the press; R1 not seen",
    ),
    czib(
        "2024-03-r2", "iran", "2024-03", "R2", "2024-11-29",
        "Do not operate in Iranian airspace at any level.",
        slug="2024-03-r2", expires="2025-01-31", ended="2025-02-01",
    ),
    easa_note(
        "iran-2024", "iran", "Iran", "2024-04-14",
        "Caution in the Tehran FIR: miscalculation and misidentification.",
        ended="2024-10-02",
        confidence=(
            "text not seen: in force by 2024-04-14 (EASA statement in the press), first issue not "
            "seen; counted to CZIB 2024-03"
        ),
    ),
    easa_note(
        "iran-2025", "iran", "Iran", "2025-01-31",
        "Caution in the airspace of Iran, by day only if at all possible.",
        ended="2025-06-13",
        confidence=(
            "text not seen: date in the press, EASA quoted; CZIB 2025-02 supersedes it by name"
        ),
    ),
    czib(
        "2025-03", "iran", "2025-03", "", "2025-07-07",
        "Do not operate in Iranian airspace at any level: fragile ceasefire, defences on alert.",
        slug="2025-03", expires="2025-07-31", ended="2025-08-01",
    ),
    czib(
        "2026-04-r0", "iran", "2026-04", "R0", "2026-07-08",
        "Do not operate in the Tehran FIR at any level.",
        slug="czib-2026-04", expires="2026-08-31", ended="2026-08-31",
    ),
    czib(
        "2026-04-r1", "iran", "2026-04", "R1", "2026-08-31",
        "Do not operate in the Tehran FIR at any level: high alert, attacks round the Strait of "
        "Hormuz.",
        slug="czib-2026-04-r1", expires="2026-09-30", ended="2026-09-30",
    ),
    czib(
        "2026-04-r2", "iran", "2026-04", "R2", "2026-09-30",
        "Do not operate in the Tehran FIR at any level.",
        expires="2026-11-16", confidence=LIST_ONLY,
    ),
    czib(
        "2017-04-r0", "iraq", "2017-04", "R0 to R17", "2017-03-31",
        "Avoid overflights of Iraq: by January 2020 two corridors were excepted, by the last "
        "revisions levels from FL320 up.",
        ended="2025-06-13", exceptions="two corridors (as reported in January 2020)",
        confidence=f"fair: R5 in the press, R17 named in CZIB 2025-02; {EARLIER}",
    ),
    czib(
        "2017-04-r18", "iraq", "2017-04", "R18", "2025-07-07",
        "Taken up again after CZIB 2025-02 ended; text not seen.",
        level="caution", ended="2025-10-31",
        confidence=(
            "text not seen: it must exist between R17 and R19, counted from 2025-07-07, the day "
            "CZIB 2025-02 ended"
        ),
    ),
    czib(
        "2017-04-r19", "iraq", "2017-04", "R19", "2025-10-31",
        "Do not operate in Iraqi airspace below FL320: militias with missiles and drones, "
        "misidentification.",
        slug="czib-2017-04r19", ceiling_ft=32000.0, expires="2026-04-30", ended="2026-05-01",
    ),
    czib(
        "2017-04-r19-above", "iraq", "2017-04", "R19, from FL320 up", "2025-10-31",
        "A fresh risk assessment and contingency plans at every level over Iraq.",
        slug="czib-2017-04r19", level="caution", floor_ft=32000.0, expires="2026-04-30",
        ended="2026-05-01",
    ),
    czib(
        "2026-05-r0", "iraq", "2026-05", "R0", "2026-07-08",
        "Do not operate in the Baghdad FIR at any level.",
        slug="czib-2026-05", expires="2026-08-31", ended="2026-08-31",
    ),
    czib(
        "2026-05-r1", "iraq", "2026-05", "R1", "2026-08-31",
        "Do not operate in the Baghdad FIR at any level: drones, missiles, militias, air defence.",
        slug="czib-2026-05-r1", expires="2026-09-30", ended="2026-09-30",
    ),
    czib(
        "2026-05-r2", "iraq", "2026-05", "R2", "2026-09-30",
        "Do not operate in the Baghdad FIR at any level.",
        expires="2026-11-16", confidence=LIST_ONLY,
    ),
    faa(
        "a0016-18", "iran", "KICZ A0016/18", "2018-09-09",
        "Caution in the Tehran FIR: military activity, air defence on alert, jamming.",
        level="caution", binds=US_ADVICE, ended="2020-01-08",
        confidence=(
            "good: reported by two on 2018-09-11 and later; counted until A0002/20 prohibited the "
            "whole FIR"
        ),
    ),
    faa(
        "a0002-20", "iran", "KICZ A0002/20", "2020-01-08",
        "Flights in the Tehran FIR prohibited; became SFAR 117.",
        ended="2020-10-29",
        confidence=(
            "good: named in SFAR 117; issued in the night of 7 to 8 January 2020, hours before "
            "PS752, counted from the 8th (UTC)"
        ),
    ),
    faa(
        "sfar-117-2020", "iran", "SFAR 117", "2020-10-29",
        "Flights in the Tehran FIR prohibited at all levels.",
        revision="as issued 2020", ended="2024-10-03",
        confidence=f"{RULE} 85 FR 68435, effective 2020-10-29; extended in 2022",
    ),
    faa(
        "sfar-117-2024", "iran", "SFAR 117", "2024-10-03",
        "Flights in the Tehran FIR prohibited at all levels.",
        revision="as extended 2024", expires="2027-10-31",
        confidence=f"{RULE} 89 FR 80384, effective 2024-10-03",
    ),
    faa(
        "sfar-77-1996", "iraq", "SFAR 77", "1996-10-16",
        "Flights over the territory of Iraq prohibited; amended in 2003, after which overflights "
        "above FL200 were allowed (counted as prohibited here, the day was not seen).",
        revision="as issued 1996", ended="2013-01-07",
        confidence="fair: texts of the first issue and of 2003 read in copies; day of issue recall",
    ),
    faa(
        "sfar-77-2012", "iraq", "SFAR 77", "2013-01-07",
        "Flights over Iraq prohibited up to FL200; from August 2014 a NOTAM prohibited all levels "
        "(recall, not held).",
        revision="as amended 2012", ceiling_ft=20000.0, ended="2015-05-11",
        exceptions="Erbil and Sulaymaniyah, on conditions",
        confidence=f"{RULE} 77 FR 72709, effective 2013-01-07",
    ),
    faa(
        "sfar-77-2015", "iraq", "SFAR 77", "2015-05-11",
        "Flights in the Baghdad FIR prohibited.",
        revision="as reissued 2015", ended="2018-10-26",
        confidence=(
            "good: 80 FR 26822 for the date; all levels by recall, overflights from FL260 up were "
            "allowed some time before the rule of 2018"
        ),
    ),
    faa(
        "sfar-77-2018", "iraq", "SFAR 77", "2018-10-26",
        "Flights in the Baghdad FIR prohibited below FL260.",
        revision="as reissued 2018", ceiling_ft=26000.0, ended="2020-10-16",
        confidence=f"{RULE} 83 FR 53985, effective 2018-10-26; level as told in the rule of 2020",
    ),
    faa(
        "a0001-20", "iraq", "KICZ A0001/20", "2020-01-08",
        "Flights in the Baghdad FIR prohibited at all levels.",
        ended="2020-10-16",
        confidence=(
            "good: several press reports, issued in the night of 7 to 8 January 2020, counted from "
            "the 8th (UTC); eased before it ended (recall), which was with the rule of 2020-10-16 "
            "at the latest"
        ),
    ),
    faa(
        "sfar-77-2020", "iraq", "SFAR 77", "2020-10-16",
        "Flights in the Baghdad FIR prohibited below FL320.",
        revision="as amended 2020", ceiling_ft=32000.0, ended="2022-09-20",
        confidence=f"{RULE} 85 FR 65686, effective 2020-10-16",
    ),
    faa(
        "sfar-77-2022", "iraq", "SFAR 77", "2022-09-20",
        "Flights in the Baghdad FIR prohibited below FL320.",
        revision="as extended 2022", ceiling_ft=32000.0, ended="2024-10-16",
        confidence="good: 87 FR 57384 for the date; level as in the rules of 2020 and 2024",
    ),
    faa(
        "sfar-77-2024", "iraq", "SFAR 77", "2024-10-16",
        "Flights in the Baghdad FIR prohibited below FL320.",
        revision="as extended 2024", ceiling_ft=32000.0, expires="2027-10-26",
        confidence=(
            f"{RULE} 89 FR 83421, published 2024-10-16; OPSGROUP prints 2027-10-31 as its "
            "end, the rule 2027-10-26"
        ),
    ),
    national(
        "uk-iran", "United Kingdom", "iran", AIP, "2024-10-03", UK,
        "Do not enter the Tehran FIR.",
    ),
    national(
        "uk-iraq", "United Kingdom", "iraq", AIP, "2022-09-12", UK,
        "Do not enter the Baghdad FIR below FL320.", ceiling_ft=32000.0,
    ),
    national(
        "germany-iran", "Germany", "iran", AIC_DE, "2025-02-15", GERMANY_CAUTION,
        "Take the risk in the Tehran FIR into account (overruled while NOTAM B0437/26 holds).",
        level="caution",
    ),
    national(
        "germany-iran-b0437-26", "Germany", "iran", "NOTAM B0437/26", "2026-06-03", GERMANY,
        "Do not enter the Tehran FIR.", expires="2026-09-03", confidence=COPY_NOTAM,
    ),
    national(
        "germany-iraq", "Germany", "iraq", AIC_DE, "2022-09-02", GERMANY,
        "Do not enter the Baghdad FIR below FL280; take the risk into account above.",
        ceiling_ft=28000.0,
    ),
    national(
        "germany-iraq-above", "Germany", "iraq", f"{AIC_DE}, from FL280 up", "2022-09-02",
        GERMANY_CAUTION,
        "Take the risk in the Baghdad FIR at and above FL280 into account.",
        level="caution", floor_ft=28000.0,
    ),
    national(
        "france-iran-west", "France", "iran-west", AIC_FR, "2020-04-09", FRANCE,
        "Do not enter the Tehran FIR west of 54° E.",
        confidence=f"{COPY}; overruled while NOTAM F1765/26 holds",
    ),
    national(
        "france-iran-east", "France", "iran-east", AIC_FR, "2020-04-09", FRANCE,
        "Not below FL320 in the Tehran FIR east of 54° E.",
        ceiling_ft=32000.0, confidence=f"{COPY}; overruled while NOTAM F1765/26 holds",
    ),
    national(
        "france-iran-f1765-26", "France", "iran", "NOTAM F1765/26", "2026-08-26", FRANCE,
        "Do not enter the Tehran FIR.", expires="2026-09-30", confidence=COPY_NOTAM,
    ),
    national(
        "france-iraq", "France", "iraq", AIC_FR, "2025-08-28", FRANCE,
        "Do not enter the Baghdad FIR.",
        exceptions="M860, L602 and L718 northbound, M688 southbound, at or above FL320",
        confidence=f"{COPY}; overruled while NOTAM F1766/26 holds",
    ),
    national(
        "france-iraq-f1766-26", "France", "iraq", "NOTAM F1766/26", "2026-08-26", FRANCE,
        "Do not enter the Baghdad FIR.", expires="2026-09-30", confidence=COPY_NOTAM,
    ),
    national(
        "canada-iran", "Canada", "iran", AIC_CA, "2020-01-10", CANADA,
        "Do not enter the Tehran FIR.",
    ),
    national(
        "canada-iraq", "Canada", "iraq", AIC_CA, "2021-11-18", CANADA,
        "Not below FL320 in the Baghdad FIR.", ceiling_ft=32000.0,
    ),
    italy("E1456/26", "iran", "Avoid the Tehran FIR."),
    italy("E1451/26", "iraq", "Avoid the Baghdad FIR."),
)  # fmt: skip

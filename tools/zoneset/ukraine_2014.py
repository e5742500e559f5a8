"""Crimea and eastern Ukraine: the notices of 2014 and the years after."""

from __future__ import annotations

from zoneset.header import SOURCE
from zoneset.papers import CZIBS, RULE, UNREAD, US_ADVICE, Record, faa
from zoneset.shapes import Drawn, Provinces, Recipe
from zoneset.ukraine import AZOV_UKRAINE, SIMFEROPOL_WATERS, UKRAINE_LAND

__all__ = ["ADVISORIES", "RECIPES"]

SFAR_113 = "SFAR 113 (14 CFR 91.1607)"
NAA_ADVICE = "authorities of EASA member states, for their operators (recommendation)"

# Restricted area of the Ukrainian NOTAMs of June and July 2014, corners from recall, closed to the
# east well beyond the border, which the country's outline then cuts.
DONBAS_2014 = Drawn(
    (
        (38.3653, 49.8986), (37.3692, 48.8703), (37.0481, 48.0228), (36.9822, 47.2311),
        (37.7236, 46.8383), (38.3333, 46.9833), (38.2233, 47.1117), (39.5, 47.3), (41.0, 47.8),
        (41.0, 50.5), (38.6, 50.5),
    )
)  # fmt: skip

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="crimea",
        file="ukraine",
        name="Crimea and the Simferopol FIR waters",
        kind="conflict",
        group="ukraine",
        shape=Provinces("ukr", only=("Crimea", "Sevastopol")) | SIMFEROPOL_WATERS,
        tolerance_km=1.2,
        accuracy_km=10.0,
        rated="Ukraine",
        basis=(
            f"{SOURCE}: Crimea and Sevastopol; waters by the limits printed in FAA SFAR 113 of "
            "April 2014, which ran along the border of Crimea in the north; simplified to 1.2 km. "
            "The whole Simferopol FIR reaches a little further north, over the mainland."
        ),
        notes=(
            "From 2014-04-03 Russia offered air traffic services in the FIR that Ukraine is "
            "responsible for: two controllers for one airspace. Ukraine closed the sky over the "
            "peninsula (UK-P35Z, still listed in February 2022) and from 2016 on a few routes over "
            "the high sea came back into use. Siberia 1812 was hit off Crimea on 2001-10-04."
        ),
    ),
    Recipe(
        id="eastern-ukraine",
        file="ukraine",
        name="Eastern Ukraine (restricted area of 2014)",
        kind="conflict",
        group="ukraine",
        shape=DONBAS_2014 & (UKRAINE_LAND | AZOV_UKRAINE),
        tolerance_km=1.2,
        accuracy_km=20.0,
        rated="Ukraine",
        hindsight=(
            "Placed from accounts of the restricted area that were published after the loss of "
            "MH17; the notices themselves were issued before it."
        ),
        basis=(
            "Seven corners of the Ukrainian NOTAMs of July 2014, placed from recall, no printed "
            "list of them was found; east of them the border of "
            f"{SOURCE}. It agrees with the press of 2014-07-18: Donetsk and Luhansk regions and "
            "part of Kharkiv region. Simplified to 1.2 km."
        ),
        notes=(
            "Closed below FL260 from 2014-06-06, up to FL320 from 2014-07-14 after military "
            "aircraft were shot down. MH17 was hit at 48.127° N 38.526° E on 2014-07-17 at 13:20 "
            "UTC, at FL330, above the block; Ukraine closed the rest at 14:56 UTC. On the Russian "
            "side NOTAM V6158/14 closed part of the Rostov FIR from 2014-07-17: its area and end "
            "were not found, so it is not held."
        ),
    ),
)

ADVISORIES: tuple[Record, ...] = (
    Record(
        id="easa-sib-2014-10", zones=("crimea",), issuer="EASA", reference="SIB 2014-10",
        level="avoid", binds=NAA_ADVICE, issued="2014-04-03", ended="2016-02-17",
        summary="Avoid the Simferopol FIR: two providers may control flights in one airspace.",
        confidence=(
            "good: text quoted in full by others; ended with SIB 2015-16 R2, whose R0 and R1 of "
            "2015 were not read"
        ),
    ),
    Record(
        id="easa-sib-2015-16", zones=("crimea",), issuer="EASA", reference="SIB 2015-16",
        revision="R2 on", level="avoid", binds=NAA_ADVICE, issued="2016-02-17", ended="2022-02-24",
        summary="Avoidance of the Simferopol FIR lifted for two routes over the western Black Sea.",
        exceptions="routes L851 and M856; by R3 also M860, M854, M435 and M861",
        confidence=(
            "fair: reported by two on R2 and by the Ukrainian provider on R3; withdrawal not seen, "
            "counted until CZIB 2022-01"
        ),
    ),
    Record(
        id="easa-sib-2014-21-r0", zones=("eastern-ukraine",), issuer="EASA",
        reference="SIB 2014-21", revision="R0", level="avoid", binds=NAA_ADVICE,
        issued="2014-07-18", ended="2016-02-19",
        summary="Avoid the restricted areas in the Simferopol and Dnipropetrovsk FIRs.",
        confidence=(
            "fair: announcement in the trade press after the loss of MH17, day not printed there; "
            "counted from 2014-07-18"
        ),
    ),
    Record(
        id="easa-sib-2014-21-r1", zones=("eastern-ukraine", "crimea"), issuer="EASA",
        reference="SIB 2014-21", revision="R1", level="watch", binds=NAA_ADVICE,
        issued="2016-02-19", ended="2022-02-24", url=f"{CZIBS}/sib-2014-21r1",
        summary=(
            "Be aware of what is published: Ukraine's restricted area in the east and prohibited "
            "area over Crimea, and the notices of the US, UK, France and Canada."
        ),
        confidence=(
            "firm as a copy; day of withdrawal not seen, it quotes papers up to 2022-02-12, "
            "counted until CZIB 2022-01"
        ),
    ),
    faa(
        "crimea-2014-04", "crimea", "NOTAM of 2014-04-03", "2014-04-03",
        "Flights over Crimea and the adjacent Black Sea and Azov prohibited until further notice.",
        ended="2014-04-25", confidence="fair: press; number and limits not seen",
    ),
    faa(
        "sfar-113-2014-04", "crimea", SFAR_113, "2014-04-25",
        "Flights in a printed part of the Simferopol FIR prohibited at all levels (as NOTAM FDC "
        "4/7667 of 2014-04-23 had said).",
        revision="as issued 2014", ended="2014-12-29",
        confidence=f"{RULE} 79 FR 22862, effective 2014-04-25",
    ),
    faa(
        "fdc-4-2182", ("crimea", "eastern-ukraine"), "FDC NOTAM 4/2182", "2014-07-18",
        "Flights in the whole Simferopol and Dnipropetrovsk FIRs prohibited, after MH17.",
        ended="2014-12-29",
        confidence=(
            "good: press of 2014-07-17 (US time) and 18; number from recall; counted from the 18th "
            "(UTC); became part of SFAR 113"
        ),
    ),
    faa(
        "sfar-113-2014-12", ("crimea", "eastern-ukraine"), SFAR_113, "2014-12-29",
        "Flights in the whole Simferopol and Dnipropetrovsk FIRs prohibited.",
        revision="as amended 2014", ended="2018-10-19",
        confidence=(
            f"{RULE} 79 FR 77857, effective 2014-12-29; extended on 2015-10-27 and 2016-10-27 (81 "
            "FR 74671), limits restated on 2016-07-22 (81 FR 47699)"
        ),
    ),
    faa(
        "sfar-113-2018", "eastern-ukraine", SFAR_113, "2018-10-19",
        "Flights in part of the Dnipropetrovsk FIR prohibited: east of ABDAR, M853, NIKAD, N604, "
        "GOBUN.",
        revision="as amended 2018", ended="2021-10-06",
        confidence=(
            f"{RULE} 83 FR 52954, published 2018-10-19, extended by 85 FR 65678; summaries read, "
            "the line from the press of 2021"
        ),
    ),
    faa(
        "sfar-113-2018-crimea", "crimea", SFAR_113, "2018-10-19",
        "Prohibition cut back to part of the Simferopol FIR, which part was not read; not extended "
        "beyond 2020-10-27.",
        level="caution", revision="as amended 2018", expires="2020-10-27", ended="2020-10-28",
        confidence=f"{UNREAD}; 83 FR 52954 and 85 FR 65678, summaries read",
    ),
    faa(
        "sfar-113-2021", "eastern-ukraine", SFAR_113, "2021-10-06",
        "Flights in part of the Dnipro FIR prohibited, as before.",
        revision="as extended 2021", expires="2023-10-27", ended="2023-10-26",
        confidence=f"{RULE} 86 FR 55485; removed as obsolete by 88 FR 73529 of 2023-10-26",
    ),
    faa(
        "a0012-21", ("crimea", "eastern-ukraine"), "KICZ A0012/21, A0013/21", "2021-04-17",
        "Extreme caution in the Kyiv, Dnipro and Simferopol FIRs, and in Russia within 100 NM of "
        "them: troops gather at the border.",
        level="caution", binds=US_ADVICE, ended="2022-02-24",
        confidence="fair: press; how long it ran was not seen, counted until the ban of 2022",
    ),
    Record(
        id="ukraine-2014-06", zones=("eastern-ukraine",), issuer="Ukraine",
        reference="NOTAMs of June 2014", level="avoid", binds="all civil aircraft",
        ceiling_ft=26000.0, issued="2014-06-06", ended="2014-07-01",
        summary="Restricted below FL260, state aircraft of Ukraine excepted.",
        confidence=(
            "good: Dutch Safety Board report on MH17 (2015), copied passage: valid 6 to 30 June; "
            "numbers not seen"
        ),
    ),
    Record(
        id="ukraine-a1383-14", zones=("eastern-ukraine",), issuer="Ukraine",
        reference="NOTAM A1383/14, A1384/14", level="avoid", binds="all civil aircraft",
        ceiling_ft=26000.0, issued="2014-06-26", expires="2014-07-28", ended="2014-07-29",
        summary="Restriction below FL260 kept up, for the area and its airways, 1 to 28 July.",
        confidence="good: Dutch Safety Board report on MH17 (2015), copied passage",
    ),
    Record(
        id="ukraine-a1492-14", zones=("eastern-ukraine",), issuer="Ukraine",
        reference="NOTAM A1492/14, A1493/14", level="avoid", binds="all civil aircraft",
        floor_ft=26000.0, ceiling_ft=32000.0, issued="2014-07-14", expires="2014-08-14",
        ended="2014-08-15",
        summary="Restriction extended upwards: FL260 to FL320; above it flights went on.",
        confidence=(
            "good: levels and dates in the Dutch Safety Board report on MH17 (2015) and in the "
            "press of the day"
        ),
    ),
    Record(
        id="ukraine-east-closed-2014", zones=("eastern-ukraine",), issuer="Ukraine",
        reference="closure of the east by NOTAM (A1507/14 on)", level="avoid",
        binds="all civil aircraft", issued="2014-07-18", ended="2022-02-24",
        summary="Closed above FL320 as well, so at all levels, after the loss of MH17.",
        confidence=(
            "good: issued 2014-07-17 14:56 UTC (press), after the loss, so counted from the 18th; "
            "number from recall; the area still listed in February 2022 (SIB 2014-21 R1), NOTAMs "
            "of the years between not read"
        ),
    ),
)  # fmt: skip

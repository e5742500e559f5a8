"""The Sahel and Central Africa."""

from __future__ import annotations

from zoneset.header import SOURCE
from zoneset.papers import (
    AIC_DE,
    AIC_FR,
    AIP,
    CANADA,
    COPY,
    COPY_NOTAM,
    FRANCE,
    GERMANY,
    LIST_ONLY,
    UK,
    US_ADVICE,
    Record,
    czib,
    faa,
    italy,
    national,
)
from zoneset.shapes import Drawn, Provinces, Recipe

__all__ = ["ADVISORIES", "RECIPES"]


NO_NOTICE = (
    "No official notice on its airspace was found (as of 2026-10-03): the zone never counts for "
    "more than watch. "
)

# The source draws the border 1 km west of Goma airport: town and airport put back (recall).
GOMA = Drawn(((29.18, -1.61), (29.248, -1.61), (29.248, -1.685), (29.18, -1.69)))

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="mali",
        file="mali",
        name="Mali",
        kind="conflict",
        group="africa",
        shape=Provinces("mli"),
        tolerance_km=2.0,
        accuracy_km=6.0,
        weapons=("pantsir-s1",),
        basis=(
            f"{SOURCE}: the whole country, the territory that the notices name within the Dakar "
            "and Niamey FIRs; simplified to 2 km."
        ),
        notes=(
            "War in the north and centre since 2012. The FAA named a Pantsir (SA-22) near Bamako "
            "on 2023-02-23 (press). The presidential jet was set on fire at Bamako in September "
            "2024; attacks throughout the country on 2026-04-25. Overflights are kept to published "
            "routes at FL320 and above. Since April 2025 Mali has closed its airspace to flights "
            "from or to Algeria, a quarrel of States and not counted here."
        ),
        rated="Mali",
    ),
    Recipe(
        id="mali-northeast",
        file="mali",
        name="North-eastern Mali (Gao and Kidal)",
        kind="conflict",
        group="africa",
        shape=Provinces("mli", only=("Gao", "Kidal")),
        tolerance_km=2.0,
        accuracy_km=6.0,
        basis=(
            f"{SOURCE}: the regions Gao and Kidal, simplified to 2 km: the part of Mali that lies "
            "in the Niamey FIR whichever way its limit with the Dakar FIR is drawn (recall)."
        ),
        notes=(
            "The French circular asks for FL320 only in the Niamey FIR; the NOTAM for all Mali "
            "that overruled it ran to 2026-09-21. EASA singles out the north-east."
        ),
        rated="Mali",
    ),
    Recipe(
        id="niger",
        file="sahel",
        name="Niger",
        kind="conflict",
        group="africa",
        shape=Provinces("ner"),
        tolerance_km=2.5,
        accuracy_km=6.0,
        basis=f"{SOURCE}: the whole country, simplified to 2.5 km.",
        notes=(
            f"{NO_NOTICE}Coup on 2023-07-26, airspace closed until 2023-09-04. Since 2023-09-24 "
            "Niger bars French aircraft: a quarrel of States, not a warning, so no notice is held. "
            "OPSGROUP sees a risk of misidentification."
        ),
        rated="Niger",
    ),
    Recipe(
        id="burkina-faso",
        file="sahel",
        name="Burkina Faso",
        kind="conflict",
        group="africa",
        shape=Provinces("bfa"),
        tolerance_km=2.5,
        accuracy_km=6.0,
        basis=f"{SOURCE}: the whole country, simplified to 2.5 km.",
        notes=f"{NO_NOTICE}Armed groups hold much of the north and east (recall).",
    ),
    Recipe(
        id="chad",
        file="sahel",
        name="Chad",
        kind="conflict",
        group="africa",
        shape=Provinces("tcd"),
        tolerance_km=2.5,
        accuracy_km=6.0,
        basis=f"{SOURCE}: the whole country, simplified to 2.5 km.",
        notes=(
            f"{NO_NOTICE}OPSGROUP advises against landings. N'Djamena airport was closed for two "
            "days in April 2021 after the death of the president; the war in Sudan is next door."
        ),
        rated="Chad",
    ),
    Recipe(
        id="central-african-republic",
        file="central-african-republic",
        name="Central African Republic",
        kind="conflict",
        group="africa",
        shape=Provinces("caf"),
        tolerance_km=2.5,
        accuracy_km=6.0,
        basis=f"{SOURCE}: the whole country, simplified to 2.5 km.",
        notes=f"{NO_NOTICE}Armed groups in the provinces since 2012 (recall).",
    ),
    Recipe(
        id="drc-east",
        file="drc-east",
        name="Eastern DR Congo (North and South Kivu)",
        kind="conflict",
        group="africa",
        shape=Provinces("cod", only=("Nord-Kivu", "Sud-Kivu")) | GOMA,
        tolerance_km=0.5,
        accuracy_km=10.0,
        basis=(
            f"{SOURCE}: the provinces North and South Kivu, simplified to 0.5 km, the town of "
            "Goma mended by hand: the heart of the area that the notices name by distance from the "
            "eastern border or as the whole Kinshasa FIR. Ituri (Bunia) and the rest of the east "
            "are left out."
        ),
        notes=(
            "A Congolese fighter was hit at Goma from the Rwandan side on 2023-01-24. M23 took "
            "Goma in January and Bukavu airport in February 2025; both airports closed. Fighting "
            "went on in 2026."
        ),
    ),
)

ADVISORIES: tuple[Record, ...] = (
    czib(
        "2017-01-r0", "mali", "2017-01", "R0 to R17", "2017-03-31",
        "High risk over Mali below FL260; by the last of these: do not operate there.",
        ceiling_ft=26000.0, ended="2025-04-30",
        confidence=(
            "fair: a revision of 2023-10-31 read in part, R17 known from R18, which left the "
            "content as it was; the others not seen"
        ),
    ),
    czib(
        "2017-01-r18", "mali", "2017-01", "R18 and R19", "2025-04-30",
        "Avoid Mali below FL260, the north-east above all.",
        slug="czib-2017-01r18", ceiling_ft=26000.0, ended="2026-04-17",
        confidence="firm for R18 (read, valid to 2025-10-31); R19 not seen, R20 reads the same",
    ),
    czib(
        "2017-01-r20", "mali", "2017-01", "R20", "2026-04-17",
        "Do not operate over Mali below FL260, the north-east above all.",
        slug="czib-2017-01r20", ceiling_ft=26000.0, expires="2026-10-31", ended="2026-09-30",
    ),
    czib(
        "2017-01-r21", "mali", "2017-01", "R21", "2026-09-30",
        "Do not operate over Mali below FL260, the north-east above all.",
        ceiling_ft=26000.0, expires="2027-04-30", confidence=LIST_ONLY,
    ),
    faa(
        "kicz-mali-2015", "mali", "KICZ NOTAMs of 2015 to 2022", "2015-02-26",
        "Avoid Mali below FL260.",
        binds=US_ADVICE, ceiling_ft=26000.0, ended="2023-02-23",
        confidence="fair: first one and its level in the press of 2015; later ones not seen",
    ),
    faa(
        "kicz-mali-2023", "mali", "KICZ NOTAMs of 2023 to 2025", "2023-02-23",
        "Caution over Mali at all levels: an advanced air-defence system is in the country.",
        level="caution", binds=US_ADVICE, ended="2026-02-20",
        confidence="good: press and OPSGROUP on the first one; yearly reissues not seen",
    ),
    faa(
        "a0023-26", "mali", "KICZ A0023/26", "2026-02-20",
        "Caution over Mali at all levels: fighting, armed groups, advanced air defence.",
        level="caution", binds=US_ADVICE, expires="2027-02-21", confidence=COPY_NOTAM,
    ),
    national(
        "uk-mali", "United Kingdom", "mali", AIP, "2023-03-17", UK,
        "Take the risk over Mali into account.", level="caution",
        confidence=f"{COPY}; overruled while NOTAM V0026/26 holds",
    ),
    national(
        "uk-mali-v0026-26", "United Kingdom", "mali", "NOTAM V0026/26", "2026-08-04", UK,
        "Do not enter the airspace of Mali below 25,000 ft above the ground.",
        ceiling_ft=25000.0, expires="2026-11-02", confidence=COPY_NOTAM,
    ),
    national(
        "germany-mali", "Germany", "mali", AIC_DE, "2024-11-19", GERMANY,
        "Do not enter the airspace of Mali below FL260.", ceiling_ft=26000.0,
    ),
    national(
        "france-mali", "France", "mali-northeast", AIC_FR, "2020-04-09", FRANCE,
        "Not below FL320 in the part of the Niamey FIR over Mali.", ceiling_ft=32000.0,
        confidence=f"{COPY}; overruled while NOTAM F1408/26 held",
    ),
    national(
        "france-mali-f1408-26", "France", "mali", "NOTAM F1408/26", "2026-06-26", FRANCE,
        "Not below FL320 over Mali; do not serve Bamako nor name it as an alternate.",
        ceiling_ft=32000.0, expires="2026-09-21", confidence=COPY_NOTAM,
    ),
    national(
        "canada-mali-h5014-26", "Canada", "mali", "NOTAM H5014/26", "2026-08-07", CANADA,
        "Not below FL320 over Mali.",
        ceiling_ft=32000.0, expires="2026-11-06", confidence=COPY_NOTAM,
    ),
    italy(
        "E1458/26", "mali", "Avoid the airspace of Mali below 25,000 ft above the ground.",
        ceiling_ft=25000.0,
    ),
    national(
        "uk-drc-east", "United Kingdom", "drc-east", "NOTAM of 2025-02-12", "2025-02-12", UK,
        "Do not enter the Kinshasa FIR near the eastern border of DR Congo below 25,000 ft above "
        "the ground.",
        ceiling_ft=25000.0,
        confidence=(
            "weak: within 200 NM of the whole eastern border by one report, within 100 NM between "
            "1° N and 2° S by another of 2025-02-19; number and end not seen; OPSGROUP's listing "
            "of 2026-09-03 says that a warning on the east stands, its wording not read"
        ),
    ),
    national(
        "canada-drc-east", "Canada", "drc-east", "NOTAM of February 2025", "2025-02-19", CANADA,
        "Do not enter the Kinshasa FIR below FL260.",
        ceiling_ft=26000.0,
        confidence=(
            "weak: in force by 2025-02-19 (one report), day of issue, number and end not seen; "
            "OPSGROUP's listing of 2026-09-03 says that a warning on the east stands, its wording "
            "not read"
        ),
    ),
)  # fmt: skip

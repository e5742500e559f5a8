"""The Sahel and Central Africa."""

from __future__ import annotations

from zoneset.header import SOURCE
from zoneset.shapes import KM_PER_NM, Box, Drawn, Provinces, Recipe, Within

__all__ = ["RECIPES"]


NO_NOTICE = (
    "No official notice on its airspace was found (as of 2026-10-03), and the FAA has none (its "
    "page of 2026-09-14): the zone never counts for more than watch. "
)

# The source draws the border 1 km west of Goma airport: town and airport put back (recall).
GOMA = Drawn(((29.18, -1.61), (29.248, -1.61), (29.248, -1.685), (29.18, -1.69)))

# The neighbours beyond the eastern boundary of the Kinshasa FIR, as far as they matter here.
BEYOND = Provinces("uga") | Provinces("rwa") | Provinces("bdi") | Provinces("tza")
EAST_OF_CONGO = BEYOND & Box(28.0, -9.0, 36.0, 4.0)

FROM_1_N_TO_5_S = Box(22.0, -5.0, 32.0, 1.0)
FROM_1_N_TO_2_S = Box(22.0, -2.0, 32.0, 1.0)
CONGO = Provinces("cod") | GOMA

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
        name="Eastern DR Congo (within 200 NM of the border, 1° N to 5° S)",
        kind="conflict",
        group="africa",
        shape=Within(EAST_OF_CONGO, 200 * KM_PER_NM) & CONGO & FROM_1_N_TO_5_S,
        exact=FROM_1_N_TO_5_S,
        tolerance_km=0.5,
        accuracy_km=10.0,
        basis=(
            "The area of the British warning: DR Congo within 200 NM of Uganda, Rwanda, Burundi "
            "and Tanzania, between 1° N and 5° S, the parallels exact. Borders, which stand for "
            f"the eastern boundary of the Kinshasa FIR: {SOURCE}, the town of Goma mended by hand; "
            "simplified to 0.5 km."
        ),
        notes=(
            "A Congolese fighter was hit at Goma from the Rwandan side on 2023-01-24. M23 took "
            "Goma in January and Bukavu airport in February 2025; both airports closed. Fighting "
            "went on in 2026. Bunia lies outside, Kindu inside. The FAA and EASA have no notice on "
            "DR Congo (the FAA's page of 2026-09-14, EASA's list of 2026-10-03)."
        ),
    ),
    Recipe(
        id="drc-east-2024",
        file="drc-east",
        name="Eastern DR Congo (within 100 NM of the border, 1° N to 2° S, until 2025)",
        kind="conflict",
        group="africa",
        shape=Within(EAST_OF_CONGO, 100 * KM_PER_NM) & CONGO & FROM_1_N_TO_2_S,
        exact=FROM_1_N_TO_2_S,
        tolerance_km=0.5,
        accuracy_km=10.0,
        basis=(
            "The area of the British warnings of 2024: DR Congo within 100 NM of Uganda, Rwanda "
            f"and Burundi, between 1° N and 2° S, the parallels exact. Borders: {SOURCE}, the town "
            "of Goma mended by hand; simplified to 0.5 km."
        ),
        notes=(
            "History: on 2025-02-05 the wider area, drc-east, took its place. Goma lies inside, "
            "Bukavu outside."
        ),
    ),
)

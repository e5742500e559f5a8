"""The Gulf States, Oman, Saudi Arabia, and the waters of the Persian Gulf and the Gulf of Oman."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.iran_iraq import GULF_IRAN
from zoneset.shapes import KM_PER_NM, Box, Drawn, Provinces, Recipe, Within

__all__ = ["RECIPES"]


# Water left between the islands of Bahrain, with the airport of Muharraq in it; the made ground of
# Hamad airport, which the source is too old to have; the channels of Abu Dhabi (by hand, recall).
MUHARRAQ = Drawn(((50.56, 26.19), (50.70, 26.19), (50.70, 26.32), (50.56, 26.26)))
HAMAD = Drawn(((51.54, 25.21), (51.645, 25.21), (51.645, 25.33), (51.54, 25.33)))
ABU_DHABI = Drawn(((54.36, 24.43), (54.50, 24.36), (54.58, 24.40), (54.46, 24.48)))

BAHRAIN = Provinces("bhr") | MUHARRAQ
QATAR = Provinces("qat") | HAMAD
EMIRATES = Provinces("are") | ABU_DHABI
LAND = (
    Provinces("irn")
    | Provinces("irq")
    | Provinces("kwt")
    | Provinces("sau")
    | BAHRAIN
    | QATAR
    | EMIRATES
    | Provinces("omn")
)

# Arab side of the Gulf, kept about 3 to 5 km south of the limit of the Tehran FIR and as far east
# of the waters off Saudi Arabia; over land it runs anywhere.
GULF_ARAB = Drawn(
    (
        (47.40, 29.80), (48.05, 29.93), (48.38, 29.82), (48.74, 29.82), (49.60, 29.20),
        (49.41, 29.00), (49.61, 28.70), (50.13, 28.03), (50.73, 27.25), (50.88, 27.05),
        (51.14, 26.88), (51.72, 26.70), (52.72, 26.40), (53.93, 26.03), (55.33, 25.58),
        (55.63, 25.86), (56.09, 26.27), (56.20, 26.20), (56.25, 25.90), (56.10, 25.60),
        (55.90, 25.30), (55.50, 24.90), (54.90, 24.20), (54.00, 23.80), (51.90, 24.05),
        (52.00, 24.35), (51.62, 24.75), (51.30, 24.90), (51.00, 25.00), (50.72, 25.25),
        (50.63, 25.54), (50.43, 25.80), (50.32, 26.08), (50.42, 26.50), (50.52, 26.60),
        (49.91, 27.18), (49.17, 27.85), (48.92, 28.24), (48.72, 28.54), (48.45, 28.58),
        (47.80, 28.60),
    )
)  # fmt: skip

# Off the Saudi coast, kept about 3 to 5 km west of the Bahrain FIR.
GULF_SAUDI = Drawn(
    (
        (48.40, 28.50), (48.65, 28.50), (48.82, 28.21), (49.09, 27.80), (49.83, 27.11),
        (50.40, 26.60), (50.35, 26.54), (50.24, 26.08), (50.35, 25.77), (50.52, 25.54),
        (50.60, 25.25), (50.66, 24.95), (50.60, 24.60), (50.20, 24.80), (49.40, 25.80),
        (48.80, 27.00), (48.20, 27.90),
    )
)  # fmt: skip

# Muscat FIR from the Strait of Hormuz to a line from Ra's al-Hadd towards Jiwani, without the
# Emirates' strip off Fujairah; kept a few km off the Tehran and Emirates FIRs.
GULF_OF_OMAN = Drawn(
    (
        (56.12, 26.31), (56.45, 26.63), (56.71, 26.15), (56.71, 25.56), (57.48, 24.96),
        (58.00, 24.91), (61.33, 24.62), (59.83, 22.53), (59.40, 22.30), (58.40, 23.10),
        (57.60, 23.40), (57.00, 23.60), (56.50, 24.32), (56.56, 24.30), (56.93, 24.70),
        (56.64, 24.97), (56.61, 25.49), (56.34, 25.51), (56.20, 25.66), (56.20, 26.10),
    )
)  # fmt: skip

# Between the waters above and the Iranian side, drawn a little inside on either hand, nothing is
# left open: the strip, some 16 km wide, is counted with the Arab waters.
SEAM_GULF = Drawn(
    (
        (48.40, 29.70), (48.70, 30.20), (49.60, 29.75), (50.20, 28.90), (50.60, 28.20),
        (51.20, 27.50), (52.30, 27.00), (53.40, 26.60), (54.40, 26.40), (55.20, 26.50),
        (56.20, 26.90), (56.00, 26.10), (55.25, 25.55), (53.90, 25.90), (52.70, 26.25),
        (51.70, 26.55), (51.12, 26.78), (50.82, 26.98), (50.05, 28.00), (49.50, 28.70),
        (49.35, 29.00), (48.74, 29.70),
    )
)  # fmt: skip
SEAM_OMAN = Drawn(
    (
        (56.20, 26.90), (56.90, 26.60), (57.30, 25.90), (57.70, 25.45), (58.40, 25.25),
        (61.40, 25.00), (61.20, 24.50), (58.00, 24.85), (57.45, 24.90), (56.65, 25.55),
        (56.65, 26.10), (56.40, 26.50), (56.12, 26.31),
    )
)  # fmt: skip

# Between the waters off Saudi Arabia and those of Bahrain and Kuwait, which are drawn inside their
# limits too: counted with the Saudi ones, and some 2 km into the others, so that nothing is open.
SEAM_SAUDI = Drawn(
    (
        (48.40, 28.50), (48.65, 28.50), (48.82, 28.21), (49.09, 27.80), (49.83, 27.11),
        (50.40, 26.60), (50.35, 26.54), (50.24, 26.08), (50.35, 25.77), (50.52, 25.54),
        (50.60, 25.25), (50.66, 24.95), (51.02, 25.02), (50.74, 25.26), (50.65, 25.55),
        (50.45, 25.81), (50.34, 26.09), (50.44, 26.50), (50.54, 26.61), (49.93, 27.20),
        (49.19, 27.87), (48.94, 28.26), (48.74, 28.56), (48.45, 28.60),
    )
)  # fmt: skip

WATERS = "gulf-waters"

BY_HAND = (
    "the sea drawn by hand from recall and held against public outlines of the FIRs, 3 to 5 km "
    "inside, but up to 16 km off along the middle of the Gulf; coasts from "
    f"{SOURCE}, islets under 60 km² counted as water; simplified to 1 km."
)
COUNTRY = f"{SOURCE}: land and islands of 60 km² or more, simplified to"
WAR_2026 = (
    "Missiles and drones since 2026-02-28, when the airspace was closed for days; ceasefire on "
    "2026-04-08, broken in July 2026, calmer in August."
)

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="bahrain", file="gulf-states", name="Bahrain (land)", kind="conflict",
        group="gulf", rated="Bahrain", shape=BAHRAIN, tolerance_km=0.3, accuracy_km=3.0,
        basis=(
            f"{COUNTRY} 0.3 km, with the water between Manama and Muharraq placed by hand (recall)."
            " The Bahrain FIR reaches far over the Gulf: see gulf-waters."
        ),
        notes=f"{WAR_2026} The airport was hit in the first days of March 2026.",
    ),
    Recipe(
        id="kuwait", file="gulf-states", name="Kuwait (land)", kind="conflict",
        group="gulf", rated="Kuwait", shape=Provinces("kwt"), tolerance_km=0.6,
        accuracy_km=4.0, basis=f"{COUNTRY} 0.6 km. {NOT_FIR}",
        notes=(
            f"{WAR_2026} The airport was damaged in March 2026. In July 2026 the Kuwait FIR was "
            "open to arrivals and departures only, overflights were prohibited (OPSGROUP; text not "
            "read)."
        ),
    ),
    Recipe(
        id="qatar", file="gulf-states", name="Qatar (land)", kind="conflict",
        group="gulf", rated="Qatar", shape=QATAR, tolerance_km=0.6, accuracy_km=4.0,
        basis=(
            f"{COUNTRY} 0.6 km, with the made ground of Hamad airport placed by hand (recall). "
            f"{NOT_FIR}"
        ),
        notes=f"{WAR_2026} Iran fired missiles at Al Udeid air base on 2025-06-23.",
    ),
    Recipe(
        id="emirates", file="gulf-states", name="United Arab Emirates (land)", kind="conflict",
        group="gulf", shape=EMIRATES, tolerance_km=1.0, accuracy_km=4.0,
        basis=(
            f"{COUNTRY} 1 km, with the channels about Abu Dhabi placed by hand (recall). {NOT_FIR}"
        ),
        notes=(
            f"{WAR_2026} Dubai and Abu Dhabi airports were hit by drones or debris on 2026-02-28 "
            "and 2026-03-01 (one killed), Dubai again on 2026-03-16. The national notices on the "
            "Emirates were not in the copy read."
        ),
    ),
    Recipe(
        id=WATERS, file="gulf-waters", kind="conflict", group="gulf", holes=True,
        name="Persian Gulf, waters in the Kuwait, Bahrain, Doha and Emirates FIRs",
        shape=(GULF_ARAB | (SEAM_GULF - GULF_OF_OMAN)) - GULF_IRAN - LAND,
        tolerance_km=1.0, accuracy_km=15.0,
        basis=(
            f"Waters only: {BY_HAND} Without the Iranian side, the waters off Saudi Arabia and the "
            "bay between the Emirates, Saudi Arabia and Qatar."
        ),
        notes=(
            "Attacks on ships, missiles and drones round the Strait of Hormuz in 2026. From "
            "2026-08-31 EASA excepts flights to and from aerodromes in the five FIRs."
        ),
    ),
    Recipe(
        id="gulf-waters-saudi", file="gulf-waters", kind="conflict", group="gulf",
        name="Persian Gulf, waters off Saudi Arabia (Jeddah FIR)", holes=True,
        shape=(GULF_SAUDI | SEAM_SAUDI) - LAND, tolerance_km=1.0, accuracy_km=15.0,
        basis=f"Waters only: {BY_HAND} It meets the waters of Kuwait and Bahrain without a gap.",
        notes=(
            "The FAA names the Jeddah FIR for the Gulf, EASA's bulletin 2026-07 does not; its "
            "bulletin 2026-09 on Saudi Arabia is counted here. On 2026-10-05 the Houthis declared "
            "all Saudi airspace unsafe for airlines (one account)."
        ),
    ),
    Recipe(
        id="gulf-of-oman-west", file="gulf-waters", kind="conflict", group="gulf",
        name="Gulf of Oman west of 58° E, waters in the Muscat FIR",
        shape=(GULF_OF_OMAN | (SEAM_OMAN - GULF_ARAB)) - GULF_IRAN - LAND,
        exact=Box(55.0, 22.0, 58.0, 27.0), tolerance_km=1.0,
        accuracy_km=15.0,
        basis=(
            f"Waters only: {BY_HAND} Cut at 58° E as published. The Omani waters round Musandam "
            "are counted with it: the notices do not say where one gulf ends and the other begins. "
            "The strip off Fujairah is in the Emirates FIR and left out."
        ),
        notes="Attacks on ships and US action round the Strait of Hormuz in 2026.",
    ),
    Recipe(
        id="gulf-of-oman-east", file="gulf-waters", kind="conflict", group="gulf",
        name="Gulf of Oman east of 58° E, waters in the Muscat FIR",
        shape=(GULF_OF_OMAN | SEAM_OMAN) - GULF_IRAN - LAND,
        exact=Box(58.0, 22.0, 62.0, 26.0), tolerance_km=1.0,
        accuracy_km=15.0,
        basis=(
            f"Waters only: {BY_HAND} East of 58° E, as far as a line from Ra's al-Hadd towards "
            "Jiwani on the coast of Pakistan."
        ),
        notes="Only the FAA speaks of this part; EASA's bulletin 2026-07 ends at 58° E.",
    ),
    Recipe(
        id="oman", file="oman", name="Oman (land)", kind="conflict", group="gulf",
        rated="Oman", shape=Provinces("omn"), tolerance_km=1.2, accuracy_km=5.0,
        basis=f"{COUNTRY} 1.2 km, Musandam among them. {NOT_FIR}",
        notes="Open throughout 2026, on the way round the war; close to the Strait of Hormuz.",
    ),
    Recipe(
        id="saudi-arabia", file="saudi-arabia", name="Saudi Arabia (land)", kind="conflict",
        group="saudi-arabia", shape=Provinces("sau"), tolerance_km=2.5, accuracy_km=8.0,
        basis=f"{COUNTRY} 2.5 km. {NOT_FIR}",
        notes=(
            "Open in 2026, on the way round the war, until the Houthis attacked: on 2026-07-14 "
            "they warned airlines off Saudi airspace, in September 2026 their attacks grew, on "
            "2026-10-05 they declared all of it unsafe for airlines (one account each). Abha "
            "airport was hit on 2026-10-06, Riyadh (RUH) on 2026-10-07, 2026-10-08 and 2026-10-10; "
            "three people were killed on the first two days and three on 2026-10-08, by the Saudi "
            "authority as quoted in the press. Nothing later is held, no notice on it either. "
            "Earlier Houthi missiles and drones from 2017 to March 2022, on Riyadh, Jeddah and the "
            "south-west."
        ),
    ),
    Recipe(
        id="saudi-south-west", file="saudi-arabia", kind="conflict", group="saudi-arabia",
        name="Saudi Arabia: south-west, by the border of Yemen",
        shape=Provinces("sau", ("Jizan", "`Asir"))
        | (Provinces("sau", ("Najran",)) & Box(43.0, 16.5, 46.0, 20.0)),
        tolerance_km=2.0, accuracy_km=30.0,
        basis=(
            f"{SOURCE}: Jizan, Asir, and Najran west of 46° E, simplified to 2 km. They stand for "
            "the south-western sector of the Jeddah FIR of a German notice of 2017, known from the "
            "press; its printed limits were not seen."
        ),
        notes=(
            "Abha airport was hit again on 2026-10-06 (press; with Riyadh on the next day three "
            "killed), after the Houthis had declared all Saudi airspace unsafe for airlines on "
            "2026-10-05 (one account). "
            "Houthi missiles and drones hit Abha airport on 2019-06-12 (one killed), 2019-07-02, "
            "2021-02-10 (an A320 on the ground) and 2021-08-31. On 2026-07-13 it was fired at "
            "again, and Saudi Arabia closed Abha, Jizan, Najran and Sharurah by NOTAM (press; text "
            "and end not seen). EASA's bulletin of 2018 printed the whole Jeddah FIR as its area. "
            "French, German and Canadian notices of 2022 are known by number only."
        ),
    ),
    Recipe(
        id="saudi-near-israel", file="saudi-arabia", kind="conflict", group="saudi-arabia",
        name="Saudi Arabia within 100 NM of Israel's southern border (history)",
        shape=Within(Provinces("isr") & Box(34.0, 29.3, 35.6, 30.0), 100 * KM_PER_NM)
        & Provinces("sau"),
        tolerance_km=2.0, accuracy_km=10.0,
        basis=(
            f"{SOURCE}: the land of Saudi Arabia within 100 NM of Israel south of 30° N, "
            "simplified to 2 km; inside on any reading of the notices, which count from the "
            "borders of Israel and include the waters of the Jeddah FIR."
        ),
        notes=(
            "History: EASA asked for caution round Israel in 2024 and 2025. The ring of 120 NM "
            "about Aqaba of its bulletin of 2023 is not drawn."
        ),
    ),
)  # fmt: skip

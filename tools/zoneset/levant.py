"""Lebanon, Syria and its vicinity, Israel, Jordan and Sinai."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.papers import (
    AIC_CA,
    AIC_FR,
    AIP,
    CANADA,
    CANADA_BAN,
    COPY_NOTAM,
    EARLIER,
    EXCEPT_BEIRUT,
    FRANCE,
    GERMANY,
    GERMANY_BAN,
    GERMANY_CAUTION,
    LIST_ONLY,
    RULE,
    UK,
    UK_BAN,
    US_ADVICE,
    Record,
    czib,
    easa_note,
    faa,
    italy,
    national,
)
from zoneset.shapes import KM_PER_NM, Drawn, Offshore, Provinces, Recipe, Within

__all__ = ["ADVISORIES", "RECIPES"]


# Beirut FIR: off the coast to about 34.65° E (its western corner is at 34.5° E in VAT-Spy data).
LEBANON_WATERS = Drawn(
    (
        (35.30, 33.12), (35.05, 33.12), (34.75, 33.20), (34.65, 34.40), (35.30, 34.60),
        (35.95, 34.62), (36.10, 34.50), (35.60, 33.70),
    )
)  # fmt: skip

# Coasts along which 12 NM of sea are added: kept off the neighbours' shores.
SYRIA_COAST = Drawn(
    (
        (35.3, 34.66), (35.3, 35.88), (35.98, 35.88), (36.1, 34.66),
    )
)  # fmt: skip

TWELVE_NM_KM = 22.224

SYRIA = Provinces("syr") | Offshore(Provinces("syr"), TWELVE_NM_KM, SYRIA_COAST)

# Tel Aviv FIR: the sea to 34.05° E, a little inside its western edge at 34.0° E (recall).
ISRAEL_WATERS = Drawn(
    (
        (34.22, 31.335), (34.05, 31.60), (34.05, 33.04), (35.09, 33.08), (35.20, 33.00),
        (35.05, 32.60), (34.95, 32.20), (34.70, 31.70), (34.40, 31.35), (34.28, 31.25),
    )
)  # fmt: skip

# Round Ramon airport (ETM) the border of the source runs up to 2 km too far west (recall).
RAMON = Drawn(
    (
        (34.970, 29.67), (35.000, 29.67), (35.020, 29.70), (35.024, 29.73), (35.030, 29.76),
        (35.030, 29.79), (35.000, 29.80),
    )
)  # fmt: skip

CANADA_INFORMATION = (
    "Canadian operators and owners of Canadian-registered aircraft (level 1, information)"
)
BY_OPSGROUP = "summary in OPSGROUP's page on Egypt of about 2023"
LAST_SEEN = (
    "no validity printed: last seen in force in CZIB 2017-09 R13 of 2023-10-31, which stands as "
    "its last sure day; gone by 2025-06-13 (OPSGROUP), on which day is not known"
)

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="lebanon",
        file="lebanon",
        name="Lebanon (Beirut FIR)",
        kind="conflict",
        group="middle-east",
        shape=Provinces("lbn") | LEBANON_WATERS,
        tolerance_km=0.5,
        accuracy_km=15.0,
        rated="Lebanon",
        basis=(
            f"{SOURCE}: the whole country, and the sea to about 34.65° E placed by hand from "
            f"recall; simplified to 0.5 km. {NOT_FIR} Land borders are good to about 3 km."
        ),
        notes=(
            "Israeli strikes since 2024, again through 2026. EASA excepts Beirut approached from "
            "the sea. It lies wholly within 200 NM of Syria."
        ),
    ),
    Recipe(
        id="syria",
        file="syria",
        name="Syria (Damascus FIR)",
        kind="conflict",
        group="middle-east",
        shape=SYRIA,
        tolerance_km=1.2,
        accuracy_km=6.0,
        rated="Syria",
        basis=(
            f"{SOURCE}: the whole country with the Golan as the source has it, and 12 NM of sea "
            f"off its coast; simplified to 1.2 km. {NOT_FIR}"
        ),
        notes="War since 2011; a change of power in December 2024; foreign air strikes since.",
    ),
    Recipe(
        id="syria-vicinity",
        file="syria",
        name="Surroundings of Syria (200 NM around the Damascus FIR)",
        kind="conflict",
        group="middle-east",
        shape=Within(Provinces("syr"), 200 * KM_PER_NM) - SYRIA,
        holes=True,
        tolerance_km=2.0,
        accuracy_km=25.0,
        basis=(
            f"{SOURCE}: all within 200 NM of the land of Syria, Syria itself and its 12 NM of sea "
            "left out; simplified to 2 km. The notices count from the Damascus FIR, which reaches "
            "a little further out to sea: there the belt is drawn too narrow."
        ),
        notes=(
            "A Russian Il-20 was shot down in error off the Syrian coast in September 2018; a "
            "stray Syrian missile came down in Israel on 2021-04-22. The notices warn of stray "
            "long-range missiles, jamming and military flights."
        ),
    ),
    Recipe(
        id="israel",
        file="israel",
        name="Israel and the Palestinian territories (Tel Aviv FIR)",
        kind="conflict",
        group="middle-east",
        shape=Provinces("isr") | Provinces("psx") | ISRAEL_WATERS | RAMON,
        tolerance_km=0.5,
        accuracy_km=12.0,
        rated="Israel",
        basis=(
            f"{SOURCE}: Israel, the West Bank and the Gaza Strip together, as the notices name one "
            "FIR for all of them, the Golan Heights as the source has them; no position on borders "
            "is meant. The sea to 34.05° E and the border by Ramon airport placed by hand from "
            "recall; simplified to 0.5 km. "
            f"{NOT_FIR} Land borders are good to about 3 km."
        ),
        notes=(
            "War since 2023-10-07; missiles and drones exchanged with Iran in April and October "
            "2024, in June 2025 and from 2026-02-28, when the airspace was closed and reopened "
            "several times. In July 2014 the FAA stopped US flights to Tel Aviv for two days (not "
            "held here: it spoke of one airport)."
        ),
    ),
    Recipe(
        id="jordan",
        file="jordan",
        name="Jordan (Amman FIR)",
        kind="conflict",
        group="middle-east",
        shape=Provinces("jor") - RAMON,
        tolerance_km=0.5,
        accuracy_km=5.0,
        rated="Jordan",
        basis=(
            f"{SOURCE}: the whole country, simplified to 0.5 km; the border by Ramon airport in "
            f"Israel corrected by hand. {NOT_FIR}"
        ),
        notes=(
            "Missiles and drones between Iran and Israel crossed it in April 2024, June 2025 and "
            "in 2026; Iranian attacks on targets in Jordan in July 2026, none seen in August."
        ),
    ),
    Recipe(
        id="sinai",
        file="sinai",
        name="North Sinai (Egypt)",
        kind="conflict",
        group="middle-east",
        shape=Provinces("egy", only=("Shamal Sina'",)),
        tolerance_km=1.0,
        accuracy_km=6.0,
        rated="Egypt",
        basis=(
            f"{SOURCE}: the governorate of North Sinai, which EASA names, simplified to 1 km. The "
            "FAA's area (the peninsula) and Germany's (its northern part, 29.5° N to 31.3° N) "
            "reach further. All of it lies within 100 NM of Israel."
        ),
        notes=(
            "History: militants with shoulder-launched missiles from 2014 on; all notices on the "
            "danger below FL260 had ended by June 2025. A bomb brought down an A321 from Sharm el "
            "Sheikh on 2015-10-31; Libyan LN114 was shot down over Sinai on 1973-02-21 (place: "
            "recall)."
        ),
    ),
)

ADVISORIES: tuple[Record, ...] = (
    czib(
        "2024-01-r0", "lebanon", "2024-01", "R0 to R4", "2024-09-28",
        "Do not fly in Lebanese airspace.",
        ended="2025-06-13",
        confidence=f"good: press on the first issue, R4 named in CZIB 2025-02; {EARLIER}",
    ),
    czib(
        "2024-01-r5", "lebanon", "2024-01", "R5 and R6", "2025-07-07",
        "Taken up again after CZIB 2025-02 ended; text not seen.",
        level="caution", ended="2026-01-26",
        confidence=(
            "text not seen: they must exist between R4 and R7, counted from 2025-07-07, the day "
            "CZIB 2025-02 ended"
        ),
    ),
    czib(
        "2024-01-r7", "lebanon", "2024-01", "R7", "2026-01-26",
        "Do not operate in Lebanese airspace at any level.",
        slug="2024-01-r7", expires="2026-04-30", ended="2026-05-01", exceptions=EXCEPT_BEIRUT,
    ),
    czib(
        "2026-06-r0", "lebanon", "2026-06", "R0", "2026-07-08",
        "Do not operate in the Beirut FIR at any level, Beirut airport included.",
        slug="czib-2026-06", expires="2026-08-31", ended="2026-08-31",
    ),
    czib(
        "2026-06-r1", "lebanon", "2026-06", "R1", "2026-08-31",
        "Do not operate in the Beirut FIR at any level.",
        slug="czib-2026-06-r1", expires="2026-09-30", ended="2026-09-30", exceptions=EXCEPT_BEIRUT,
    ),
    czib(
        "2026-06-r2", "lebanon", "2026-06", "R2", "2026-09-30",
        "Do not operate in the Beirut FIR at any level.",
        expires="2026-11-16", confidence=LIST_ONLY, exceptions=f"{EXCEPT_BEIRUT} (as in R1)",
    ),
    czib(
        "2017-03-r0", "syria", "2017-03", "R0 to April 2023", "2017-03-31",
        "High risk at all levels over Syria; operators were told to take it into account.",
        level="caution", ended="2023-04-28",
        confidence=f"fair: the wording of 2022 read in a copy; {EARLIER}",
    ),
    czib(
        "2017-03-r13", "syria", "2017-03", "April 2023 to R18", "2023-04-28",
        "Do not fly over Syria at any level.",
        slug="czib-2017-03r13", ended="2026-05-12",
        confidence=f"good: R13 read, which dates the recommendation to 2023-04-28; {EARLIER}",
    ),
    czib(
        "2017-03-r19", "syria", "2017-03", "R19", "2026-05-12",
        "Do not operate in the Damascus FIR at any level: many forces, air defence, strikes.",
        slug="czib-2017-03r19", expires="2026-10-31", ended="2026-10-01",
    ),
    czib(
        "2017-03-r20", "syria", "2017-03", "R20", "2026-10-01",
        "Do not operate in the Damascus FIR at any level.",
        expires="2026-11-30", confidence=LIST_ONLY,
    ),
    faa(
        "a0009-18", ("lebanon", "syria-vicinity"), "KICZ A0009/18", "2018-04-14",
        "Caution within 200 NM of the Damascus FIR: errant long-range missiles, jamming.",
        level="caution", binds=US_ADVICE, confidence=COPY_NOTAM,
    ),
    faa(
        "sfar-114-2017", "syria", "SFAR 114", "2017-08-29",
        "Flights in the Damascus FIR prohibited at all levels.",
        revision="as reissued 2017", ended="2023-12-27",
        confidence=f"{RULE} 82 FR 40944, extended by 83 FR 63410 and 85 FR 75840",
    ),
    faa(
        "sfar-114-2023", "syria", "SFAR 114", "2023-12-27",
        "Flights in the Damascus FIR prohibited at all levels.",
        revision="as extended 2023", expires="2028-12-30",
        confidence=f"{RULE} 88 FR 89294, published 2023-12-27",
    ),
    national(
        "uk-lebanon-v0024-26", "United Kingdom", "lebanon", "NOTAM V0024/26", "2026-07-22", UK,
        "Do not enter the Beirut FIR: military activity.",
        expires="2026-10-19", confidence=COPY_NOTAM,
    ),
    national(
        "uk-syria-vicinity", "United Kingdom", ("lebanon", "syria-vicinity"),
        f"{AIP}, vicinity of Syria", "2018-10-22", UK,
        "Take the risk into account within 200 NM of the Damascus FIR.",
        level="caution",
    ),
    national(
        "uk-syria", "United Kingdom", "syria", AIP, "2015-06-12", UK_BAN,
        "The Damascus FIR and the territory of Syria prohibited.",
    ),
    national(
        "germany-lebanon-b0436-26", "Germany", "lebanon", "NOTAM B0436/26", "2026-06-03",
        GERMANY, "Do not enter the Beirut FIR.", expires="2026-09-03", confidence=COPY_NOTAM,
    ),
    national(
        "germany-syria-b0294-26", "Germany", "syria", "NOTAM B0294/26", "2026-04-30",
        GERMANY_BAN, "The Damascus FIR prohibited below FL260; take the risk into account above.",
        ceiling_ft=26000.0, expires="2026-05-14",
        confidence=f"{COPY_NOTAM}, still listed there though printed as valid to 2026-05-14",
    ),
    national(
        "germany-syria-b0294-26-above", "Germany", "syria", "NOTAM B0294/26, from FL260 up",
        "2026-04-30", GERMANY_CAUTION,
        "Take the risk in the Damascus FIR at and above FL260 into account.",
        level="caution", floor_ft=26000.0, expires="2026-05-14",
        confidence=f"{COPY_NOTAM}, still listed there though printed as valid to 2026-05-14",
    ),
    national(
        "france-lebanon-f1805-26", "France", "lebanon", "NOTAM F1805/26", "2026-09-01", FRANCE,
        "Do not enter the Beirut FIR.", expires="2026-11-25",
        exceptions="Beirut (OLBA) by sea, coordinated, after a risk assessment",
        confidence=COPY_NOTAM,
    ),
    national(
        "france-syria", "France", "syria", AIC_FR, "2020-04-09", FRANCE,
        "Do not enter the Damascus FIR.",
    ),
    national(
        "canada-lebanon", "Canada", "lebanon", AIC_CA, "2024-08-01", CANADA,
        "Do not enter the Beirut FIR.",
    ),
    national(
        "canada-syria", "Canada", "syria", AIC_CA, "2024-12-26", CANADA_BAN,
        "The Damascus FIR prohibited.",
    ),
    italy(
        "E1452/26", "lebanon",
        "Follow the EASA bulletin in the Beirut FIR and make a sound risk assessment; OPSGROUP "
        "reads it as not to enter.",
        confidence=f"fair: {COPY_NOTAM}; the wording leaves room",
    ),
    italy("E1459/26", "syria", "Avoid the Damascus FIR at all levels."),
    czib(
        "2024-02-r0", "israel", "2024-02", "R0", "2024-09-28",
        "Do not operate in Israeli airspace at any level after the rise in exchanges of fire with "
        "Hezbollah.",
        expires="2024-10-31", ended="2024-10-09",
        confidence="good: EASA statement in the press; bulletin not read",
    ),
    czib(
        "2024-02-r1", "israel", "2024-02", "R1 and R2", "2024-10-09",
        "Strict monitoring and a risk assessment of each flight in Israeli airspace.",
        level="caution", ended="2024-11-29",
        confidence=(
            "good: EASA statement in the press on R1; R3 says that it left the recommendation as "
            "it was; R2 not seen"
        ),
    ),
    czib(
        "2024-02-r3", "israel", "2024-02", "R3", "2024-11-29",
        "Strict monitoring and a risk assessment of each flight in Israeli airspace, to decide "
        "whether to operate at all.",
        slug="2024-02-r3", level="caution", expires="2025-01-31", ended="2025-02-01",
    ),
    easa_note(
        "israel-2024-04", ("israel", "sinai"), "Israel and 100 NM around it", "2024-04-14",
        "Caution in Israel and within 100 NM of it; took the place of CZIB 2023-03.",
        ended="2024-09-28",
        confidence=(
            "text not seen: in force by 2024-04-14 (EASA statement in the press), decided on at "
            "the end of March; counted to CZIB 2024-02"
        ),
    ),
    easa_note(
        "israel-2025-01", ("israel", "sinai"), "Israel and 100 NM around it", "2025-01-31",
        "Caution in Israel and within 100 NM of it; took the place of CZIB 2024-02.",
        ended="2025-06-13",
        confidence=(
            "text not seen: date in the press, EASA quoted; named as superseded in CZIB 2025-02"
        ),
    ),
    easa_note(
        "middle-east-2026-07",
        (
            "israel", "oman", "gulf-of-oman-west", "gulf-of-oman-east", "saudi-arabia",
            "gulf-waters-saudi",
        ),
        "Middle East and Persian Gulf", "2026-07-14",
        "Take the risk into account at all levels in Israel, Jordan, Oman and Saudi Arabia.",
        expires="2026-08-31", ended="2026-08-31",
        confidence="firm as a copy: headline in the OPSGROUP listing of July 2026; full text gated",
    ),
    easa_note(
        "middle-east-2026-07-jordan", "jordan", "Middle East and Persian Gulf", "2026-07-14",
        "Take the risk into account at all levels; for Jordan CZIB 2026-08 took over.",
        expires="2026-08-31", ended="2026-07-22",
        confidence="firm as a copy: headline in the OPSGROUP listing of July 2026; full text gated",
    ),
    easa_note(
        "israel-2026-08", "israel", "Israel", "2026-08-31",
        "Take the risk into account at all levels in the Tel Aviv FIR.",
        expires="2026-09-30",
        confidence=(
            "firm as a copy: headline in EASA's list of 2026-09-28; full text gated, no renewal "
            "seen"
        ),
    ),
    czib(
        "2026-08-r0", "jordan", "2026-08", "R0", "2026-07-22",
        "Do not operate in the Amman FIR at any level: missile attacks, air defence active, no "
        "restrictions published by the State.",
        slug="czib-2026-08", expires="2026-08-31", ended="2026-08-31",
    ),
    czib(
        "2026-08-r1", "jordan", "2026-08", "R1", "2026-08-31",
        "Take the risk into account in the Amman FIR at all levels: medium risk, no attacks seen "
        "in August.",
        slug="czib-2026-08-r1", level="caution", expires="2026-09-30", ended="2026-09-30",
    ),
    czib(
        "2026-08-r2", "jordan", "2026-08", "R2", "2026-09-30",
        "Take the risk into account in the Amman FIR at all levels (as in R1).",
        level="caution", expires="2026-10-16", confidence=LIST_ONLY,
    ),
    czib(
        "2017-09-r0", "sinai", "2017-09", "before R13", "2019-11-26",
        "Risk rated high below FL250 over North Sinai; operators were to take it into account.",
        level="caution", ceiling_ft=25000.0, ended="2023-10-31",
        confidence=(
            "fair: in force by 2019-11-26 (press on that revision), R13 read; the first issue, of "
            "late 2017, not seen"
        ),
    ),
    czib(
        "2017-09-r13", "sinai", "2017-09", "R13", "2023-10-31",
        "Risk rated high below FL250 over North Sinai; take it into account.",
        slug="czib-2017-09r13", level="caution", ceiling_ft=25000.0, ended="2024-01-01",
    ),
    faa(
        "info-syria-israel-2021", ("lebanon", "israel", "jordan", "cyprus"),
        "Information Note Syria/Israel", "2021-04-23",
        "Stray missiles of Syrian air defence endanger flights in the neighbouring FIRs too: Tel "
        "Aviv, Amman, Beirut, Nicosia.",
        level="watch", binds=US_ADVICE,
        confidence=(
            "fair: summary in the OPSGROUP listing of 2026-09-03; the note itself was not read and "
            "counts as information"
        ),
    ),
    faa(
        "sinai-2015", "sinai", "KICZ NOTAM on Sinai", "2015-03-30",
        "Avoid flights below FL260 over the Sinai peninsula.",
        revision="2015, renewed each year", binds=US_ADVICE, ceiling_ft=26000.0,
        ended="2021-03-30",
        confidence="good: press on the first notice and on the renewal of 2018; others not read",
    ),
    faa(
        "sinai-a0010-21", "sinai", "KICZ A0010/21", "2021-03-30",
        "Risk below FL260 over the Sinai peninsula from shoulder-launched missiles.",
        level="caution", binds=US_ADVICE, ceiling_ft=26000.0, expires="2022-03-31",
        ended="2022-04-01",
        confidence="text not seen: FAA background paper read, dates as listed by OPSGROUP",
    ),
    national(
        "uk-sinai", "United Kingdom", "sinai", f"{AIP}, Sinai", "2015-11-18", UK,
        "Warning for the northern part of Sinai below FL260.",
        level="caution", ceiling_ft=26000.0, expires="2023-10-31", ended="2025-06-13",
        confidence=f"text not seen: {BY_OPSGROUP}; {LAST_SEEN}",
    ),
    national(
        "germany-sinai", "Germany", "sinai", "AIC 20/22, later AIC 12/23", "2022-01-13", GERMANY,
        "Do not enter the northern part of the Sinai peninsula below FL260.",
        ceiling_ft=26000.0, expires="2023-10-31", ended="2025-06-13",
        confidence=f"good: text in {BY_OPSGROUP}; {LAST_SEEN}",
    ),
    national(
        "canada-israel", "Canada", "israel", AIC_CA, "2023-10-10", CANADA_INFORMATION,
        "Take all risk information on the Tel Aviv FIR into account.",
        level="caution",
    ),
    italy(
        "E1448/26", "israel",
        "More than usual caution in the Tel Aviv FIR; heed the Israeli authorities, whose NOTAMs "
        "may come late.",
        level="caution",
    ),
    national(
        "france-jordan-f1578-26", "France", "jordan", "NOTAM F1578/26 and renewals", "2026-07-22",
        FRANCE, "Do not enter the Amman FIR.",
        expires="2026-08-26", ended="2026-09-02",
        confidence=(
            "good: F1578/26 (to 2026-07-29) read in an OPSGROUP listing of July 2026, a renewal to "
            "2026-08-26 known from that of 2026-08-22"
        ),
    ),
    national(
        "france-jordan-f1813-26", "France", "jordan", "NOTAM F1813/26", "2026-09-02", FRANCE,
        "Do not enter the Amman FIR.", expires="2026-09-16", confidence=COPY_NOTAM,
    ),
)  # fmt: skip

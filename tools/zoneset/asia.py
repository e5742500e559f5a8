"""Afghanistan, Pakistan, Kashmir, Myanmar, North Korea and Cyprus."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.papers import (
    AIC_CA,
    AIC_DE,
    AIC_FR,
    AIP,
    CANADA,
    COPY_JULY,
    COPY_NOTAM,
    FRANCE,
    GERMANY,
    GERMANY_CAUTION,
    ITALY_BAN,
    READ,
    RULE,
    UK,
    UNREAD,
    Record,
    czib,
    easa_note,
    faa,
    italy,
    national,
)
from zoneset.shapes import Box, Disc, Drawn, Provinces, Recipe

__all__ = ["ADVISORIES", "RECIPES"]


# Sea of Japan out to 132° E (the Pyongyang FIR goes on beyond that meridian) and the near Yellow
# Sea, clear of the islands under South Korean control (recall).
KOREA_WATERS = Drawn(
    (
        (128.37, 38.66), (129.00, 38.75), (132.00, 39.00), (132.00, 40.50), (131.00, 41.60),
        (130.65, 42.22), (130.45, 42.40), (129.60, 41.90), (128.50, 40.60),
        (127.30, 39.60), (127.90, 38.90),
    )
)  # fmt: skip

YELLOW_SEA_NORTH = Drawn(
    (
        (124.60, 40.00),
        (124.35, 39.75),
        (124.25, 38.35),
        (124.90, 38.20),
        (125.60, 38.90),
        (125.50, 39.60),
    )
)

# Provinces as Natural Earth still has them: Khyber Pakhtunkhwa took in the Tribal Areas in 2018.
PAKISTAN_WEST = ("Baluchistan", "N.W.F.P.", "F.A.T.A.")

# Both sides of the Line of Control from Jammu to Kargil, without the high east (Leh).
KASHMIR = Provinces("pak", only=("Azad Kashmir",)) | (
    Provinces("ind", only=("Jammu and Kashmir",)) & Box(73.0, 32.0, 76.5, 35.2)
)

# Round the island, inside the lines by VELOX, BALMA and NIKAS in the south-east (recall).
NICOSIA = Drawn(
    (
        (31.00, 34.30), (32.00, 34.10), (33.20, 34.10), (34.15, 34.20), (34.65, 34.50),
        (34.90, 35.00), (34.90, 35.60), (34.50, 35.80), (33.60, 35.85), (32.60, 35.85),
        (31.60, 35.80), (31.00, 35.60),
    )
)  # fmt: skip

PAKISTAN = ("pakistan-west", "pakistan-rest")
PILOTS = "pilots in the Nicosia FIR (caution, by the State itself)"

YANGON_FIR = ("myanmar", "myanmar-sea")

# Airfields by a border or a coast that the map draws too far in, 3 km about each.
AFGHAN_BORDER_FIELDS = Disc(70.8825, 38.4611, 3.0) | Disc(71.5, 37.567, 3.0)
MYANMAR_COAST_FIELDS = Disc(93.5348, 19.4264, 3.0) | Disc(94.5833, 17.6, 3.0)

# The Andaman Sea south of the delta: well inside the Yangon FIR on any reading (recall).
ANDAMAN_SEA = Drawn(
    (
        (94.3, 15.8), (94.5, 13.0), (95.2, 11.0), (97.0, 10.8), (97.8, 12.5), (97.4, 15.5),
        (96.6, 16.6), (95.0, 16.2),
    )
)  # fmt: skip

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="afghanistan",
        file="afghanistan",
        name="Afghanistan (Kabul FIR)",
        kind="conflict",
        group="afghanistan",
        shape=Provinces("afg"),
        plus=AFGHAN_BORDER_FIELDS,
        tolerance_km=1.5,
        accuracy_km=4.0,
        basis=(
            f"{SOURCE}: the whole country, simplified to 1.5 km, with the airfields of Darwaz and "
            f"Sheghnan on the border river. {NOT_FIR}"
        ),
        notes=(
            "No air traffic service since August 2021; notices concern levels below FL320, the "
            "far eastern routes P500 and G500 excepted by several."
        ),
        rated="Afghanistan",
    ),
    Recipe(
        id="pakistan-west",
        file="pakistan",
        name="Western Pakistan (Balochistan, Khyber Pakhtunkhwa)",
        kind="conflict",
        group="south-asia",
        shape=Provinces("pak", only=PAKISTAN_WEST),
        tolerance_km=1.8,
        accuracy_km=5.0,
        basis=(
            f"{SOURCE}: Balochistan, the former North-West Frontier and the former Tribal Areas, "
            "simplified to 1.8 km, without the sea off Balochistan."
        ),
        notes=(
            "The two provinces EASA names. Armed groups hold shoulder-fired missiles; strikes "
            "across the Afghan border since February 2026; Iran struck here in January 2024. An "
            "FAA advisory of 2019-12-30 (KICZ A0036/19, caution over all Pakistan) was repeated "
            "later; when it ended was not seen, and it is not held."
        ),
        rated="Pakistan",
    ),
    Recipe(
        id="pakistan-rest",
        file="pakistan",
        name="Pakistan outside its two western provinces",
        kind="conflict",
        group="south-asia",
        shape=Provinces("pak", but=PAKISTAN_WEST),
        tolerance_km=1.8,
        accuracy_km=6.0,
        basis=(
            f"{SOURCE}: Punjab, Sindh, the capital, Azad Kashmir and the Northern Areas, to the "
            "Line of Control; simplified to 1.8 km, without the sea off Sindh."
        ),
        notes=(
            "Notices that name the Karachi and Lahore FIRs as a whole. Fighting with India from 7 "
            "to 10 May 2025; Pakistan closed its airspace from February 2019 after air strikes on "
            "both sides. Satellite navigation was spoofed round Lahore from December 2023."
        ),
        rated="Pakistan",
    ),
    Recipe(
        id="kashmir",
        file="kashmir",
        name="Kashmir (both sides of the Line of Control)",
        kind="border",
        group="south-asia",
        shape=KASHMIR,
        tolerance_km=1.0,
        accuracy_km=20.0,
        basis=(
            f"{SOURCE}: Azad Kashmir, and Jammu and Kashmir west of 76.5° E and south of 35.2° N; "
            "simplified to 1 km. No notice with coordinates was found: this is the inner part of "
            "what any of them must mean, Gilgit, Baltistan and Leh left out."
        ),
        notes=(
            "Fighting from 7 to 10 May 2025, airports on the Indian side closed; air strikes and "
            "aircraft shot down on 2019-02-26 and 27. OPSGROUP says that France alone has warned "
            "of Kashmir since May 2025, but lists no French notice for India on 2026-09-03."
        ),
        rated="India",
    ),
    Recipe(
        id="myanmar",
        file="myanmar",
        name="Myanmar (Yangon FIR over land)",
        kind="conflict",
        group="south-east-asia",
        shape=Provinces("mmr"),
        plus=MYANMAR_COAST_FIELDS,
        tolerance_km=3.5,
        accuracy_km=6.0,
        basis=(
            f"{SOURCE}: the whole country, simplified to 3.5 km, with the airfields of Kyaukpyu "
            f"and Gwa; EASA's note speaks of the territory, for the sea see myanmar-sea. {NOT_FIR}"
        ),
        notes=(
            "Civil war since the coup of February 2021. A passenger was hit by a bullet on the "
            "approach to Loikaw in September 2022; a military helicopter was shot down in Kachin "
            "in January 2024; an ATR with passengers aboard was struck by a drone at Myitkyina in "
            "February 2026."
        ),
        rated="Myanmar",
    ),
    Recipe(
        id="myanmar-sea",
        file="myanmar",
        name="Andaman Sea (inner part of the Yangon FIR)",
        kind="conflict",
        group="south-east-asia",
        shape=ANDAMAN_SEA - Provinces("mmr"),
        tolerance_km=2.0,
        accuracy_km=30.0,
        basis=(
            "Placed by hand from recall between 10.8° N and the coast: a part of the FIR that lies "
            f"inside on any reading, the FIR goes on to the west and south; coast from {SOURCE}."
        ),
        notes="National notices name the whole Yangon FIR; EASA's notes only the territory.",
        rated="Myanmar",
    ),
    Recipe(
        id="cyprus",
        file="cyprus",
        name="Cyprus (inner part of the Nicosia FIR)",
        kind="conflict",
        shape=NICOSIA,
        tolerance_km=0.0,
        accuracy_km=30.0,
        basis=(
            "Placed by hand from recall round the island, inside the Nicosia FIR by some ten "
            "kilometres in the north and by more elsewhere; its published limits were not used."
        ),
        notes=(
            "The State's own notices: military aircraft without transponders, satellite navigation "
            "disturbed. Each runs for three months; only those of summer 2026 are held. "
            "Caution round Syria (FAA, UK) is a matter of other zones."
        ),
        rated="Cyprus",
    ),
    Recipe(
        id="north-korea",
        file="north-korea",
        name="North Korea (Pyongyang FIR)",
        kind="conflict",
        group="korea",
        shape=Provinces("prk") | KOREA_WATERS | YELLOW_SEA_NORTH,
        tolerance_km=1.2,
        accuracy_km=30.0,
        basis=(
            f"{SOURCE}: the whole country; the Sea of Japan out to 132° E, less than the Pyongyang "
            "FIR, and the near Yellow Sea placed by hand from recall; simplified to 1.2 km. Land "
            "borders are good to about 5 km."
        ),
        notes=(
            "Missile launches without notice; several fell into the Sea of Japan beyond this zone. "
            "EASA CZIB 2017-06 (last revision 2018-04-25) is marked withdrawn. Present notices of "
            "the UK, Germany, France, Canada and Italy were not read."
        ),
    ),
)

ADVISORIES: tuple[Record, ...] = (
    czib(
        "2017-08-r0", "afghanistan", "2017-08", "R0 to R15", "2017-10-17",
        "Bulletin on Afghanistan; the text of these revisions was not seen. In August 2021 EASA "
        "advised against all flights until further notice.",
        level="caution", ended="2025-01-31", confidence=UNREAD,
    ),
    czib(
        "2017-08-r16", "afghanistan", "2017-08", "R16 to R18", "2025-01-31",
        "Do not fly in the Kabul FIR below FL320.",
        slug="czib-2017-08r16", ceiling_ft=32000.0, ended="2026-07-24",
        confidence=(
            "good: R16 read; R17 and R18 not seen (OPSGROUP's listings print R19's text as R18)"
        ),
    ),
    czib(
        "2017-08-r19", "afghanistan", "2017-08", "R19", "2026-07-24",
        "Do not operate in the Kabul FIR below FL320: armed groups, cross-border strikes, no air "
        "traffic service.",
        slug="czib-2017-08r19", ceiling_ft=32000.0, expires="2027-01-31",
    ),
    faa(
        "sfar-119-2023", "afghanistan", "SFAR 119", "2023-07-25",
        "Flights in the Kabul FIR prohibited below FL320.",
        revision="as issued 2023", ceiling_ft=32000.0, ended="2025-07-01",
        exceptions="routes P500 and G500 at and above FL300 (since 2024-07-05)",
        confidence=f"{RULE} 88 FR 47765, effective 2023-07-25; amended by 89 FR 55500",
    ),
    faa(
        "sfar-119-2025", "afghanistan", "SFAR 119", "2025-07-01",
        "Flights in the Kabul FIR prohibited below FL320.",
        revision="as extended 2025", ceiling_ft=32000.0, expires="2028-07-25",
        exceptions="routes P500 and G500 at and above FL300",
        confidence=f"{RULE} 90 FR 27981, effective 2025-07-01",
    ),
    czib(
        "2017-06-r2", "north-korea", "2017-06", "R2", "2018-04-25",
        "Take notices of the UK, USA, France and Germany on the Pyongyang FIR into account, at any "
        "altitude.",
        level="caution", slug="czib-2017-06r2", ended="2018-04-26",
        confidence=(
            "fair: R2 read; first issue and withdrawal not seen, ended with the day after R2, "
            "though it will have stood longer"
        ),
    ),
    faa(
        "sfar-79-1998", "north-korea", "SFAR 79", "1998-02-17",
        "Flights in the Pyongyang FIR west of 132° E prohibited.",
        revision="as issued 1998", ended="2017-11-03",
        confidence="good: dates in 83 FR 47059; the limit of 132° E is recall",
    ),
    faa(
        "a0023-17", "north-korea", "KICZ A0023/17", "2017-11-03",
        "Flights in the whole Pyongyang FIR prohibited; became part of SFAR 79.",
        ended="2018-09-18",
        confidence="good: named in CZIB 2017-06 R2, the day in 83 FR 47059; text not read itself",
    ),
    faa(
        "sfar-79-2018", "north-korea", "SFAR 79", "2018-09-18",
        "Flights in the Pyongyang FIR prohibited.",
        revision="as amended 2018", ended="2023-09-15",
        confidence=f"{RULE} 83 FR 47059, published 2018-09-18; extended in between",
    ),
    faa(
        "sfar-79-2023", "north-korea", "SFAR 79", "2023-09-15",
        "Flights in the Pyongyang FIR, its part over the sea included, prohibited at all levels.",
        revision="as extended 2023", expires="2028-09-18",
        confidence=f"{RULE} 88 FR 63519, effective 2023-09-15",
    ),
    national(
        "uk-afghanistan-v0020-26", "United Kingdom", "afghanistan", "NOTAM V0020/26",
        "2026-05-27", UK,
        "Take the risk from military activity in the Kabul FIR into account.",
        level="caution", expires="2026-08-25", ended="2026-08-25",
        confidence=f"{COPY_JULY}; earlier ones not read",
    ),
    national(
        "uk-afghanistan-v0028-26", "United Kingdom", "afghanistan", "NOTAM V0028/26",
        "2026-08-25", UK,
        "Take the risk from military activity in the Kabul FIR into account; to go into the AIP.",
        level="caution", expires="2026-10-29",
        confidence=f"{COPY_NOTAM}; replaces V0020/26, unchanged",
    ),
    national(
        "germany-afghanistan", "Germany", "afghanistan", AIC_DE, "2024-10-31", GERMANY,
        "Do not enter the Kabul FIR below FL320.", ceiling_ft=32000.0,
    ),
    national(
        "france-afghanistan", "France", "afghanistan", AIC_FR, "2023-09-28", FRANCE,
        "Not below FL320 in the Kabul FIR.", ceiling_ft=32000.0,
    ),
    national(
        "canada-afghanistan", "Canada", "afghanistan", AIC_CA, "2024-08-23", CANADA,
        "Not below FL320 in the Kabul FIR.", ceiling_ft=32000.0,
    ),
    italy(
        "E1454/26", "afghanistan", "Avoid the Kabul FIR below 25,000 ft above the ground.",
        ceiling_ft=25000.0, exceptions="routes P500 and G500", binds=ITALY_BAN,
    ),
    czib(
        "2018-02-r0", "pakistan-west", "2018-02", "R0 to R20", "2018-01-10",
        "Do not fly over western Pakistan below FL260.",
        ceiling_ft=26000.0, ended="2026-07-24",
        confidence=(
            "fair: first issue firm, in force at this level in July 2023 (press); text read for "
            "R21 only"
        ),
    ),
    czib(
        "2018-02-2023", "pakistan-rest", "2018-02", "text of July 2023", "2023-07-31",
        "Karachi and Lahore FIRs as a whole, below FL260; later narrowed to two provinces.",
        level="caution", ceiling_ft=26000.0, ended="2026-07-24",
        confidence=(
            "fair: press of 2023-07-31, not to fly below FL260; when it was narrowed was not seen, "
            "by R21 at the latest, so that it is counted as caution"
        ),
    ),
    czib(
        "2018-02-r21", "pakistan-west", "2018-02", "R21", "2026-07-24",
        "Do not operate over Balochistan and Khyber Pakhtunkhwa below FL260: armed groups with "
        "shoulder-fired missiles, military activity along the Afghan border.",
        slug="czib-2018-02r21", ceiling_ft=26000.0, expires="2027-01-31",
    ),
    czib(
        "2018-02-2023-kashmir", "kashmir", "2018-02", "text of July 2023", "2023-07-31",
        "Names the dispute over Kashmir as a risk of misidentification should fighting start.",
        level="watch", ended="2026-07-24",
        confidence="fair: press of 2023-07-31; a remark of the bulletin, not its area",
    ),
    czib(
        "2018-02-r21-kashmir", "kashmir", "2018-02", "R21", "2026-07-24",
        "Names the dispute over Kashmir as a risk of misidentification should fighting start, in "
        "the Lahore FIR above all; no recommendation for it.",
        level="watch", slug="czib-2018-02r21", expires="2027-01-31",
        confidence=f"{READ}; a remark of the bulletin, not its area",
    ),
    national(
        "france-kashmir", "France", "kashmir", "warning on Kashmir (number not seen)",
        "2025-05-10", FRANCE,
        "A warning to keep away from Kashmir; its text, area and day were not seen.",
        level="caution",
        confidence=(
            "weak, text not seen: OPSGROUP's page on India speaks of it; counted from the "
            "ceasefire of 2025-05-10, and no longer listed on 2026-09-03"
        ),
    ),
    national(
        "germany-pakistan", "Germany", PAKISTAN, AIC_DE, "2020-10-29", GERMANY_CAUTION,
        "Take the risk in the Karachi and Lahore FIRs below FL260 into account, and of attacks at "
        "all airports.",
        level="caution", ceiling_ft=26000.0,
    ),
    national(
        "france-pakistan", "France", PAKISTAN, AIC_FR, "2020-04-09", FRANCE,
        "Not below FL260 in the Karachi and Lahore FIRs.", ceiling_ft=26000.0,
    ),
    italy(
        "E1446/26", PAKISTAN,
        "Avoid the Karachi and Lahore FIRs below 25,000 ft above the ground.",
        ceiling_ft=25000.0,
    ),
    easa_note(
        "myanmar-2026-01", "myanmar", "Myanmar", "2026-01-30",
        "Take the risk over the territory of Myanmar below FL260 into account.",
        ceiling_ft=26000.0, expires="2026-07-31", ended="2026-07-30", confidence=COPY_JULY,
    ),
    easa_note(
        "myanmar-2026", "myanmar", "Myanmar", "2026-07-30",
        "Take the risk over the territory of Myanmar below FL260 into account.",
        ceiling_ft=26000.0, expires="2027-01-31",
        confidence="firm: headline and level read; the note itself is not public",
    ),
    national(
        "uk-myanmar", "United Kingdom", YANGON_FIR, AIP, "2025-05-15", UK,
        "Take the risk below 25,000 ft above the ground in the Yangon FIR into account.",
        level="caution", ceiling_ft=25000.0,
    ),
    national(
        "germany-myanmar", "Germany", YANGON_FIR, AIC_DE, "2022-11-23", GERMANY_CAUTION,
        "Take the risk in the Yangon FIR below FL160 into account.",
        level="caution", ceiling_ft=16000.0,
    ),
    national(
        "france-myanmar", "France", YANGON_FIR, AIC_FR, "2026-01-29", FRANCE,
        "Not below FL260 in the Yangon FIR; no alternate there but Yangon.",
        ceiling_ft=26000.0,
    ),
    national(
        "canada-myanmar-h5013-26", "Canada", YANGON_FIR, "NOTAM H5013/26", "2026-08-07", CANADA,
        "Not below FL260 in the Yangon FIR.",
        ceiling_ft=26000.0, expires="2026-11-06", confidence=COPY_NOTAM,
    ),
    italy(
        "E1449/26", YANGON_FIR, "Avoid the Yangon FIR below 25,000 ft above the ground.",
        ceiling_ft=25000.0,
    ),
    national(
        "cyprus-a0818-26", "Cyprus", "cyprus", "NOTAM A0818/26", "2026-08-04", PILOTS,
        "Caution in the Nicosia FIR: military aircraft fly without transponder and without air "
        "traffic control, keeping clear of others on their own.",
        level="caution", expires="2026-11-03", confidence=COPY_NOTAM,
    ),
    national(
        "cyprus-a0799-26", "Cyprus", "cyprus", "NOTAM A0799/26", "2026-07-28", PILOTS,
        "Satellite navigation may be jammed or spoofed in the Nicosia FIR.",
        level="watch", expires="2026-10-27", confidence=COPY_NOTAM,
    ),
)  # fmt: skip

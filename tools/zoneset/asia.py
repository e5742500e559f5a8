"""Afghanistan, Pakistan, Kashmir, Myanmar, North Korea and Cyprus."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.shapes import Box, Disc, Drawn, Provinces, Recipe

__all__ = ["RECIPES"]


# Sea of Japan to the corners of the Pyongyang FIR: 42.293/130.697, 41.667/131.517, 40.500/135.933,
# 38.633/133.650 and 38.633/128.367, read in EUROCONTROL's FIR data of 2015; then inland.
KOREA_WATERS = Drawn(
    (
        (128.3670, 38.6330), (133.6500, 38.6330), (135.9330, 40.5000), (131.5170, 41.6670),
        (130.6970, 42.2930), (130.45, 42.40), (129.60, 41.90), (128.50, 40.60),
        (127.30, 39.60), (127.90, 38.90), (128.28, 38.68),
    )
)  # fmt: skip

# Yellow Sea by 38.000/124.000, 39.500/124.000, 37.750/125.917, 37.667/125.067 and 38.000/124.850 of
# the same data. East of the third the FIR reaches 37.625/126.250; that is left out, for islands
# under South Korean control lie about it.
YELLOW_SEA_NORTH = Drawn(
    (
        (124.0000, 38.0000), (124.8500, 38.0000), (125.0670, 37.6670), (125.9170, 37.7500),
        (126.10, 37.84), (126.10, 38.10), (125.60, 38.90), (125.50, 39.60), (124.60, 40.05),
        (124.33, 40.00), (124.17, 39.83), (124.0000, 39.5000),
    )
)  # fmt: skip

NORTH_KOREA = Provinces("prk") | KOREA_WATERS | YELLOW_SEA_NORTH

# The sea north of 35° N between Korea, Russia and Japan, some ten km off the coasts, outside the
# Pyongyang FIR; Okushiri, Sado and the Oki islands left out (recall).
SEA_OF_JAPAN = Drawn(
    (
        (128.52, 38.6330), (128.75, 38.25), (129.05, 37.85), (129.50, 37.20), (129.60, 36.60),
        (129.75, 36.00), (129.65, 35.45), (129.70, 35.00), (131.30, 35.00), (131.85, 35.20),
        (132.35, 35.70), (132.80, 36.50), (133.60, 36.50), (134.10, 35.80), (135.20, 35.95),
        (135.75, 36.00), (136.05, 36.55), (136.45, 37.15), (136.60, 37.60), (137.40, 37.70),
        (137.95, 37.75), (138.10, 38.40), (138.70, 38.45), (139.45, 38.90), (139.60, 39.40),
        (139.50, 40.00), (139.75, 40.50), (139.80, 41.10), (139.25, 41.60), (139.25, 42.40),
        (139.60, 43.10), (140.0000, 43.40), (140.0000, 48.20), (139.25, 47.45), (138.75, 46.90),
        (138.15, 46.10), (137.25, 45.25), (136.45, 44.50), (135.65, 43.70), (134.65, 42.95),
        (133.60, 42.60), (132.80, 42.50), (131.90, 42.45), (131.25, 42.35), (130.85, 42.18),
        (131.5170, 41.6670), (135.9330, 40.5000), (133.6500, 38.6330),
    )
)  # fmt: skip

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


# Airfields by a border or a coast that the map draws too far in, 3 km about each.
AFGHAN_BORDER_FIELDS = Disc(70.8825, 38.4611, 3.0) | Disc(71.5, 37.567, 3.0)
MYANMAR_COAST_FIELDS = Disc(93.5348, 19.4264, 3.0) | Disc(94.5833, 17.6, 3.0)

# Islands with an airfield that are too small for the map: Coco (VYCI) and Pearl (VYPI).
MYANMAR_ISLANDS = Box(93.30, 14.04, 93.44, 14.22) | Box(98.15, 11.24, 98.25, 11.33)

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
            "far eastern routes P500 and G500 excepted by several; the United Kingdom's caution "
            "names no level. What its AIP said of Afghanistan before 2025-10-17 was not read."
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
            "later; when it ended was not seen, and it is not held. The FAA's list of 2026-09-14 "
            "has nothing on Pakistan."
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
            "Notices that name the Karachi and Lahore FIRs as a whole. France and, until "
            "2026-09-05, Italy say not to fly low here, EASA only in the two western provinces: "
            "counted as caution, for the world's carriers land here every day. Fighting with India "
            "from 7 to 10 May 2025; Pakistan closed its airspace from February 2019 after air "
            "strikes on both sides. Satellite navigation was spoofed round Lahore from December "
            "2023."
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
            "of Kashmir since May 2025, but lists no French notice for India on 2026-09-03: that "
            "warning counts as watch."
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
        plus=MYANMAR_COAST_FIELDS | MYANMAR_ISLANDS,
        tolerance_km=3.5,
        accuracy_km=6.0,
        basis=(
            f"{SOURCE}: the whole country, simplified to 3.5 km, with the airfields of Kyaukpyu "
            "and Gwa and the islands Coco and Pearl by hand; EASA's note speaks of the territory, "
            f"for the sea see myanmar-sea. {NOT_FIR}"
        ),
        notes=(
            "Civil war since the coup of February 2021. A passenger was hit by a bullet on the "
            "approach to Loikaw in September 2022; a military helicopter was shot down in Kachin "
            "in January 2024; an ATR with passengers aboard was struck by a drone at Myitkyina in "
            "February 2026. EASA's information note of 2026-01-30 ran out on 2026-07-31; of the "
            "one of 2026-07-30 that followed it only headline and dates are known. Landings are "
            "avoid by the notices of France and Canada, Canada's to 2026-11-06."
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
            "disturbed. Each runs for three months; only those of summer 2026 are held, which "
            "ran out on 2026-10-27 and 2026-11-03. "
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
        shape=NORTH_KOREA,
        tolerance_km=1.2,
        accuracy_km=12.0,
        basis=(
            f"{SOURCE}: the whole country; the Sea of Japan and the Yellow Sea to the corners of "
            "the Pyongyang FIR as EUROCONTROL's FIR data of 2015 have them: 42.293/130.697, "
            "41.667/131.517, 40.500/135.933, 38.633/133.650, 38.633/128.367; 38.000/124.000, "
            "39.500/124.000, 37.750/125.917, 37.667/125.067, 38.000/124.850; simplified to 1.2 km. "
            "The mouth of the Han and the islands about it are left out."
        ),
        notes=(
            "Missile launches without notice; several fell into the Sea of Japan beyond this zone. "
            "The FAA prohibits the whole Pyongyang FIR, its part over the sea included, until "
            "2028-09-18 (SFAR 79). The United Kingdom warned of it from 2022-11-03 to 2023-04-19, "
            "and not since (to 2026-08-22). EASA CZIB 2017-06 (last revision 2018-04-25) is marked "
            "withdrawn, on a day not later than 2025-02-21, counted as that day. Present notices "
            "of Germany, France, Canada and Italy were not read."
        ),
    ),
    Recipe(
        id="north-korea-1998",
        file="north-korea",
        name="North Korea (Pyongyang FIR west of 132° E)",
        kind="conflict",
        group="korea",
        shape=NORTH_KOREA,
        exact=Box(123.0, 37.0, 132.0, 44.0),
        tolerance_km=1.2,
        accuracy_km=12.0,
        basis=(
            f"As north-korea, cut exactly at 132° E: {SOURCE} and FIR corners of EUROCONTROL's "
            "data of 2015; simplified to 1.2 km."
        ),
        notes=(
            "A zone of the past: SFAR 79 of 1998 prohibited the Pyongyang FIR west of 132° E only "
            "(the meridian is recall). Since 2017-11-03 the whole FIR is prohibited."
        ),
    ),
    Recipe(
        id="sea-of-japan",
        file="north-korea",
        name="Sea of Japan between 128° and 140° E",
        kind="conflict",
        group="korea",
        shape=SEA_OF_JAPAN,
        tolerance_km=0.0,
        accuracy_km=30.0,
        basis=(
            "Placed by hand from recall, outside the Pyongyang FIR: east to 140° E, which the "
            "notice prints; its other meridian, 128° E, lies on land here. The notice gives no "
            "limit in the north and south: drawn are the waters some ten km off the coasts of "
            "Korea, Russia and Japan, in the south to 35° N, where the Korea Strait begins, in the "
            "north to 48.2° N, where the Russian coast nears 140° E. Okushiri, Sado and the Oki "
            "islands are left out. An inner part of what any reading must mean."
        ),
        notes=(
            "A zone of the past: the United Kingdom asked its operators to take unannounced "
            "missile tests into account here from 2022-11-03 to 2023-04-19. No notice now."
        ),
    ),
)

"""Afghanistan, Pakistan, Kashmir, Myanmar, North Korea and Cyprus."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.shapes import Box, Disc, Drawn, Provinces, Recipe

__all__ = ["RECIPES"]


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

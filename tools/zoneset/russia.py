"""Russia west of 60° E, its Rostov FIR, the North Caucasus, and the belts along Ukraine."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.shapes import KM_PER_NM, Box, Drawn, Provinces, Recipe, Within
from zoneset.ukraine import SIMFEROPOL_WATERS, UKRAINE_LAND

__all__ = ["RECIPES"]


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

WEST_OF_60E = Box(-10.0, 30.0, 60.0, 82.0)

NORTH_CAUCASUS = Provinces("rus", only=("Chechnya", "Dagestan", "Ingush"))

ROSTOV_PROVINCES = (
    "Rostov", "Krasnodar", "Adygey", "Stavropol'", "Karachay-Cherkess", "Kabardin-Balkar",
    "North Ossetia", "Ingush", "Chechnya", "Dagestan", "Kalmyk", "Astrakhan'", "Volgograd",
)  # fmt: skip

# Those that the belts along Ukraine can reach and that lie in the Moscow and Rostov FIRs.
NEAR_UKRAINE = (
    "Smolensk", "Bryansk", "Kaluga", "Moskovsskaya", "Tver'", "Tula", "Ryazan'", "Orel", "Kursk",
    "Belgorod", "Lipetsk", "Tambov", "Voronezh", "Rostov", "Volgograd", "Krasnodar", "Adygey",
    "Stavropol'", "Karachay-Cherkess", "Kalmyk",
)  # fmt: skip

ROSTOV_SEAS = AZOV_RUSSIA | BLACK_SEA_RUSSIA | CASPIAN_APPROACHES | CASPIAN_NORTH

RECIPES: tuple[Recipe, ...] = (
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
        rated="Russia",
        hindsight=(
            "Made a zone of its own, with a buffer, after J2-8243 was lost; its notices speak of "
            "the whole Rostov FIR, which rostov-fir shows as well."
        ),
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
            "December 2024 could not be confirmed, so the bulletin is attached to the belt of 200 "
            "NM only."
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
        rated="Russia",
        hindsight=(
            "Made a zone of its own after J2-8243 crossed it damaged; its notices speak of the "
            "whole Rostov FIR."
        ),
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
        rated="Russia",
        basis=(
            f"{SOURCE}: Rostov, Krasnodar, Adygey, Stavropol', Karachay-Cherkess, Kabardin-Balkar, "
            "North Ossetia, Ingush, Chechnya, Dagestan, Kalmyk, Astrakhan' and Volgograd; Russian "
            "parts of the Sea of Azov, Black Sea and Caspian placed by hand; simplified to 1.5 km. "
            f"{NOT_FIR} Kept inside URRV, which reaches 41.2 to 51.2° N and 36.3 to 50.0° E."
        ),
        notes=(
            "Banned as a whole for Canadian operators since 2022-02-24. The belts of 160 NM (FAA) "
            "and 200 NM (France) along Ukraine cover only its west: they are zones of their own."
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
        rated="Russia",
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
        id="russia-160nm-ukraine",
        file="russia",
        name="Russia within 160 NM of the Dnipro, Simferopol and Kyiv FIRs",
        kind="border",
        group="russia",
        shape=(Within(UKRAINE_LAND, 160 * KM_PER_NM) | Within(SIMFEROPOL_WATERS, 160 * KM_PER_NM))
        & (Provinces("rus", only=(*NEAR_UKRAINE, "Saratov")) | AZOV_RUSSIA | BLACK_SEA_RUSSIA),
        tolerance_km=1.5,
        accuracy_km=15.0,
        weapons=("pantsir-s1",),
        rated="Russia",
        basis=(
            "160 NM measured on the ellipsoid from Ukraine's land border with Russia and Belarus "
            "and from the Simferopol FIR waters as printed in FAA SFAR 113, "
            f"which stand for the FIR limits; cut to Russian land of {SOURCE} and to Russian parts "
            "of the Black Sea and Azov placed by hand; simplified to 1.5 km."
        ),
        notes=(
            "Belt of the FAA's ban for US operators in the Moscow, Samara and Rostov FIRs. Sochi "
            "is inside it by the Simferopol FIR's eastern limit over the sea, Grozny (365 NM) is "
            "far outside."
        ),
    ),
    Recipe(
        id="russia-200nm-ukraine",
        file="russia",
        name="Russia within 200 NM of the Ukrainian border (Moscow and Rostov FIRs)",
        kind="border",
        group="russia",
        shape=Within(UKRAINE_LAND, 200 * KM_PER_NM)
        & (Provinces("rus", only=NEAR_UKRAINE) | AZOV_RUSSIA | BLACK_SEA_RUSSIA),
        tolerance_km=1.5,
        accuracy_km=15.0,
        weapons=("pantsir-s1",),
        rated="Russia",
        basis=(
            "200 NM measured on the ellipsoid from the border and coast of Ukraine, Crimea among "
            f"it, of {SOURCE}; cut to Russian regions of the Moscow and Rostov FIRs and to Russian "
            "parts of the Black Sea and Azov placed by hand; simplified to 1.5 km. Saratov and "
            "Penza are left out: they belong to the Samara FIR, which these notices do not name."
        ),
        notes=(
            "Belt of France, Canada (in the Moscow FIR; the Rostov FIR as a whole) and Italy, and "
            "of EASA from 2022-02-25 until CZIB 2025-01 took in all of Russia west of 60° E. "
            "Moscow's airports lie just outside, at about 220 NM."
        ),
    ),
)

"""Russia west of 60° E and its seas, two of its FIRs, and the belts along Ukraine."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.shapes import KM_PER_NM, Box, Drawn, Provinces, Recipe, Within
from zoneset.ukraine import DNIPRO_WATERS, SIMFEROPOL_FIR, UKRAINE_LAND

__all__ = ["RECIPES"]


# East of the Simferopol and Dnipro FIRs, whose limits it shares (14 CFR 91.1607).
AZOV_RUSSIA = Drawn(
    (
        (37.3683, 46.5733), (36.6833, 45.4500), (36.75, 45.2), (37.2, 45.2), (37.9, 45.5),
        (38.3, 46.0), (38.6, 46.4), (39.3, 46.9), (39.6, 47.3), (38.6, 47.35), (38.2233, 47.1117),
        (38.3333, 46.9833), (37.5000, 46.7833), (37.4217, 46.6583),
    )
)  # fmt: skip

# The Rostov FIR east of the Simferopol FIR. Corners: 42.733/36.267 and 44.517/36.667 shared with
# that FIR, 42.683/37.717, 41.900/40.333 and 43.183/39.917 read in EUROCONTROL's FIR data of 2015;
# from there to the mouth of the Psou, so that nothing of the sea off Abkhazia is in it.
BLACK_SEA_RUSSIA = Drawn(
    (
        (36.6833, 45.3783), (36.5900, 45.3067), (36.5950, 45.2450), (36.5333, 45.2050),
        (36.5717, 45.0717), (36.6100, 44.9367), (36.6667, 44.5167), (36.2667, 42.7333),
        (37.7170, 42.6830), (40.3330, 41.9000), (39.9170, 43.1830), (40.0, 43.385), (40.08, 43.65),
        (39.3, 44.2), (38.5, 44.6), (37.6, 44.95), (37.2, 45.2),
    )
)  # fmt: skip

# Off Dagestan and Kalmykia. South: coast at the Samur mouth to about the point where the seabed
# sectors of Russia, Azerbaijan and Kazakhstan meet, 42°33.6' N 49°53.3' E (agreement of 2003-05-14;
# read in the Kazakh-Azerbaijani protocol of 2003-02-27), inside the Rostov FIR. East: some km
# inside the Russian sector (recall). West: 5 to 15 km inland, so that no gap is left along the
# coast.
CASPIAN_APPROACHES = Drawn(
    (
        (48.40, 41.90), (48.62, 41.93), (49.85, 42.58), (49.70, 42.75), (49.48, 42.85),
        (49.48, 43.30), (49.00, 44.10),
        (48.60, 44.90), (48.40, 45.20), (46.60, 45.20), (46.55, 44.50), (46.90, 44.05),
        (47.20, 43.50), (47.25, 43.00), (47.50, 42.60), (48.00, 42.10),
    )
)  # fmt: skip

# The rest of the Rostov FIR over the Caspian. Corners 46.233/49.433, 42.833/49.500, 42.633/50.000
# and 41.883/48.533, read in EUROCONTROL's FIR data of 2015; in the north, sea and coast of Russia
# to the Kazakh border. Aktau (51.1° E) and Baku lie far outside.
CASPIAN_ROSTOV = Drawn(
    (
        (48.20, 41.95), (48.5330, 41.8830), (50.0000, 42.6330), (49.5000, 42.8330),
        (49.5000, 45.9170), (49.4330, 46.2330), (48.75, 46.55), (47.00, 46.30), (46.60, 45.20),
        (46.60, 44.50), (47.20, 43.50), (47.50, 42.60), (48.00, 42.10),
    )
)  # fmt: skip

# Eastern Gulf of Finland from Narva Bay past Gogland to the Finnish border (recall).
GULF_OF_FINLAND = Drawn(
    (
        (28.10, 59.40), (27.95, 59.60), (27.20, 59.85), (26.90, 60.10), (27.40, 60.28),
        (27.75, 60.50), (28.0, 60.65), (28.8, 60.75), (30.2, 60.1), (29.8, 59.6),
    )
)  # fmt: skip

# White Sea, and the Barents and Kara side west of 60° E, east of 38° E and south of 82° N (see
# WEST_OF_60E); the rest of the St Petersburg FIR is BARENTS_AND_ARCTIC. In the west along the
# Norwegian border to 70.000/31.133 and 70.167/32.083.
NORTHERN_SEAS = Drawn(
    (
        (31.0, 69.75), (30.95, 69.83), (31.133, 70.0), (32.083, 70.167), (34.0, 69.75),
        (36.0, 69.50), (38.0, 69.20), (38.0, 82.5),
        (62.0, 82.5), (62.0, 68.0), (54.5, 67.8), (50.0, 67.3), (46.5, 66.3), (44.3, 65.8),
        (41.0, 64.3), (38.0, 63.5), (34.2, 64.0), (32.5, 66.7), (33.5, 68.0),
    )
)  # fmt: skip

# West side of the Murmansk part of the St Petersburg FIR, corner by corner as read in
# EUROCONTROL's FIR data of 2015, to the pole; 5 km and more of NORTHERN_SEAS are taken in, so that
# no gap is left.
BARENTS_AND_ARCTIC = Drawn(
    (
        (32.0830, 70.1670), (33.0, 69.80), (36.0, 69.35), (38.2, 69.10), (38.2, 81.9), (60.0, 81.9),
        (60.0, 90.0), (32.0, 90.0), (32.0, 81.0), (35.0, 81.0), (35.0, 74.0), (32.0830, 74.0),
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

# Divisions that lie in the Moscow FIR (UUWV) but for a few per cent of their area.
MOSCOW_PROVINCES = (
    "Moskva", "Moskovsskaya", "Smolensk", "Tver'", "Yaroslavl'", "Ivanovo", "Vladimir",
    "Nizhegorod", "Ryazan'", "Kaluga", "Tula", "Bryansk", "Orel", "Kursk", "Lipetsk", "Tambov",
    "Belgorod", "Voronezh",
)  # fmt: skip

# The south of a division that UUWV shares with its neighbour.
KOSTROMA_SOUTH = Provinces("rus", only=("Kostroma",)) & Box(40.0, 57.0, 48.0, 58.4)

# What UUWV reaches, by degrees.
UUWV_BOX = Box(30.77, 49.40, 46.93, 58.76)

# The north-west of Volgograd region, which belongs to UUWV: beyond 49.394/40.164, 50.750/43.033,
# 51.100/43.633 and 51.200/44.983, read in EUROCONTROL's FIR data of 2015.
VOLGOGRAD_NORTH_WEST = Drawn(
    (
        (40.164, 49.394), (43.033, 50.750), (43.633, 51.100), (44.983, 51.200), (45.20, 51.60),
        (40.00, 51.60), (40.00, 49.394),
    )
)  # fmt: skip

ROSTOV_SEAS = (
    AZOV_RUSSIA | BLACK_SEA_RUSSIA | CASPIAN_APPROACHES | (CASPIAN_ROSTOV - Provinces("kaz"))
)

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
            "Placed by hand, 16 points. South: from the coast at the Samur mouth to near the point "
            "where the seabed sectors of Russia, Azerbaijan and Kazakhstan meet, 42°33.6' N "
            "49°53.3' E (2003 agreement). East: some km inside the Russian sector, from recall. "
            "North: 45.2° N. West: 5 to 15 km inland, so that it overlaps the coast. All of it "
            "lies inside the Rostov FIR, whose part of the Caspian reaches a little further east: "
            "see rostov-fir."
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
        shape=Provinces("rus", only=ROSTOV_PROVINCES) - VOLGOGRAD_NORTH_WEST | ROSTOV_SEAS,
        tolerance_km=1.5,
        accuracy_km=15.0,
        weapons=("pantsir-s1",),
        rated="Russia",
        basis=(
            f"{SOURCE}: Rostov, Krasnodar, Adygey, Stavropol', Karachay-Cherkess, Kabardin-Balkar, "
            "North Ossetia, Ingush, Chechnya, Dagestan, Kalmyk, Astrakhan' and Volgograd; the "
            "Black Sea and the Caspian to the corners of the FIR as EUROCONTROL's data of 2015 "
            "have them (41.900/40.333, 42.683/37.717, 42.733/36.267, 44.517/36.667; 46.233/49.433, "
            "42.833/49.500, 42.633/50.000, 41.883/48.533), the Sea of Azov to the limits printed "
            "in 14 CFR 91.1607; Volgograd region without its north-west, which lies in the Moscow "
            f"FIR; simplified to 1.5 km. {NOT_FIR} At sea it is good to about 5 km."
        ),
        notes=(
            "Notices that name the Rostov FIR are read as the whole FIR, its high seas included; "
            "those that speak of Russian airspace could also be read as land and 12 NM. Banned as "
            "a whole for Canadian operators since 2022-02-24. The belts of 160 NM (FAA) and 200 NM "
            "(France) along Ukraine cover only its west: they are zones of their own."
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
            "source), cut at exactly 60° E; Azov, Black Sea and Caspian as in rostov-fir; placed "
            "by hand: eastern Gulf of Finland, White Sea, and the Barents side east of 38° E up to "
            "82° N (for the rest of the St Petersburg FIR see russia-arctic); simplified to 2 km. "
            "Land borders are good to about 4 km, the Gulf of Finland to about 30 km, the line "
            "along 60° E is exact."
        ),
        notes=(
            "Area of EASA CZIB 2025-01, first issued on 2025-01-09 after J2-8243 was shot at. "
            "Drones have reached further east since mid-2025: east of 60° E no notice applies, "
            "which does not make it free of risk. Kaliningrad (UMKK) is a FIR of its own, which "
            "the bulletin does not name. The bulletin speaks of the airspace of the Russian "
            "Federation and lists FIRs: it is read here as those FIRs whole, high seas included."
        ),
    ),
    Recipe(
        id="russia-arctic",
        file="russia",
        name="Barents Sea and Arctic Ocean, 32° to 60° E (St Petersburg FIR)",
        kind="conflict",
        group="russia",
        shape=BARENTS_AND_ARCTIC,
        tolerance_km=0.0,
        accuracy_km=10.0,
        rated="Russia",
        basis=(
            "West side by the corners of the Murmansk FIR in EUROCONTROL's FIR data of 2015: "
            "70.167/32.083, 74.000/32.083, 74.000/35.000, 81.000/35.000, 81.000/32.000, to the "
            "pole along 32° E; east side along 60° E from 82° N to the pole. South and east of "
            "that, russia-west-60e goes on, which it overlaps by some kilometres. That today's "
            "St Petersburg FIR (ULLL) holds the former Murmansk FIR is not printed in any text "
            "read: maps of 2026 show it so."
        ),
        notes=(
            "Sea, but for Viktoriya island. EASA and Germany name the St Petersburg FIR (ULLL) "
            "west of 60° E, Italy asks for a risk assessment in it: read here as the FIR whole, to "
            "the pole. The words 'airspace of the Russian Federation' can also be read as land and "
            "12 NM of sea; then nothing of this zone is meant. Confidence in the reading: fair."
        ),
    ),
    Recipe(
        id="moscow-fir",
        file="russia",
        name="Moscow FIR beyond 200 NM of Ukraine",
        kind="conflict",
        group="russia",
        shape=((Provinces("rus", only=MOSCOW_PROVINCES) | KOSTROMA_SOUTH) & UUWV_BOX)
        - Within(UKRAINE_LAND, 200 * KM_PER_NM - 3.0),
        tolerance_km=1.5,
        accuracy_km=30.0,
        weapons=("pantsir-s1",),
        rated="Russia",
        basis=(
            f"{SOURCE}: Moscow city and region, Smolensk, Tver', Yaroslavl', Ivanovo, Vladimir, "
            "Nizhegorod, Ryazan' and the regions south of them, the divisions that lie in UUWV but "
            "for a few per cent (checked against FIR outlines of 2015 and 2026), with Kostroma "
            "south of 58.4° N, kept within 49.4 to 58.76° N and 30.77 to 46.93° E, which UUWV "
            "reaches; less all within 200 NM of Ukraine, measured on the ellipsoid; simplified to "
            f"1.5 km. {NOT_FIR} Strips of Mordovia, Mariy El and others belong to UUWV as well and "
            "are not drawn."
        ),
        notes=(
            "Moscow's airports lie in it. France asks for extreme caution in the Moscow FIR beyond "
            "200 NM of the Ukrainian border (2024-06-27); nearer than that it says not to enter: "
            "see the belt. EASA and Germany say not to fly here at all since January 2025."
        ),
    ),
    Recipe(
        id="russia-160nm-ukraine",
        file="russia",
        name="Russia within 160 NM of the Dnipro, Simferopol and Kyiv FIRs",
        kind="border",
        group="russia",
        shape=Within(UKRAINE_LAND | SIMFEROPOL_FIR | DNIPRO_WATERS, 160 * KM_PER_NM)
        & (Provinces("rus", only=(*NEAR_UKRAINE, "Saratov")) | AZOV_RUSSIA | BLACK_SEA_RUSSIA),
        tolerance_km=1.5,
        accuracy_km=15.0,
        weapons=("pantsir-s1",),
        rated="Russia",
        basis=(
            "160 NM measured on the ellipsoid from Ukraine's land border with Russia and Belarus, "
            "which stands for the limits of the Kyiv and Dnipro FIRs on land, and from the "
            "Simferopol FIR and the waters of the Dnipro FIR as printed in 14 CFR 91.1607; cut to "
            f"Russian land of {SOURCE} and to the parts of the Black Sea and Azov in the Rostov "
            "FIR; simplified to 1.5 km."
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
            f"it, of {SOURCE}; cut to Russian regions of the Moscow and Rostov FIRs and to the "
            "parts of the Black Sea and Azov in the Rostov FIR; simplified to 1.5 km. Saratov and "
            "Penza are left out: they belong to the Samara FIR, which these notices do not name."
        ),
        notes=(
            "Belt of France, Canada (in the Moscow FIR; the Rostov FIR as a whole) and Italy, and "
            "of EASA from 2022-02-25 until CZIB 2025-01 took in all of Russia west of 60° E. "
            "Moscow's airports lie just outside, at about 220 NM."
        ),
    ),
)

"""Lebanon, Syria and its vicinity, Israel, Jordan and Sinai."""

from __future__ import annotations

from zoneset.header import NOT_FIR, SOURCE
from zoneset.shapes import KM_PER_NM, Drawn, Offshore, Provinces, Recipe, Within

__all__ = ["RECIPES"]


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

# ZELAF, BASEM, LOTAX and LATEB, 0.5 km to the north-east, so that airways on the line count with
# the south-west; drawn on into Jordan and Lebanon, then round both parts of Syria.
SYRIA_LINE = (
    (38.1891, 32.6256), (38.0046, 32.9508), (37.6559, 33.5637), (36.5422, 33.9874),
    (35.2422, 34.4714),
)  # fmt: skip
SYRIA_SOUTH_WEST = Drawn((*SYRIA_LINE, (35.0, 32.0), (38.0, 31.8)))
SYRIA_REST = Drawn((*SYRIA_LINE, (35.0, 34.6), (35.0, 38.0), (43.0, 38.0), (43.0, 32.6)))

# Tel Aviv FIR: the sea to 34.05° E, a little inside its western edge at 34.0° E (recall); in the
# north-west it follows, roughly, the round edge of the FIR.
ISRAEL_WATERS = Drawn(
    (
        (34.22, 31.335), (34.05, 31.60), (34.05, 32.35), (34.20, 32.53), (34.35, 32.65),
        (34.53, 32.73), (34.60, 33.05), (35.09, 33.08), (35.20, 33.00),
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


SYRIA_FIXES = (
    "ZELAF (32.9489° N 37.9998° E), BASEM (33.5603° N 37.6519° E), LOTAX (33.9833° N 36.5400° E) "
    "and LATEB (34.0317° N 36.4100° E), which EASA names and navigation data of 2013 place"
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
            f"recall; simplified to 0.5 km. {NOT_FIR} Land borders are good to about 3 km, the sea "
            "to 8 km."
        ),
        notes=(
            "Israeli strikes since 2024, again through 2026. EASA and France except Beirut "
            "approached from the sea; the UK did so from 2025-12-15 to 2026-03-03 and no longer. "
            "GPS is jammed and spoofed. It lies wholly within 200 NM of Syria."
        ),
    ),
    Recipe(
        id="syria",
        file="syria",
        name="Northern and eastern Syria (Damascus FIR)",
        kind="conflict",
        group="middle-east",
        shape=SYRIA,
        exact=SYRIA_REST,
        tolerance_km=1.2,
        accuracy_km=10.0,
        rated="Syria",
        basis=(
            f"{SOURCE}: all of the country north and east of the line of {SYRIA_FIXES}, and 12 NM "
            f"of sea off its coast; simplified to 1.2 km but for that line. {NOT_FIR}"
        ),
        notes=(
            "War since 2011; a change of power in December 2024; foreign air strikes since. On "
            "2026-10-01 EASA eased its bulletin for this part: not below FL260, caution above. The "
            "FAA, the UK, France and Canada still shut out the whole FIR."
        ),
    ),
    Recipe(
        id="syria-south-west",
        file="syria",
        name="South-western Syria (Damascus FIR)",
        kind="conflict",
        group="middle-east",
        shape=SYRIA,
        exact=SYRIA_SOUTH_WEST,
        tolerance_km=1.2,
        accuracy_km=12.0,
        rated="Syria",
        basis=(
            f"{SOURCE}: all of the country south and west of the line of {SYRIA_FIXES}, with "
            "Damascus; drawn 0.5 km outside the line, as EASA counts the airways on it with this "
            "part; simplified to 1.2 km elsewhere. The Golan Heights, up to 22 km wide and in the "
            "Damascus FIR, are with the zone israel, as the source has them."
        ),
        notes=(
            "Israeli strikes, and Iranian missiles that pass over it. EASA's bulletin of "
            "2026-10-01 keeps its advice against every level for this part alone; the FAA, the UK, "
            "France and Canada shut out the whole FIR."
        ),
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
            "For overflights above FL320 read it as information: both notices date from 2018 and "
            "still stood when last seen, the FAA's on its page of 2026-09-14. "
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
            "recall, its corner in the north-west by a look at a public outline of the FIRs; "
            f"simplified to 0.5 km. {NOT_FIR} The Golan Heights lie in the Damascus FIR: there the "
            "line is off by half their width, 11 km, elsewhere by 5 km."
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
            "in 2026; Iranian attacks on targets in Jordan in July 2026. EASA saw none in August "
            "when it eased its bulletin on 2026-08-31, but missiles are reported at Muwaffaq Salti "
            "air base on 2026-08-30 (one account)."
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

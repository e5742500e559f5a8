"""Armenia and Azerbaijan: two short closures of the past."""

from __future__ import annotations

from zoneset.header import SOURCE
from zoneset.papers import Record
from zoneset.shapes import Provinces, Recipe, Within

__all__ = ["ADVISORIES", "RECIPES"]

# The exclave, by its divisions in the source.
NAKHCHIVAN = (
    "Babək", "Culfa", "Kangarli", "Naxçıvan", "Ordubad", "Sədərək", "Şahbuz", "Şərur",
)  # fmt: skip

BORDER_BELT_KM = 20.0

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="armenia-azerbaijan",
        file="caucasus",
        name="Azerbaijan along the Armenian border",
        kind="border",
        group="caucasus",
        shape=Within(Provinces("arm"), BORDER_BELT_KM) & Provinces("aze", but=NAKHCHIVAN),
        tolerance_km=1.2,
        accuracy_km=20.0,
        rated="Azerbaijan",
        basis=(
            f"{SOURCE}: Azerbaijan without Nakhchivan, within 20 km of Armenia, a width of ours "
            "that stands for the way-points on the border; simplified to 1.2 km."
        ),
        notes=(
            "In the war of autumn 2020 (from 2020-09-27) and the fighting of September 2022 and "
            "September 2023 crossing points such as MATAL, ELSIV, PEMAN and VETEN were closed for "
            "a time. Only for 2023 were both ends of a closure found; the "
            "notices of 2020 (Azerbaijan, Armenia A0114/20, France, Germany) and of 2022 were "
            "found without days or areas and are not held. No notice was in force in 2026."
        ),
    ),
    Recipe(
        id="nakhchivan",
        file="caucasus",
        name="Nakhchivan (southern sector of the Baku FIR)",
        kind="closed",
        group="caucasus",
        shape=Provinces("aze", only=NAKHCHIVAN),
        tolerance_km=1.0,
        accuracy_km=10.0,
        rated="Azerbaijan",
        basis=(
            f"{SOURCE}: the eight divisions of the exclave, simplified to 1 km. The NOTAM closed "
            "the south of the FIR, whose limits were not seen; the rest of it is not drawn."
        ),
        notes=(
            "On 2026-03-05 drones from Iran struck the airport terminal and a village; the south "
            "of the Azerbaijani airspace was closed for 12 hours, the airport until 2026-03-09. "
            "The main east-west routes stayed open."
        ),
    ),
)

ADVISORIES: tuple[Record, ...] = (
    Record(
        id="azerbaijan-border-2023", zones=("armenia-azerbaijan",), issuer="Azerbaijan",
        reference="closure of four border way-points by NOTAM", level="avoid",
        binds="all civil aircraft", issued="2023-09-19", ended="2023-09-21",
        summary="Crossing points to Armenia closed during the offensive in Karabakh.",
        confidence=(
            "fair: trade press: closed on 2023-09-19, cancelled on 2023-09-20 at 11:24 UTC, "
            "counted to the end of that day; the NOTAMs were not read"
        ),
    ),
    Record(
        id="azerbaijan-south-2026", zones=("nakhchivan",), issuer="Azerbaijan",
        reference="closure of the south by NOTAM", level="avoid", binds="all civil aircraft",
        issued="2026-03-05", ended="2026-03-06",
        summary="South of the Baku FIR closed for 12 hours after drone strikes on Nakhchivan.",
        confidence=(
            "good: agencies of 2026-03-05 and OPSGROUP; hours and number not seen, counted as the "
            "one day"
        ),
    ),
    Record(
        id="nakhchivan-airport-2026", zones=("nakhchivan",), issuer="Azerbaijan",
        reference="Nakhchivan airport closed", level="avoid", binds="all civil aircraft",
        issued="2026-03-05", ended="2026-03-10", applies="arrival-departure",
        summary="Flights to and from Nakhchivan suspended after drones hit the terminal.",
        confidence=(
            "good: airport in the press; reopened on 2026-03-09 at 18:00 local time, counted to "
            "the end of that day"
        ),
    ),
)  # fmt: skip

"""Armenia and Azerbaijan: two short closures of the past."""

from __future__ import annotations

from zoneset.header import SOURCE
from zoneset.shapes import Provinces, Recipe, Within

__all__ = ["RECIPES"]

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

"""Columns of a second flight in the same row: a return, or the legs that follow."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import Final, NamedTuple

from routecheck.batch.terms import DEST, FILLERS, ORIGIN, file_of, kind_of, listed, words_of
from routecheck.errors import RoutecheckError
from routecheck.zones.problems import printable

__all__ = ["Leg", "first_leg", "further_legs", "refuse_legs"]

_MARKS: Final = {
    "outbound": 1, "outward": 1, "first": 1, "going": 1, "hinflug": 1, "aller": 1,
    "return": 2, "returning": 2, "inbound": 2, "ret": 2, "rtn": 2, "second": 2, "onward": 2,
    "onwards": 2, "back": 2, "homebound": 2, "retour": 2, "rückflug": 2, "rueckflug": 2,
    "rückreise": 2, "hinreise": 1, "regreso": 2, "vuelta": 2, "ida": 1, "volta": 2, "ritorno": 2,
    "third": 3, "fourth": 4, "ii": 2, "iii": 3, "iv": 4, "connecting": 2, "fwd": 2, "forward": 2,
    "final": 2,
}  # fmt: skip
_NEUTRAL: Final = frozenset(
    ["leg", "legs", "segment", "seg", "sector", "slice", "flight", "flt", "trip", "journey", "no",
     "nr", "number", "local", "utc", "travel", "scheduled", "sched", "time"]
)  # fmt: skip
_DATES: Final = frozenset(["date", "datum", "datetime", "day", "fecha", "tag"])
_FLIGHTS: Final = frozenset(["flight", "flt", "flightno", "flightnumber"])
_PLACES: Final = frozenset(
    ["airport", "apt", "stn", "station", "city", "point", "place", "leg", "sector", "segment",
     "route", "routing"]
)  # fmt: skip
_ROUTES: Final = frozenset(["route", "routing", "itinerary", "itin"])
_WHOLE: Final = frozenset(
    ["return", "returning", "inbound", "rückflug", "rueckflug", "rückreise", "retour"]
)
_GLUED: Final = re.compile(r"(return|rück(?:flug|reise)s?|rueckflug|inbound)(date|datum|tag)")


class Leg(NamedTuple):
    """What a column says by its name: of which leg, counted from 1, and which end, or date."""

    use: str
    number: int
    name: str


def _shift(names: Sequence[str]) -> int:
    """1 where legs are numbered from 0 on: ``dep_0``, ``arr_0``, ``dep_1``."""
    zeros = [leg for name in names if (leg := _leg(name, 1)) and leg.number == 1]
    return int({"origin", "dest"} <= {leg.use for leg in zeros if "0" in words_of(leg.name)})


def _leg(name: str, shift: int = 0) -> Leg | None:
    """The leg that a name marks; None if it marks none."""
    said = [word for word in words_of(name) if word not in ("st", "nd", "rd", "th")]
    glued = [_GLUED.fullmatch(word) for word in said]
    if any(glued):
        return Leg("date", 2, name)
    numbers = [int(word[:3]) for word in said if word.isdigit()]
    marks = [_MARKS[word] for word in said if word in _MARKS]
    core = [
        word
        for word in said
        if not word.isdigit() and word not in _MARKS and word not in FILLERS
    ]  # fmt: skip
    if not numbers and not marks:
        return None
    number = max([*(each + shift for each in numbers), *marks])
    if not 1 <= number <= 20:
        return None
    use = _use(said, core, numbers, marks)
    return Leg(use, number, name) if use else None


def _use(
    said: Sequence[str], core: Sequence[str], numbers: Sequence[int], marks: Sequence[int]
) -> str:
    rest = [word for word in core if word not in _NEUTRAL]
    dates = [word for word in rest if word in _DATES]
    if dates and all(word in _DATES or word in ORIGIN for word in rest):
        # Day 1 to Day 7 are those of a week
        return "" if not marks and {"day", "tag"}.intersection(dates) else "date"
    if len(rest) == 1 and rest[0] in ORIGIN:
        return "" if "time" in core or "utc" in core or "local" in core else "origin"
    if len(rest) == 1 and rest[0] in DEST:
        return "" if "time" in core or "utc" in core or "local" in core else "dest"
    if (marks or max(numbers, default=0) > 1) and rest and _ROUTES.issuperset(rest):
        return "place"
    if rest:
        return ""
    if _FLIGHTS.intersection(core) and not {"time", "trip"}.intersection(core):
        return "flight"
    if len(said) == 1 and said[0] in _WHOLE:
        return "date"
    placed = bool(core) or bool(FILLERS.intersection(said))
    placed = placed and all(word.isdigit() or word in _PLACES or word in FILLERS for word in said)
    return "place" if numbers and placed and not marks else ""


def first_leg(names: Sequence[str], use: str) -> str | None:
    """The column of an end of the first leg, where all are numbered or marked."""
    order = ORIGIN if use == "origin" else DEST
    ranked = []
    shift = _shift(names)
    for at, name in enumerate(names):
        leg = _leg(name, shift)
        if leg is not None and leg.use == use and leg.number == 1:
            said = words_of(name)
            first = min(order.index(word) for word in said if word in order)
            ranked.append((kind_of(said), first, at, name))
    return min(ranked)[3] if ranked else None


def further_legs(
    names: Sequence[str], used: Sequence[str], *, ends_named: bool, date_named: bool, dated: bool
) -> list[Leg]:
    """Columns of further flights that would not be looked at.

    Parameters
    ----------
    used : sequence of str
        Columns that are taken for something.
    ends_named, date_named : bool
        Whether the user named the two ends, or the date: then the other flights are left out on
        purpose.
    dated : bool
        Whether dates come from the table: else a date of return says nothing more.
    """
    if ends_named:
        return []
    said = {_key(name) for name in used}
    found = []
    shift = _shift(names)
    for name in names:
        leg = _leg(name, shift)
        if name in used or leg is None:
            core = [word for word in words_of(name) if word not in FILLERS]
            if (
                name not in used and _key(name) in said and len(core) == 1 and core[0] in _ENDS
            ):  # From and FROM
                found.append(Leg(_twin_use(name), 2, name))
            continue
        if leg.use == "place" or leg.number > 1:
            found.append(leg)
        elif (
            leg.use in ("origin", "dest")
            and re.search(r"\d", name)
            and not any(
                (other := _leg(each, shift)) and other.number == 1 and other.use == leg.use
                for each in used
            )
        ):
            found.append(leg)  # From and From.1
    ends = [leg for leg in found if leg.use in ("origin", "dest", "place", "flight")]
    if ends:
        return [leg for leg in found if leg.use in ("origin", "dest", "place", "date", "flight")]
    return found if dated and not date_named else []


_ENDS: Final = frozenset([*ORIGIN, *DEST])


def _key(name: str) -> tuple[str, ...]:
    return tuple(words_of(name))


def _twin_use(name: str) -> str:
    return "origin" if set(words_of(name)) & set(ORIGIN) else "dest"


def refuse_legs(
    legs: Sequence[Leg], chosen: dict[str, str | None], names: Sequence[str], where: str
) -> RoutecheckError:
    """Say which columns hold another flight, and the two ways out."""
    which = listed([leg.name for leg in legs], 8)
    ignored = " ".join(f"--ignore-col {_quoted(leg.name)}" for leg in legs[:8])
    apart = ""
    second = min((leg.number for leg in legs if leg.use in ("origin", "dest")), default=0)
    ends = {leg.use: leg.name for leg in reversed(legs) if leg.number == second}
    if "origin" in ends and "dest" in ends and chosen.get("origin") and chosen.get("dest"):
        runs = (_run(chosen), _run(ends))
        apart = f"run once with {runs[0]} and once with {runs[1]}, or "
    elif all(leg.use in ("date", "flight") for leg in legs) and chosen.get("origin"):
        day = next((leg.name for leg in legs if leg.use == "date"), None)
        back = {"origin": chosen.get("dest"), "dest": chosen.get("origin"), "date": day}
        apart = f"run once with {_run(chosen)} and once with {_run(back)}, or "
    plural = len(legs) > 1
    message = (
        f"{file_of(where)}column{'s' * plural} {which} tell{'' if plural else 's'} of another "
        f"flight in the same row, which would not be checked: {apart}leave "
        f"{'them' if plural else 'it'} out with {ignored}"
    )
    if any(re.search(r"_\d+$", leg.name) for leg in legs):
        message += " (a second column of one name is called From_2; its number, like #4, does too)"
    return RoutecheckError(message)


def _run(columns: dict[str, str | None] | dict[str, str]) -> str:
    options = (("origin", "--origin"), ("dest", "--dest"), ("date", "--date-col"))
    return " ".join(
        f"{option} {_quoted(name)}" for use, option in options if (name := columns.get(use))
    )


def _quoted(name: str) -> str:
    return shlex.quote(printable(name))

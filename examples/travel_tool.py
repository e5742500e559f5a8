"""A booking tool asks routecheck about each itinerary and decides what the traveller sees.

    python travel_tool.py [DATE]

Prints one JSON object per itinerary, as a web page could use it.
"""

import json
import sys

import routecheck as rc

ITINERARIES = [
    ["LHR", "JFK"],
    ["Baku", "GRV"],
    ["IST", "GYD", "DEL"],
    ["LHR", "XQX1"],
]

SHOW = {
    "avoid": "stop",  # ask for a confirmation, and show the advice first
    "caution": "warn",
    "watch": "inform",
    "clear": "nothing",
    "unknown": "warn",  # the tool must not answer: never treat that as clear
}


def offer(places: list[str], date: str) -> dict[str, object]:
    """What the booking page needs to know about one itinerary."""
    try:
        assessment = rc.check(*places, date=date)
    except rc.RoutecheckError as error:
        # A place that is unknown or ambiguous: let the traveller correct it.
        return {"itinerary": places, "show": "correct", "message": str(error).splitlines()[0]}
    advice = {item.topic: item for item in assessment.advice}
    flight_path = advice.get("flight-path")
    record = assessment.to_dict()  # keep all of it with the booking: it is the evidence
    return {
        "itinerary": places,
        "show": SHOW[assessment.verdict],
        "message": assessment.headline,
        "score": assessment.score,
        "zones": [exposure.zone.name for exposure in assessment.exposures[:3]],
        "advice": flight_path.text if flight_path else None,
        "look_up": flight_path.links[0] if flight_path and flight_path.links else None,
        "evidence": {key: record[key] for key in ("schema", "version", "as_of", "checked_at")},
    }


def main() -> None:
    date = sys.argv[1] if len(sys.argv) > 1 else "2026-11-20"
    for places in ITINERARIES:
        print(json.dumps(offer(places, date), ensure_ascii=False))


if __name__ == "__main__":
    main()

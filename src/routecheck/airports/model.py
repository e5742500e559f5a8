"""The place a word was taken for."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Airport"]


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport, or a bare position, with the word that led to it.

    Attributes
    ----------
    input : str
        The word as it was typed.
    name : str
        Name for people, e.g. ``"Heydar Aliyev International Airport"``.
    lat, lon : float
        WGS84 degrees.
    iata, icao : str or None
        Codes, where it has them.
    city, country : str
        City name and ISO 3166 alpha-2 country code, empty for a bare position.
    note : str or None
        What the word was taken for when that is not plain, e.g. that ``BAK`` is a city code.
    guess : bool
        Whether the word, a name, may have meant another place as well.
    """

    input: str
    name: str
    lat: float
    lon: float
    iata: str | None = None
    icao: str | None = None
    city: str = ""
    country: str = ""
    note: str | None = None
    guess: bool = False

    @property
    def code(self) -> str:
        """The shortest name that still says which place it is."""
        return self.iata or self.icao or f"{self.lat:g},{self.lon:g}"

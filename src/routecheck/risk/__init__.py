"""From exposure to verdict: profile, levels, dose, score, advice."""

from routecheck.risk.assess import assess
from routecheck.risk.model import Assessment, Exposure, Interval

__all__ = ["Assessment", "Exposure", "Interval", "assess"]

"""Routes: from codes and names, through places, to geodesic legs."""

from routecheck.routes.build import build_route, split_codes
from routecheck.routes.model import Route

__all__ = ["Route", "build_route", "split_codes"]

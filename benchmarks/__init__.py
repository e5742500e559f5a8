"""The same work for routecheck and for every peer that installs: ``make bench``."""

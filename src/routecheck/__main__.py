"""``python -m routecheck``."""

from routecheck.cli import main

if __name__ == "__main__":
    main()

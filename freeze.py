"""`python freeze.py` is `octavo freeze`."""

from __future__ import annotations

import sys

from app.cli import main

if __name__ == "__main__":
    main(["freeze", *sys.argv[1:]])

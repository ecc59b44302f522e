"""`python -m app.cli` is `octavo`."""

from . import main

main()

"""The bibliography: `.bib` files read, and their entries written in a citation style. It knows of no site and no page."""

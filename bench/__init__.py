"""How fast Octavo is on this machine."""

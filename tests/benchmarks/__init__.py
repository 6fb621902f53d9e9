"""Figures, printed as tables with a ratio to a limit or a peer of the same run; never asserted."""

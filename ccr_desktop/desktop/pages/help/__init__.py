"""The page Help: checks of everything, a support file, and what there is to read."""

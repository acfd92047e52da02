"""The pages of the window. Each has a view that shows and signals, and a presenter that acts."""

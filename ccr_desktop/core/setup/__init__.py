"""Changes to a configuration that people ask for: pure functions on its raw form."""

"""Reading `config.json`: one description of the settings, one reader, named problems."""

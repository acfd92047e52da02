"""Small widgets that know nothing of routers: they show what they are given."""

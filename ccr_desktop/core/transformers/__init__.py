"""Named units that rewrite requests and answers: the built-in ones, and the loader of plugins."""

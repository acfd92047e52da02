"""Tests with a real language model: slow, outside the ordinary suite."""

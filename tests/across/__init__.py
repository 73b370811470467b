"""Tests of the rules across items."""

"""Judging: a run and a rule set in, a report out."""

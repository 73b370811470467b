"""The command line: one module per sub-command. Only here is printed, and only here the program exits."""

from ita_rules.cli.app import main

__all__ = ["main"]

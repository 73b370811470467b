"""The command line: one module per sub-command. Only here is printed, and only here the program exits."""


def main() -> None:
    """Run ``ita-rules``."""

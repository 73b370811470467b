"""The command line: one module per sub-command. Only here is printed, and only here the program exits."""

__all__ = ["main"]


def main() -> None:
    """Run the program on its command line, and end with its exit status."""
    # A child that checks one agency needs none of the sub-commands.
    from ita_rules.cli.app import main as run

    run()

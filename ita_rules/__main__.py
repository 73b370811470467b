"""``python -m ita_rules`` is the same program as ``ita-rules``."""

from ita_rules.cli import main

if __name__ == "__main__":
    main()

"""One text in every form of office file."""

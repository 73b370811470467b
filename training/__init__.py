"""What made the trained files that the packages ship. Nothing here is installed; it needs the extra ``training``."""

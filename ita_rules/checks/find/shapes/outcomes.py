"""What came of work, and what is asked of people, told by form and not by a heading."""

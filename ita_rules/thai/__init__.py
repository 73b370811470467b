"""Thai text: folding for search, numbers, dates, fiscal years. Ground floor: imports nothing above `errors`."""

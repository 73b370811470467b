"""One night after another of the same agency: what a light night goes by, what is carried over, and what changed."""

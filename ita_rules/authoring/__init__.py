"""What helps those who write rules: schemas for their editors, tests that run while they write, the table of conditions."""

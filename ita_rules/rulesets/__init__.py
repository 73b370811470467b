"""Rule sets: what each O-item of a fiscal year asks, loaded from YAML, checked, tested by their own cases, explained."""

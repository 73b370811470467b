"""Invented documents of invented agencies in every form that agencies publish, with their truth."""

"""Finding evidence in lines of text: headed sections, columns, rows, fields, statements, and named detectors."""

"""Readers turn the bytes of one body into a `Document`: pages of headings, text, rows and items, with their structure.

`interface` holds the common shape and `read`, which picks the reader by content. `sandbox.ReaderPool` runs `read` in
limited child processes; foreign bytes are never parsed in the crawler's own process, since parsers can abort or hang.
"""

"""A browser for pages that show nothing without one: the machine's own Chromium, driven by playwright, kept behind our fetcher.

renderer.py   the door: starts the browser when first needed, one page at a time, ends it
machine.py    which Chromium, and with which switches
gate.py       what a page may ask for; all of it goes through the guarded fetcher
tour.py       one page: load, open what is folded, save
memory.py     how much memory a page may take
guard.js      put into every page before its scripts: takes away what speaks past the fetcher
tour.js       finds what can be opened, and writes down the page as it stands
"""

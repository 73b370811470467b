"""GATHER: the only rooms that meet the network and foreign bytes.

`crawlers.fetch` and its neighbours bring responses, `crawlers.readers` turns bodies into text. Nothing here judges.
"""

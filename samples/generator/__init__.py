"""The kept generator of the sample agency's website. Run `samples/make.py`; nothing of the checker imports this."""

"""Training of the reader of Thai digits: glyphs rendered in many Thai fonts, spoilt as scans are, and learned.

``python -m training.digits.train`` makes the weights, ``python -m training.digits.evaluate`` measures them through Tesseract,
``python -m training.digits.fixtures`` makes the lines that the tests use. All three run on a CPU in minutes and need Pillow
with libraqm (Thai marks are placed by it), Thai fonts, and for the last two Tesseract with the model ``Thai``.
"""

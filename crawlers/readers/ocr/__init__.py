"""Optical character recognition (OCR): the text of pages that are pictures.

`types` holds the shapes that are shared, `engine` Tesseract (through tesserocr, one object a process), `picture` what is done
to a picture before (decoding within bounds, greying, deskewing), `cells` ruled tables, `page` the way from a picture to a
`Page`, and `document` which pages of a document are recognised, and how many. The extra ``ocr`` and a Thai model of Tesseract
have to be on the machine; where they are not, pages keep their cause `no_ocr`.
"""

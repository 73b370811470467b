"""Official papers in Word: the analysis with its measures, the memo, the executive's page, the units' sheets.

They are drafts. What a program cannot know stays blank and highlighted; nothing is signed, numbered or dated on anybody's behalf.
"""

from reports.papers.renderer import DocxRenderer

__all__ = ["DocxRenderer"]

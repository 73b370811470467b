"""Renderers: each turns one `ita_rules.model.Report` into a file, or into lines of a terminal. They decide nothing."""

from reports.interface import Renderer, renderers

__all__ = ["Renderer", "renderers"]

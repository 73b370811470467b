"""ita-rules: checks whether a Thai public agency's website discloses what the OIT form asks.

The one public door of the package. What stands in ``__all__`` is meant for other programs; everything else may change.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]

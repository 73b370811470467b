"""The night's work on many agencies, apart from what is printed: what is done, who works on what, and what went wrong in common.

An *audit* is one pass over a list of agencies. It has an identity (a folder below ``OUT/audits``), in which each agency leaves
one result, whole or not at all; so a pass that was cut short by whatever means knows what is left.
"""

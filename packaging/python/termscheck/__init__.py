"""Checks a repository's docs and code against the terms of a vendor's licence page."""

from ._find import find_binary

__all__ = ["find_binary"]

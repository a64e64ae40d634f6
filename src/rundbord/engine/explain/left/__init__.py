"""What a solution leaves, laid out so that every trial is a look into a table."""

from .rest import Left

__all__ = ["Left"]

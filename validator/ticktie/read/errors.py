"""Why a file cannot be read, in words that name the file, the place and the remedy."""

from __future__ import annotations


class ReadError(Exception):
    """A file that gives no document: ``path``, what is wrong with it, and what to do."""

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}; {remedy}")
        self.path = path
        self.problem = problem
        self.remedy = remedy

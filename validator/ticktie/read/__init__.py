"""Bytes to documents: each reader yields decoded text with its blocks and their places."""

from ticktie.read.errors import ReadError as ReadError

"""The version of ticktie, in the one place that the build and the command read it from."""

VERSION = "0.1.0"

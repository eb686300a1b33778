"""Print the seconds of every shape and size, and how much longer the largest takes than the smallest: 8 is linear."""

from __future__ import annotations

import sys

from tests.bench.scaling import MEGABYTE, SHAPES, laps


def main() -> None:
    for shape in sys.argv[1:] or SHAPES:
        times = laps(shape)
        seconds = ", ".join(f"{size / MEGABYTE:g} MB {taken:.2f} s" for size, taken in times.items())
        first, *_, last = times.values()
        print(f"{shape}: {seconds}; {last / first:.1f} times", flush=True)


if __name__ == "__main__":
    main()

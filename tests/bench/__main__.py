"""Print the seconds of facts held in memory, beside a bare calculation check; then those of every shape and size of
text, and how much longer the largest takes than the smallest: 8 is linear."""

from __future__ import annotations

import sys

from tests.bench import memory, xbrl
from tests.bench.scaling import MEGABYTE, SHAPES, laps


def main() -> None:
    wanted = sys.argv[1:] or [*SHAPES, "memory", "xbrl"]
    if "memory" in wanted:
        for line in memory.lines():
            print(line, flush=True)
    if "xbrl" in wanted:
        for line in xbrl.lines():
            print(line, flush=True)
    for shape in (shape for shape in wanted if shape in SHAPES):
        times = laps(shape)
        seconds = ", ".join(f"{size / MEGABYTE:g} MB {taken:.2f} s" for size, taken in times.items())
        first, *_, last = times.values()
        print(f"{shape}: {seconds}; {last / first:.1f} times", flush=True)


if __name__ == "__main__":
    main()

"""Print the seconds of every shape and size, and how each grows."""

from __future__ import annotations

import sys

from tests.bench.scaling import SHAPES, SIZES, laps


def main() -> None:
    print(f"{'seconds of ticktie check':<26}" + "".join(f"{size:>8} MB" for size in SIZES))
    for shape in sys.argv[1:] or SHAPES:
        times = laps(shape)
        print(f"{shape:<26}" + "".join(f"{times[size]:>11.2f}" for size in SIZES))


if __name__ == "__main__":
    main()

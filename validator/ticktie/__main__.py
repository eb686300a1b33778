"""``python -m ticktie``: the command line, where the script ``ticktie`` is not on the path."""

from __future__ import annotations

from ticktie.cli.main import main

if __name__ == "__main__":
    main(prog_name="ticktie")

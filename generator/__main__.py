"""``python -m generator`` is the command ``erroratlas``."""

from generator.cli.main import main

main()

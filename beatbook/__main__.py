"""``python -m beatbook`` is the same as ``beatbook``."""

from beatbook.cli import main

main()

"""The commands by subject. A module here imports click and the standard library, and anything heavy when
called."""

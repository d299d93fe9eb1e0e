"""One statement on the whole screen, for people who look at it together."""

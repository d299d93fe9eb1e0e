"""Word back in: a completed Word form read, matched with its framework and planned into an audit."""

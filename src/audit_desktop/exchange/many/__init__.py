"""Many audits at once: names, workers, and the record of what was done. Reading and writing are handed in."""

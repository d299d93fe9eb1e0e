"""Files in and out: the audit container, the framework catalogue, the journal. No Qt."""

"""One editor for each kind of field; an editor knows its field and a value, and nothing of sessions or files."""

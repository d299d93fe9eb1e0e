"""What an audit is: framework, edits, state, scoring, progress and merge. No files, no Qt."""

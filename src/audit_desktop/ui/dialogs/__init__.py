"""Dialogs. Each is imported when it is first asked for; none waits in a loop of its own."""

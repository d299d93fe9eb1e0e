"""The report to read as a PDF, drawn with Qt's fonts and text layout; no window and no screen are needed."""

"""RevMentor Desktop: runs a reverse mentoring programme from one file on one laptop."""

__version__ = "0.1.0"

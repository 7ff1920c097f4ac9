"""Turn a week of feeds, newsletters and saved articles into one newsletter issue."""

__version__ = "0.1.0"

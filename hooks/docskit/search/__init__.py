"""Search: the index is written here, and read by overrides/assets/javascripts/search."""

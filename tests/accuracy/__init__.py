"""Field-by-field accuracy of the parsers against a truth that was not read by them."""

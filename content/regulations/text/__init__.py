"""How the text of a regulation is built: numerals, articles, adoption notes, citations, comparison. Pure Python."""

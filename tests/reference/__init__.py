"""A search engine that does what the contract says by looking at every document.

It is no engine to use: it tells what the others should answer, and serves indexes of any fields where no server runs.
"""

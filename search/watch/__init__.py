"""Following records, searches and products (订阅): who is told of which change, and how."""

"""All public records of a type as files to download (批量数据), made once a day."""

"""Tables that people upload and download (CSV, XLSX). Pure: no Django; everything that comes in is hostile."""

from content.sheets.errors import UploadError
from content.sheets.reading import Table, read_table_file
from content.sheets.writing import Sheet, workbook

__all__ = ["Sheet", "Table", "UploadError", "read_table_file", "workbook"]

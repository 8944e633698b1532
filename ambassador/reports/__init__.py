"""A report as a file: spreadsheet, page to print, plain table."""

"""A report as a file: spreadsheet, page to print, plain table; and other tables, slips and networks.

Public names: ``report_xlsx``, ``report_html``, ``packing_html``, ``csv_table``, ``xlsx_table``,
``network_file``, ``Words``.
Read in this order: ``words``, ``tables``, ``html``, ``xlsx``, ``plain_table``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.reports.html import packing_html, report_html
    from ambassador.reports.network_files import network_file
    from ambassador.reports.plain_table import csv_table, xlsx_table
    from ambassador.reports.words import Words
    from ambassador.reports.xlsx import report_xlsx

__all__ = ["Words", "csv_table", "network_file", "packing_html", "report_html", "report_xlsx", "xlsx_table"]
__getattr__ = offering(
    __name__,
    {
        "report_xlsx": "xlsx",
        "report_html": "html",
        "packing_html": "html",
        "csv_table": "plain_table",
        "xlsx_table": "plain_table",
        "network_file": "network_files",
        "Words": "words",
    },
)

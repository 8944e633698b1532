"""Shopify's export of orders: one order stands on as many rows as it has line items."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

SHOPIFY_ORDERS = Format(
    key="shopify-orders",
    name=mark("Shopify orders"),
    kind=ImportKind.OUTCOMES,
    has=("Name", "Financial Status", "Discount Code", "Lineitem quantity|Lineitem name|Lineitem price|Total"),
    columns={
        "order_id": "Name",
        "code": "Discount Code",
        "value": "Total",
        "currency": "Currency",
        "happened_on": "Created at",
        "state": "Financial Status",
        "refunded": "Refunded Amount",
        "cancelled_at": "Cancelled at",
        "is_test": "Test|Is test",
    },
)

"""Shops beside Shopify: WooCommerce, Stripe, PrestaShop; each order under its own id, in its own currency."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

WOOCOMMERCE_ORDERS = Format(
    key="woocommerce-orders",
    name=mark("WooCommerce orders"),
    kind=ImportKind.OUTCOMES,
    has=("Order Number|Order ID|order_number", "Order Status|status",
         "Order Total Amount|Order Total|order_total", "Coupon Code|Coupons|coupon_items"),
    columns={
        "order_id": "Order Number|order_number|Order ID",
        "code": "Coupon Code|Coupons|coupon_items",
        "value": "Order Total Amount|Order Total|order_total",
        "refunded": "Order Refund Amount|Refund Amount|refunded_total",
        "currency": "Currency|Order Currency|order_currency",
        "happened_on": "Order Date|order_date|Paid Date",
        "state": "Order Status|status",
    },
)  # fmt: skip
STRIPE_PAYMENTS = Format(
    key="stripe-payments",
    name=mark("Stripe payments"),
    kind=ImportKind.OUTCOMES,
    has=("id", "Amount", "Amount Refunded", "Currency", "Status", "Created (UTC)|Created date (UTC)"),
    columns={
        "order_id": "id",
        "code": "Coupon|Promotion Code|Discount code|coupon (metadata)|code (metadata)"
        "|discount_code (metadata)|promo (metadata)",
        "value": "Amount",
        "refunded": "Amount Refunded",
        "currency": "Currency",
        "happened_on": "Created (UTC)|Created date (UTC)",
        "state": "Status",
    },
)
PRESTASHOP_ORDERS = Format(
    key="prestashop-orders",
    name=mark("PrestaShop orders"),
    kind=ImportKind.OUTCOMES,
    has=("Reference|Riferimento|Référence|Referencia",
         "New client|Nuovo cliente|Nouveau client|Nuevo cliente", "Total|Totale",
         "Payment|Pagamento|Paiement|Pago"),
    columns={
        "order_id": "Reference|Riferimento|Référence|Referencia",
        "code": "Voucher|Buono|Cart rule|Regola carrello|Bon de réduction|Cupón|Discount code|Codice sconto",
        "value": "Total|Totale",
        "currency": "Currency|Valuta|Devise|Moneda",
        "happened_on": "Date|Data|Fecha",
        "state": "Status|Stato|État|Estado",
    },
)  # fmt: skip

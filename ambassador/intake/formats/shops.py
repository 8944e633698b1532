"""Shops beside Shopify: each order under its own id, in its own currency, with the words of its state."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

_OUTCOMES = ImportKind.OUTCOMES

_ORDER_COUPON = (
    "Coupon(s)|Coupon|Codice promozionale|Codici promozionali|Gutschein(e)|Gutscheine|Code(s) promo|Cupones"
)
_ORDER = (
    "Order #|Ordine #|Ordine n.|Numero ordine|Bestellung #|Bestellnr.|Commande n°|N° de commande|Pedido #"
    "|Nº de pedido"
)

WOOCOMMERCE_ANALYTICS = Format(
    key="woocommerce-analytics",
    name=mark("WooCommerce Analytics, orders"),
    kind=_OUTCOMES,
    has=(
        _ORDER,
        _ORDER_COUPON,
        "Items sold|Articoli venduti|Verkaufte Artikel|Articles vendus|Artículos vendidos",
        "Status|Stato|État|Estado",
    ),
    columns={
        "order_id": _ORDER,
        "code": _ORDER_COUPON,
        "value": "N. Revenue (formatted)|Net sales (formatted)|Net Revenue (formatted)"
        "|Guadagno N. (formattato)|Vendite nette (formattate)|N. Revenue|Net sales|Net Revenue"
        "|Vendite nette|Guadagno N.|Nettoumsatz|Nettoumsätze|Ventes nettes|Ventas netas|Ingresos netos",
        "currency": "Currency|Valuta|Währung|Devise|Moneda",
        "happened_on": "Date|Data|Datum|Fecha",
        "state": "Status|Stato|État|Estado",
    },
)
WOOCOMMERCE_ORDERS = Format(
    key="woocommerce-orders",
    name=mark("WooCommerce orders"),
    kind=_OUTCOMES,
    has=("Order Number|Order ID|order_number|order_id", "Order Status|status|order_status",
         "Order Total Amount|Order Total|order_total|total",
         "Coupon Code|Coupons|Coupons Used|coupon_items|coupons|coupon_code|applied_coupons|Coupon Codes"),
    columns={
        "order_id": "Order Number|order_number|Order ID|order_id",
        "code": "Coupon Code|Coupons|Coupons Used|coupon_items|coupons|coupon_code|applied_coupons"
        "|Coupon Codes",
        "value": "Order Total Amount|Order Total|order_total|total",
        "refunded": "Order Refund Amount|Refund Amount|refunded_total|refund_total|Total Refunded",
        "currency": "Currency|Order Currency|order_currency",
        "happened_on": "Order Date|order_date|date|Paid Date|paid_date|Date",
        "state": "Order Status|order_status|status",
    },
)  # fmt: skip
STRIPE_PAYMENTS = Format(
    key="stripe-payments",
    name=mark("Stripe payments"),
    kind=_OUTCOMES,
    has=("id", "Amount", "Currency", "Status", "Created (UTC)|Created date (UTC)|Created|Created date"),
    columns={
        "order_id": "id",
        "code": "Coupon|Promotion Code|Discount code|coupon (metadata)|code (metadata)"
        "|discount_code (metadata)|promo (metadata)|promo_code (metadata)|coupon_code (metadata)"
        "|promotion_code (metadata)|voucher (metadata)|referral (metadata)|referral_code (metadata)"
        "|discount (metadata)|ambassador (metadata)|influencer (metadata)|affiliate (metadata)"
        "|metadata[code]|metadata[coupon]|metadata[discount_code]|metadata[promo_code]|Coupon Code",
        "value": "Amount",
        "refunded": "Amount Refunded",
        "currency": "Currency",
        "happened_on": "Created (UTC)|Created date (UTC)|Created|Created date",
        "state": "Status",
        "state.2": "Decline Reason",
        "is_test": "Test|Test mode",
    },
)
PRESTASHOP_ORDERS = Format(
    key="prestashop-orders",
    name=mark("PrestaShop orders"),
    kind=_OUTCOMES,
    has=("Reference|Riferimento|Référence|Referencia|Referenz",
         "New client|Nuovo cliente|Nouveau client|Nuevo cliente|Neukunde|Delivery|Consegna|Livraison|Entrega",
         "Total|Totale|Gesamt", "Payment|Pagamento|Paiement|Pago|Zahlung"),
    columns={
        "order_id": "Reference|Riferimento|Référence|Referencia|Referenz",
        "code": "Voucher|Vouchers|Buono|Buono sconto|Cart rule|Regola carrello|Bon de réduction|Cupón"
        "|Discount code|Codice sconto|Gutschein|Vale|Code promo|Coupon",
        "value": "Total|Totale|Gesamt",
        "currency": "Currency|Valuta|Devise|Moneda|Währung",
        "happened_on": "Date|Data|Fecha|Datum",
        "state": "Status|Stato|État|Estado|Statut",
    },
)  # fmt: skip
TIENDANUBE_ORDERS = Format(
    key="tiendanube-orders",
    name=mark("Tiendanube or Nuvemshop orders"),
    kind=_OUTCOMES,
    has=("Número de orden|Número do Pedido|Orden", "Estado del pago|Status do Pagamento",
         "Cupón de descuento|Cupom de Desconto|Cupón", "Total"),
    columns={
        "order_id": "Número de orden|Número do Pedido|Orden",
        "code": "Cupón de descuento|Cupom de Desconto|Cupón",
        "value": "Total",
        "currency": "Moneda|Moeda",
        "happened_on": "Fecha|Data",
        "state": "Estado de la orden|Status do Pedido",
        "state.2": "Estado del pago|Status do Pagamento",
        "cancelled_at": "Fecha de cancelación|Fecha y hora de cancelación|Data de cancelamento"
        "|Data e hora do cancelamento",
    },
)  # fmt: skip
AMAZON_ORDERS = Format(
    key="amazon-orders",
    name=mark("Amazon orders"),
    kind=_OUTCOMES,
    has=("amazon-order-id|Order ID|order-id", "order-status|Status|item-status",
         "item-price|Amount|Item Price", "ASIN|sku"),
    columns={
        "order_id": "amazon-order-id|Order ID|order-id",
        "code": "promotion-ids|promotion-id|Coupon|Promotion",
        "value": "item-price|Amount|Item Price",
        "currency": "currency",
        "happened_on": "purchase-date|Date|Order Date",
        "state": "order-status|Status",
        "state.2": "item-status|Courier Status",
    },
    adds_up=True,
)  # fmt: skip

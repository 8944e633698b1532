"""Couriers beside DHL: what happened stands under its own date, not under that of the shipment."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

_COURIER = ImportKind.COURIER

UPS = Format(
    key="ups",
    name=mark("UPS, shipments"),
    kind=_COURIER,
    has=("Tracking Number", "Status", "Reference Number(s)|Reference Number 1|Package Reference No. 1",
         "Ship To Name|Ship To Company or Name|Ship To Attention"),
    columns={
        "reference": "Reference Number(s)|Reference Number 1|Package Reference No. 1",
        "recipient": "Ship To Attention|Ship To Name|Ship To Company or Name",
        "tracking": "Tracking Number",
        "status": "Status",
        "happened_at": "Date Delivered|Delivered On|Delivery Date|Last Activity Date|Status Date",
    },
    values={"courier": "UPS"},
)  # fmt: skip
GLS = Format(
    key="gls",
    name=mark("GLS, shipments"),
    kind=_COURIER,
    has=("Numero spedizione|Parcel number|Paketnummer|N. spedizione", "Stato|Status|Esito",
         "Riferimento cliente|Customer reference|Kundenreferenz|Rif. cliente",
         "Data esito|Data evento|Event date|Statusdatum|Ereignisdatum"),
    columns={
        "reference": "Riferimento cliente|Customer reference|Kundenreferenz|Rif. cliente",
        "recipient": "Destinatario|Consignee|Empfänger",
        "tracking": "Numero spedizione|Parcel number|Paketnummer|N. spedizione",
        "status": "Stato|Status|Esito",
        "happened_at": "Data esito|Data evento|Event date|Statusdatum|Ereignisdatum",
    },
    values={"courier": "GLS"},
)  # fmt: skip
BRT = Format(
    key="brt",
    name=mark("BRT, shipments"),
    kind=_COURIER,
    has=("Rif. mittente numerico|Riferimento mittente alfabetico|Rif. mittente alfabetico|Rif. mittente",
         "Data evento", "Descrizione evento|Evento|Stato spedizione"),
    columns={
        "reference": "Riferimento mittente alfabetico|Rif. mittente alfabetico|Rif. mittente"
        "|Rif. mittente numerico",
        "recipient": "Destinatario|Ragione sociale destinatario",
        "tracking": "Segnacollo|Numero spedizione|Id collo|LNA",
        "status": "Descrizione evento|Evento|Stato spedizione",
        "happened_at": "Data evento",
    },
    values={"courier": "BRT"},
)  # fmt: skip
POSTE_ITALIANE = Format(
    key="poste-italiane",
    name=mark("Poste Italiane, shipments"),
    kind=_COURIER,
    has=("LDV|Lettera di vettura|Codice spedizione", "Data stato", "Stato|Stato spedizione", "Destinatario"),
    columns={
        "reference": "Riferimento cliente|Riferimento|Rif. interno|Centro di costo",
        "recipient": "Destinatario",
        "tracking": "LDV|Lettera di vettura|Codice spedizione",
        "status": "Stato spedizione|Stato",
        "happened_at": "Data stato",
    },
    values={"courier": "Poste Italiane"},
)
FEDEX = Format(
    key="fedex",
    name=mark("FedEx, shipments"),
    kind=_COURIER,
    has=("Tracking number|Tracking #", "Status", "Reference|Shipper reference|Customer reference",
         "Recipient contact name|Recipient name|Recipient company"),
    lacks=("Waybill",),
    columns={
        "reference": "Shipper reference|Customer reference|Reference",
        "recipient": "Recipient contact name|Recipient name|Recipient company",
        "tracking": "Tracking number|Tracking #",
        "status": "Status",
        "happened_at": "Delivered date|Delivery date|Status date|Last scan date|Actual delivery date/time",
    },
    values={"courier": "FedEx"},
)  # fmt: skip
DPD = Format(
    key="dpd",
    name=mark("DPD, parcels"),
    kind=_COURIER,
    has=("Parcel label number|Parcel number|Paketscheinnummer|Numéro de colis",
         "Scan date|Status date|Scandatum|Date de statut", "Status|Scan type|Statut",
         "Reference 1|Referenz 1|Référence 1|Your reference"),
    columns={
        "reference": "Reference 1|Referenz 1|Référence 1|Your reference",
        "recipient": "Receiver name|Recipient|Empfänger|Destinataire",
        "tracking": "Parcel label number|Parcel number|Paketscheinnummer|Numéro de colis",
        "status": "Status|Scan type|Statut",
        "happened_at": "Scan date|Status date|Scandatum|Date de statut",
    },
    values={"courier": "DPD"},
)  # fmt: skip
INPOST = Format(
    key="inpost",
    name=mark("InPost, parcels"),
    kind=_COURIER,
    has=("Tracking number|Numer przesyłki|Codice tracking", "Status|Stato",
         "Target point|Punkt docelowy|Locker|Punto di ritiro", "Reference|Referencje|Riferimento"),
    columns={
        "reference": "Reference|Referencje|Riferimento",
        "recipient": "Receiver|Receiver name|Odbiorca|Destinatario",
        "tracking": "Tracking number|Numer przesyłki|Codice tracking",
        "status": "Status|Stato",
        "happened_at": "Status date|Status changed at|Data statusu|Data stato",
    },
    values={"courier": "InPost"},
)  # fmt: skip
SHIPPO = Format(
    key="shippo",
    name=mark("Shippo, shipments"),
    kind=_COURIER,
    has=("Tracking Number|tracking_number", "Tracking Status|tracking_status", "Carrier|carrier|Provider",
         ("Service Level|transaction_object_id|Object ID|Shippo ID|tracking_registered_at|Label Status"
         "|servicelevel_token")),
    columns={
        "reference": "Order Number|order_number|metadata|Metadata|Order Name|Reference 1",
        "recipient": "Recipient Name|Recipient|address_to_name|Ship To Name|To Name",
        "tracking": "Tracking Number|tracking_number",
        "courier": "Carrier|carrier|Provider",
        "status": "Tracking Status|tracking_status",
        "happened_at": "Tracking Status Date|tracking_status_date|Status Date|tracking_status_updated_at"
        "|first_delivered_at|Delivered Date|Delivery Date",
    },
)  # fmt: skip
SHIPSTATION = Format(
    key="shipstation",
    name=mark("ShipStation, shipments"),
    kind=_COURIER,
    has=("Order Number|Order #", "Tracking Number|Tracking #", "Carrier|Provider",
         "Tracking Status|Shipment Status|Status"),
    columns={
        "reference": "Order Number|Order #",
        "recipient": "Recipient|Recipient Name|Ship To Name",
        "tracking": "Tracking Number|Tracking #",
        "courier": "Carrier|Provider",
        "status": "Tracking Status|Shipment Status|Status",
        "happened_at": "Delivered Date|Delivery Date|Status Date|Tracking Status Date",
    },
)  # fmt: skip

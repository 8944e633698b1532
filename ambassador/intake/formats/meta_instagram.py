"""Meta Business Suite: the posts of an Instagram account."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

_POST_ID = "Post ID|ID del post|Beitrags-ID|ID de publication|Identificador de la publicación"
_USERNAME = (
    "Account username|Nome utente dell'account|Benutzername des Kontos|Nom d'utilisateur du compte"
    "|Nombre de usuario de la cuenta|Nome utente account"
)
_TIME = (
    "Publish time|Orario di pubblicazione|Ora di pubblicazione|Veröffentlichungszeitpunkt"
    "|Veröffentlichungszeit|Heure de publication|Hora de publicación"
)

META_INSTAGRAM = Format(
    key="meta-instagram",
    name=mark("Meta Business Suite, Instagram posts"),
    kind=ImportKind.MENTIONS,
    has=(_POST_ID, _USERNAME, _TIME),
    platform="instagram",
    columns={
        "post_id": _POST_ID,
        "url": "Permalink|Link permanente|Lien permanent|Enlace permanente",
        "author": _USERNAME,
        "author_id": "Account ID|ID dell'account|ID account|Konto-ID|ID du compte|Identificador de la cuenta",
        "author_name": "Account name|Nome dell'account|Nome account|Kontoname|Nom du compte"
        "|Nombre de la cuenta",
        "created_at": _TIME,
        "kind": "Post type|Tipo di post|Beitragstyp|Type de publication|Tipo de publicación",
        "text": "Description|Descrizione|Beschreibung|Descripción",
        "likes": "Likes|Mi piace|Gefällt mir-Angaben|Gefällt mir|J'aime|Me gusta",
        "replies": "Comments|Commenti|Kommentare|Commentaires|Comentarios",
        "reposts": "Shares|Condivisioni|Geteilt|Geteilte Inhalte|Partages|Veces que se compartió"
        "|Veces compartido",
        "saves": "Saves|Salvataggi|Gespeichert|Gespeicherte Beiträge|Enregistrements|Guardados"
        "|Veces que se guardó",
        "views": "Views|Visualizzazioni|Aufrufe|Vues|Visualizaciones|Impressions|Impression|Impressionen"
        "|Impresiones",
        "reach": "Reach|Copertura|Reichweite|Couverture|Alcance",
    },
)

"""Meta Business Suite: the posts of an Instagram account, in five languages."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

META_LANGUAGES = {
    mark("English"): "Account username|Publish time|Page name",
    mark(
        "Italian"
    ): "Nome utente dell'account|Nome utente account|Orario di pubblicazione|Ora di pubblicazione"
    "|Data e ora di pubblicazione|Nome della Pagina|Nome Pagina|Data di pubblicazione",
    mark("German"): "Benutzername des Kontos|Kontobenutzername|Konto-Benutzername|Veröffentlichungszeitpunkt"
    "|Veröffentlichungszeit|Seitenname|Veröffentlicht am",
    mark("French"): "Nom d'utilisateur du compte|Heure de publication|Date de publication"
    "|Nom de la Page|Nom de Page|Publiée à",
    mark(
        "Spanish"
    ): "Nombre de usuario de la cuenta|Hora de publicación|Fecha de publicación|Nombre de la página"
    "|Publicado el",
}
POST_ID = (
    "Post ID|ID del post|ID post|Identificativo del post|Identificativo post|Beitrags-ID|Beitrag-ID"
    "|ID de publication|ID de la publication|Identifiant de la publication|Identifiant de publication"
    "|Identificador de la publicación|Identificador de publicación|ID de la publicación|ID de publicación"
)
_USERNAME = (
    "Account username|Nome utente dell'account|Nome utente account|Benutzername des Kontos|Kontobenutzername"
    "|Konto-Benutzername|Nom d'utilisateur du compte|Nombre de usuario de la cuenta"
)
TIME = (
    "Publish time|Orario di pubblicazione|Ora di pubblicazione|Data e ora di pubblicazione"
    "|Data di pubblicazione|Veröffentlichungszeitpunkt|Veröffentlichungszeit|Veröffentlicht am"
    "|Heure de publication|Date de publication|Publiée à|Hora de publicación|Fecha de publicación"
)

META_INSTAGRAM = Format(
    key="meta-instagram",
    name=mark("Meta Business Suite, Instagram posts"),
    kind=ImportKind.MENTIONS,
    has=(POST_ID, _USERNAME, TIME),
    platform="instagram",
    languages=META_LANGUAGES,
    columns={
        "post_id": POST_ID,
        "url": "Permalink|Link permanente|Lien permanent|Permalien|Enlace permanente|Permanenter Link",
        "author": _USERNAME,
        "author_id": "Account ID|ID dell'account|ID account|Identificativo dell'account|Konto-ID|ID du compte"
        "|Identifiant du compte|Identificador de la cuenta|ID de la cuenta",
        "author_name": "Account name|Nome dell'account|Nome account|Kontoname|Name des Kontos|Nom du compte"
        "|Nombre de la cuenta",
        "created_at": TIME,
        "kind": "Post type|Tipo di post|Tipo post|Beitragstyp|Beitragsart|Art des Beitrags"
        "|Type de publication|Type de la publication|Tipo de publicación",
        "text": "Description|Descrizione|Beschreibung|Descripción",
        "likes": "Likes|Mi piace|Gefällt mir-Angaben|„Gefällt mir“-Angaben|Gefällt mir|J'aime|Mentions J'aime"
        "|Mentions « J'aime »|Me gusta",
        "replies": "Comments|Commenti|Kommentare|Commentaires|Comentarios",
        "reposts": "Shares|Condivisioni|Geteilt|Geteilte Inhalte|Teilungen|Wie oft geteilt|Partages"
        "|Veces que se compartió|Veces compartido|Contenido compartido",
        "saves": "Saves|Salvataggi|Elementi salvati|Gespeichert|Gespeicherte Beiträge|Wie oft gespeichert"
        "|Enregistrements|Éléments enregistrés|Guardados|Veces que se guardó|Veces guardado",
        "views": "Views|Visualizzazioni|Aufrufe|Vues|Visualizaciones|Impressions|Impression|Impressionen"
        "|Impresiones",
        "reach": "Reach|Copertura|Reichweite|Couverture|Portée|Alcance",
    },
)

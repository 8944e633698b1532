"""Meta Business Suite: the posts of a Facebook page, in five languages."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.intake.formats.meta_instagram import META_INSTAGRAM, META_LANGUAGES
from ambassador.values.status import ImportKind

_SHARED = META_INSTAGRAM.columns
_PAGE_ID = (
    "Page ID|ID della Pagina|ID Pagina|Identificativo della Pagina|Seiten-ID|ID de Page|ID de la Page"
    "|Identifiant de la Page|ID de la página|Identificador de la página"
)
_PAGE = (
    "Page name|Nome della Pagina|Nome Pagina|Seitenname|Name der Seite|Nom de la Page|Nom de Page"
    "|Nombre de la página"
)

META_FACEBOOK = Format(
    key="meta-facebook",
    name=mark("Meta Business Suite, Facebook posts"),
    kind=ImportKind.MENTIONS,
    has=(_SHARED["post_id"], _PAGE_ID, _SHARED["created_at"]),
    platform="facebook",
    languages=META_LANGUAGES,
    columns={
        **{
            name: _SHARED[name]
            for name in ("post_id", "url", "created_at", "kind", "views", "reach", "reposts")
        },
        "replies": _SHARED["replies"],
        "author": _PAGE,
        "author.2": _PAGE_ID,
        "author_id": _PAGE_ID,
        "author_name": _PAGE,
        "text": _SHARED["text"],
        "text.2": "Title|Titolo|Titel|Titre|Título",
        "likes": "Reactions|Reazioni|Reaktionen|Réactions|Reacciones|Likes|Mi piace|Gefällt mir"
        "|J'aime|Me gusta",
    },
)

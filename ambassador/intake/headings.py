"""The names people give to columns in five languages, by kind of file and field.

A name written with ``=`` in front counts only when the header says nothing else; a word with ``!`` in front
rules the field out wherever it stands. Case, accents and punctuation do not matter.
"""

from collections.abc import Mapping

_CURRENCY = """
    currency, valuta, currency code, divisa, moneda, devise, monnaie, wahrung, moeda, codice valuta,
    fee currency, valuta compenso, currency iso, iso currency, cost currency, price currency, order currency,
    =cur, =curr, presentment currency, moneta
"""

PEOPLE: Mapping[str, str] = {
    "handle": """
        handle, username, user name, nome utente, nickname, nick, account, profilo, profile, utente,
        screen name, =user, instagram name, account name, nome account, nome profilo, creator handle,
        =influencer, =creator, =tag, login, benutzername, nom d utilisateur, nombre de usuario, usuario,
        compte, cuenta, konto, pseudo, social handle, ig handle, insta handle
    """,
    "platform": """
        platform, piattaforma, social, social network, network, canale social, source platform,
        =channel, =canale, rete
    """,
    "url": """
        url, link, profile url, profile link, link profilo, indirizzo profilo, pagina, permalink, sito,
        profil, enlace, lien, lien du profil, enlace del perfil, profil link, profil url, account link,
        account url, social url, social link, links, social links, profile links, social media links,
        !avatar, !thumbnail, !image, !picture, !cover
    """,
    "native_id": "account id, user id, id utente, id account, author id, native id, userid, =id",
    "followers": """
        followers, follower, follower count, followers count, n follower, numero follower, seguaci,
        numero di follower, subscribers, iscritti, fan, fans, fan base, tot follower, totale follower,
        audience, abonnes, abonnenten, seguidores, nombre d abonnes, numero de seguidores,
        total followers, follower anzahl, inscritos, suscriptores, n followers, community size
    """,
    "following": """
        following, followings, seguiti, profili seguiti, following count, followees, abonnements,
        seguidos, siguiendo, gefolgt, folgt
    """,
    "posts": "posts, post, post count, numero post, n post, media count, pubblicazioni, contenuti",
    "average_likes": """
        average likes, avg likes, avg like, mean likes, likes avg, like medi, media like, media likes,
        likes medi, mi piace medi, media mi piace, likes per post, like per post, =likes, =like,
        likes moyens, durchschnittliche likes, promedio de likes, me gusta promedio, moyenne likes,
        median likes, avg likes per post
    """,
    "average_comments": """
        average comments, avg comments, avg comment, comments avg, commenti medi, media commenti,
        comments per post, commenti per post, =comments, =commenti, commentaires moyens,
        durchschnittliche kommentare, promedio de comentarios, comentarios promedio, median comments
    """,
    "average_views": """
        average views, avg views, avg view, views avg, visualizzazioni medie, media visualizzazioni,
        views medie, media views, views per post, =views, =visualizzazioni, vues moyennes,
        durchschnittliche aufrufe, promedio de visualizaciones, average plays, avg plays,
        avg reel plays, avg video views, median views, average reel views, avg reels plays,
        average reels plays, avg reels views, average video views
    """,
    "engagement_rate": """
        engagement rate, er, eng rate, tasso di engagement, tasso engagement, tasso di coinvolgimento,
        tasso di interazione, engagement %, er %, % engagement, =engagement, =eng, =coinvolgimento,
        taux d engagement, engagementrate, tasa de engagement, tasa de interaccion, interaktionsrate,
        eng %, e r
    """,
    "name": """
        name, nome, full name, nome completo, nome e cognome, nominativo, display name, first name,
        nome visualizzato, real name, influencer, creator, influencer name, nome influencer, talent,
        persona, person, ambassador, nom, nombre, nombre completo, nom complet, vollstandiger name,
        vorname, prenom, full name of creator, creator name, talent name
    """,
    "surname": """
        surname, last name, cognome, family name, nachname, nom de famille, apellido, apellidos
    """,
    "city": """
        city, citta, comune, location, localita, luogo, town, residenza, =area, zona, stadt, ort, ville,
        ciudad, wohnort
    """,
    "country": """
        country, paese, nazione, stato, country code, nationality, nazionalita, land, pays, pais,
        audience country, top country, country of residence
    """,
    "language": """
        language, lingua, lang, idioma, sprache, langue, languages, lingue
    """,
    "topics": """
        topics, topic, temi, tema, argomenti, argomento, categoria, categorie, category, categories,
        interessi, interests, settore, niche, niche1, niche2, niche3, niche 1, niche 2, niche 3,
        nicchia, vertical, tags, niches, nicchie, niche 4, niche 5, niche4, niche5, content category,
        content categories, kategorie, kategorien, themen, thema, intereses, thematique, thematiques,
        tematica, tematicas, temas, nicho, nichos, segment, industry, industries, centres d interet,
        interessen, niche s, primary category, secondary category, main topics, content topics
    """,
    "fee": """
        fee, compenso, cachet, prezzo, price, rate card, costo, cost, tariffa, rate eur, importo,
        budget, fee eur, compenso eur, costo per post, cost per post, price per post, fee per post,
        prezzo per post, prezzo post, =rate, euro, eur, quotazione, cost per reel, price per reel,
        cost per video, price per video, cost per story, rate per post, rate per reel, post rate,
        post price, post cost, fee per reel, fee per video, tarif, tarifs, preis, preis pro post,
        costo a post, prezzo a post, tariffa a post, compenso a post,
        honorar, prix, prix par post, tarif par post, precio, precio por post, tarifa, tarifa por post,
        costo post, costo reel, costo per reel, prezzo reel, tariffa post, tariffa per post,
        asking price, quoted price, estimated cost, estimated price, price estimate, est cost,
        est price, est post price, cpp, coste, coste por post, kosten, kosten pro post,
        compenso per post, gage
    """,
    "currency": _CURRENCY,
    "email": """
        email, e mail, mail, email address, indirizzo email, posta elettronica, contatto email,
        =contatto, =contact, courriel, adresse e mail, correo, correo electronico, e mail adresse,
        contact email, business email, public email
    """,
    "telephone": """
        telephone, telephone number, phone number, phone no, mobile number, mobile phone, cell phone,
        cellphone, contact number, whatsapp, whats app, =phone, =mobile, =cell, =tel, =contact,
        numero di telefono, numero telefono, numero telefonico, telefono cellulare, cellulare, recapito
        telefonico, numero di cellulare, n telefono, =telefono, =recapito, =contatto, =numero, telefonnummer,
        handynummer, mobilnummer, rufnummer, =telefon, =handy, =mobil, numero de telephone, telephone
        portable, numero de portable, =portable, numero de telefono, telefono movil, =movil, =celular,
        numero de celular, =telemovel, =telefone
    """,
    "notes": """
        notes, note, comment notes, osservazioni, remarks, annotazioni, notizen, remarques,
        observaciones, notas, commentaires
    """,
    "read_at": """
        read at, date, data, data rilevazione, rilevato il, updated at, updated, aggiornato al,
        aggiornato il, aggiornamento, last update, as of, al, snapshot date, data aggiornamento,
        timestamp, datum, fecha, stand, mis a jour, actualizado, date of figures
    """,
}

TIES: Mapping[str, str] = {
    "source": """
        source, from, src, da, origine, sorgente, follower, follower handle, followed by, node1,
        node 1, nodo 1, =u, =a, user 1, utente 1, influencer, from user, source handle, chi segue,
        utente a, user a, who
    """,
    "target": """
        target, to, dst, dest, destination, a chi, destinazione, followed, followee, following,
        seguito, followed handle, node2, node 2, nodo 2, =v, =b, user 2, utente 2, influenced, to
        user, target handle, chi e seguito, utente b, user b, whom
    """,
    "platform": """
        platform, piattaforma, social, social network, network, canale social, source platform,
        =channel, =canale, rete
    """,
    "kind": "kind, type, tipo, relation, relationship, relazione, edge type, =label, interaction",
    "weight": """
        weight, peso, count, conteggio, interactions, interazioni, n, times, volte, frequency,
        frequenza
    """,
    "probability": """
        probability, prob, =p, probabilita, influence probability, given probability, propagation
        probability, transmission probability
    """,
    "third": "value, valore, score, strength, forza, influence, =w",
}

DEVICES: Mapping[str, str] = {
    "model": """
        model, modello, device, dispositivo, telefono, phone, prodotto, product, articolo, item, sku,
        descrizione, modell, gerat, modele, appareil, modelo, dispositivo modello, device model,
        gerat modell, bezeichnung, artikel, article, designation, descripcion, articulo, producto,
        model name, product name, hardware model, modello dispositivo
    """,
    "serial": """
        serial, serial number, serial no, seriale, numero di serie, numero seriale, n di serie,
        matricola, s n, sn, seriennummer, serien nr, numero de serie, no de serie, n de serie, serial n,
        device serial, device serial number, hardware serial number, serie, s n seriale
    """,
    "imei1": """
        imei, imei 1, imei1, imei primario, primo imei, primary imei, imei sim 1, imei meid,
        imei nummer, imei number, numero imei, code imei, imei1 imei2, imei 1 2, imei imei2, imei sim1
    """,
    "imei2": """
        imei 2, imei2, imei secondario, secondo imei, secondary imei, imei sim 2, imei 2 nummer,
        imei sim2, zweite imei, second imei, segundo imei, deuxieme imei
    """,
    "colour": """
        colour, color, colore, finish, finitura, farbe, couleur, coloris, acabado
    """,
    "currency": _CURRENCY,
    "cost": """
        cost, costo, price, prezzo, value, valore, unit cost, costo unitario, euro, eur,
        valore unitario, listino, prezzo unit, prezzo unitario, costo unit, unit price, prezzo netto,
        net price, purchase price, prezzo acquisto, prezzo di acquisto, imponibile, einzelpreis,
        stuckpreis, prix unitaire, preis, prix, precio, coste, kosten, precio unitario, netto, ek preis,
        einkaufspreis, prix achat, prix d achat, precio de compra, acquisition cost, purchase cost,
        valor, wert, warenwert, unit value, prezzo unit iva escl, costo netto
    """,
}

MENTIONS: Mapping[str, str] = {
    "post_id": """
        post id, tweet id, id post, status id, mention id, media id, video id, comment id, message id,
        id str, =id, =uid, uri, id tweet, shortcode, resource id, id del post, beitrags id,
        id de publication, identificador de la publicacion, id publicacion, identificativo del post,
        post number, tweet number
    """,
    "url": """
        url, link, permalink, tweet permalink, post url, post link, link al post, indirizzo, link post,
        address, web url, comment url, comment link, comment permalink, link commento, view source,
        enlace, lien, enlace permanente, lien permanent, permalien, link permanente, beitragslink,
        url du post, url del post, video link, link video, post permalink, message permalink,
        !avatar, !thumbnail, !image, !picture, !cover
    """,
    "platform": """
        platform, piattaforma, social, social network, network, canale social, source platform,
        =channel, =canale, rete, page type, =source, =fonte, content source name
    """,
    "author": """
        author handle, account username, author username, author user name, author screen name,
        twitter screen name,
        username, screen name, handle, user screen name, user username, autore, author, utente, account,
        profilo, profile, influencer, user, from user, nome utente, owner username, benutzername,
        nom d utilisateur, nombre de usuario, nome utente dell account, nome utente account, autor,
        auteur, verfasser, usuario, utilisateur, benutzer, kontobenutzername, sender screen name,
        konto, compte, cuenta, posted by, created by, channel name, creator handle, creator, name of page,
        profile name,
        poster
    """,
    "author_id": """
        author id, user id, id autore, id utente, user id str, twitter id, author account id, from
        user id
    """,
    "author_name": """
        author name, author full name, nome autore, display name, full name, user name display,
        author display name, nombre de la cuenta, nom du compte, kontoname, nome dell account,
        account name, sender listed name, nom, author s name
    """,
    "author_followers": """
        author followers, followers, follower, followers count, user followers count, twitter followers,
        author public metrics followers count, seguaci, follower autore, abonnes, abonnenten,
        seguidores, sender followers count, page followers, follower count
    """,
    "created_at": """
        created at, date, data, time, timestamp, published, published at, data pubblicazione,
        pubblicato il, posted at, data e ora, data ora, created, datetime, created time, post date,
        quando, when, publish date, ora, =posted, posted on, date posted, posted date, publish time,
        =pubblicato, comment date, data commento, creation time, creation date, created on, tweet date,
        datum, fecha, fecha de publicacion, hora de publicacion, date de publication,
        heure de publication, veroffentlichungszeitpunkt, veroffentlichungszeit, veroffentlicht am,
        veroffentlicht, erstellt am, publiee le, publie le, publicado, publicado el,
        orario di pubblicazione, ora di pubblicazione, data di pubblicazione, post time, posted time,
        created date, date created, date published, published on, published time, publication date,
        upload date, uploaded at, create time, post created, date and time, date time
    """,
    "kind": """
        kind, type, tipo, post type, tipo di post, mention type, tipologia, thread entry type,
        message type, beitragstyp, beitragsart, type de publication, tipo de publicacion, content type,
        media type, art, typ
    """,
    "text": """
        text, testo, =tweet, body, content, full text, tweet text, message, messaggio, caption, didascalia,
        contenuto, opening text, =comment, =commento, comment text, testo commento, comment body,
        hit sentence, title, titolo, snippet, full text or snippet, post, texto, texte, nachricht,
        mensaje, beitragstext, description, descrizione, beschreibung, descripcion, legende,
        video title, titolo video, title of post, post text, post content, conversation stream, inhalt,
        contenu, contenido, titulo, titre, titel, testo del post, post message, bildunterschrift,
        subtitulo
    """,
    "parent_id": """
        parent id, in reply to id, in reply to status id, in reply to status id str, parent, reply
        to id, replied to id, in reply to, parent post id, id padre, referenced tweet id, id
        risposta, in risposta a, parent tweet id
    """,
    "parent_author": """
        parent author, in reply to user, in reply to screen name, reply to user, retweeted user,
        retweet of, quoted user, in reply to username, replied to user, parent author handle,
        risponde a, reply to
    """,
    "repost_of": """
        retweet id, retweeted id, retweeted status id, retweeted status id str, retweeted tweet id,
        repost of, reblog of id, shared post id, retweet of status id
    """,
    "quote_of": """
        quote id, quoted id, quoted status id, quoted status id str, quoted tweet id, quoted post, quote
        of
    """,
    "clock": "time, time of day, ora, orario, hour, post created time, ora del giorno",
    "root_id": "root id, conversation id, thread id, root post id, root, id conversazione, conversation",
    "topic": "topic, tema, argomento, topics, categoria, category, query name",
    "language": """
        language, lang, lingua, sprache, langue, idioma
    """,
    "labels": "label, labels, etichetta, etichette, sentiment label, classification",
    "likes": """
        likes, like, like count, likes count, favorite count, favourites, favorites, mi piace,
        reactions, reazioni, public metrics like count, cuori, hearts, n like, gefallt mir,
        gefallt mir angaben, j aime, mentions j aime, me gusta, curtidas, reaktionen, reacciones,
        total likes, number of likes, likes count total, digg count, diggs
    """,
    "replies": """
        replies, reply count, replies count, comments, comment count, comments count, commenti,
        risposte, public metrics reply count, n commenti, kommentare, commentaires, comentarios,
        antworten, reponses, respuestas, total comments, number of comments, comments added
    """,
    "reposts": """
        reposts, retweets, retweet count, repost count, shares, share count, condivisioni,
        public metrics retweet count, ricondivisioni, reblogs count, n condivisioni, geteilt,
        geteilte inhalte, partages, veces que se compartio, veces compartido, compartidos, total shares,
        number of shares, reshares, republications
    """,
    "quotes": "quotes, quote count, quote tweets, citazioni, public metrics quote count",
    "saves": """
        saves, saved, salvataggi, salvati, bookmarks, bookmark count, public metrics bookmark count,
        collect count, gespeichert, enregistrements, guardados, veces que se guardo, enregistres,
        collects, favourites added
    """,
    "views": """
        views, view count, impressions, impression count, visualizzazioni, plays, play count,
        impression, public metrics impression count, video views, riproduzioni, aufrufe, vues,
        visualizaciones, impressionen, impresiones, total views, reproducciones, wiedergaben, lectures,
        ansichten, number of views, video plays
    """,
    "reach": """
        reach, copertura, accounts reached, account raggiunti, utenti raggiunti, unique reach,
        reichweite, couverture, alcance, portee, personnes touchees, people reached, cuentas alcanzadas
    """,
    "read_at": """
        read at, retrieved at, collected at, export date, data export, rilevato il, data
        rilevazione, as of, captured at
    """,
}

COURIER: Mapping[str, str] = {
    "reference": """
        reference, our reference, riferimento, riferimento cliente, nostro riferimento, rif, order,
        ordine, numero ordine, order number, shipment id, rif mittente, customer reference, ref,
        riferimento mittente, referenz, kundenreferenz, referenz 1, ihr zeichen, reference client,
        votre reference, ref client, referencia, referencia cliente, su referencia, referenza,
        shipper reference, reference number, reference 1, sender reference, your reference, rif cliente,
        rif interno, rif ordine, order id, numero d ordine, codice ordine, po number, client reference,
        parcel reference
    """,
    "recipient": """
        recipient, destinatario, consignee, receiver, name, nome, nominativo, addressee, delivered to,
        ragione sociale destinatario, empfanger, empfangername, destinataire, nom du destinataire,
        destinatario nombre, receiver name, recipient name, consignee name, ship to, ship to name,
        nome destinatario, deliver to, receiver contact, cliente, customer, to name, address to name,
        odbiorca
    """,
    "tracking": """
        tracking, tracking number, tracking no, tracking code, numero spedizione, spedizione, ldv,
        lettera di vettura, awb, waybill, codice tracking, codice spedizione, numero tracking,
        shipment number, sendungsnummer, paketnummer, trackingnummer, numero de suivi, n de suivi,
        numero de colis, numero de seguimiento, n de seguimiento, localizador, numero de envio,
        parcel number, consignment number, n spedizione, barcode, segnacollo, id spedizione,
        tracking id, parcel id, consignment, envio
    """,
    "courier": """
        courier, corriere, carrier, vettore, spedizioniere, transportista, transporteur,
        versanddienstleister, frachtfuhrer, provider, spedizioniere corriere, shipping company,
        carrier name
    """,
    "status": """
        status, stato, esito, state, stato spedizione, stato consegna, event, evento, delivery status,
        last event, sendungsstatus, zustand, statut, statut de livraison, etat, estado,
        estado del envio, situacion, ereignis, evenement, event description, descrizione evento,
        descrizione stato, last status, latest status, latest event, current status, tracking status,
        shipment status, stato attuale, ultimo stato, ultimo evento, letztes ereignis, scan type,
        delivery state
    """,
    "happened_at": """
        date, data, happened at, data evento, event date, delivery date, data consegna, consegnato il,
        time, timestamp, data e ora, data stato, delivered at, data esito, status date, stato del,
        status time, event time, last update, last event date, datum, fecha, ereignisdatum, statusdatum,
        zustelldatum, date evenement, date de l evenement, date de statut, date statut,
        date de livraison, fecha evento, fecha del evento, fecha estado, fecha de estado,
        fecha de entrega, data ultimo evento, data ultimo stato, data aggiornamento, last status date,
        last scan date, scan date, event datetime, delivered date, date delivered, delivered on,
        actual delivery date, actual delivery, latest event date, data e ora evento, ora evento,
        updated at, tracking status date, last activity date, status updated, status update,
        consegnata il, !ship, !ships, !shipped, !shipping, !shipment, !spedizione, !spedito, !partenza,
        !versand, !versanddatum, !expedition, !envoi, !envio, !order, !ordine, !bestell, !bestelldatum,
        !commande, !pedido, !estimated, !expected, !eta, !previst, !prevista, !previsto, !scheduled,
        !planned, !promised, !voraussichtlich, !voraussichtliches, !prevue, !prevu, !estimada, !pickup,
        !ritiro, !label, !booking, !creation, !created, !invoice, !fattura, !ddt
    """,
}

OUTCOMES: Mapping[str, str] = {
    "code": """
        =code, =codice, coupon, coupon code, discount code, codice sconto, promo code, codice promo,
        voucher, buono, promo, coupons, discount codes, coupon codes, gutschein, gutscheincode,
        rabattcode, aktionscode, code promo, code de reduction, bon de reduction, cupon,
        cupon de descuento, codigo de descuento, codigo promocional, cupom, cupom de desconto, coupon s,
        codice coupon, codice utilizzato, referral code, codice referral, affiliate code,
        promotion code, promotion ids, codice buono, buono sconto, voucher code, codice promozionale,
        codice promozionale i, promotion, =promocode, discount code used, coupon used, codice usato,
        referral link, tracking link, affiliate link, link referral, link di tracciamento, landing site,
        landing page, utm content, utm campaign
    """,
    "handle": """
        handle, ambassador, influencer, creator, username, account, profilo, creatore, ambassadrice,
        ambasciatore, nome utente, benutzername, usuario, affiliate, affiliato, partner handle,
        instagram, tiktok
    """,
    "quantity": """
        usage count, usage, usages, number of uses, redemption count,
        quantity, quantita, qty, orders, ordini, uses, utilizzi, usi, numero ordini, n ordini,
        number of orders, numero di ordini, =count, redemptions, visits, visite, =pezzi, =number,
        =numero, =clicks, =click, times used, anzahl, menge, nombre de commandes, numero de pedidos,
        pedidos, bestellungen, commandes, utilisations, usos, clics, klicks, visitas, visites, besuche,
        n utilizzi, numero utilizzi, orders count, order count, total orders, conteggio ordini,
        uses count, times redeemed, conversions, conversioni
    """,
    "value": """
        value, valore, revenue, ricavi, fatturato, amount, importo, total, totale, sales, vendite,
        valore ordini, net sales, total sales, incasso, eur, euro, gesamt, gesamtbetrag, gesamtsumme,
        betrag, umsatz, montant, montant total, total ttc, chiffre d affaires, importe, importe total,
        valor total, totale ordine, importo totale, order total, grand total, order value,
        valore ordine, totale pagato, total paid, net revenue, total price, order amount,
        importo ordine, total amount, amount paid, =price, =prezzo, subtotal, subtotale, summe, ventas,
        vendas, ingresos, receita, n revenue, item price, total sale, order total amount, total net,
        =valor, =wert
    """,
    "order_id": """
        order id, order number, order no, order name, order reference, id ordine, numero ordine,
        n ordine, nr ordine, numero d ordine, riferimento ordine, =order, =ordine, transaction id,
        =order id s, bestellnummer, bestellung, bestell nr, auftragsnummer, numero de commande,
        n de commande, no commande, n commande, commande, numero de pedido, n de pedido, no de pedido,
        pedido, id pedido, numero do pedido, numero de orden, no de orden, order #, # order, ordine #,
        ordine n, rif ordine, order ref, codice ordine, id dell ordine, numero dell ordine,
        amazon order id, purchase id, id transazione, receipt number, sale id, order id number,
        id de commande, increment id
    """,
    "currency": _CURRENCY,
    "state": """
        financial status, order status, stato ordine, stato dell ordine, payment status,
        stato pagamento, =status, =stato, =state, =statut, =estado, =zustand, status order, order state,
        bestellstatus, zahlungsstatus, statut de la commande, statut de paiement, statut commande,
        estado del pedido, estado de la orden, estado del pago, estado pedido, status do pedido,
        status do pagamento, payment state, stato del pagamento, item status, stato dell ordine,
        fulfillment status, fulfilment status, evasione, transaction status, esito pagamento
    """,
    "refunded": """
        refunded amount, refund amount, amount refunded, refunded, refund, refunds, total refunded,
        rimborso, importo rimborsato, rimborsato, rimborsi, rembourse, erstattet, erstattung, reembolso,
        refunded total, total refund, importe reembolsado, valor reembolsado, montant rembourse,
        erstatteter betrag, totale rimborsato, totale rimborsi, returns, resi
    """,
    "cancelled_at": """
        cancelled at, canceled at, annullato il, cancellato il, cancelled on, canceled on,
        cancellation date, data annullamento, annulee le, storniert am, cancelado el,
        fecha de cancelacion, date cancelled, =cancelled, =annullato
    """,
    "happened_on": """
        date, data, day, giorno, happened on, order date, data ordine, created at, datum, bestelldatum,
        fecha, fecha del pedido, fecha de pago, date de commande, date de la commande, data do pedido,
        data acquisto, purchase date, created, ordered at, ordered on, data e ora, data ora, paid at,
        sale date, transaction date, date created, created on, ordered, created at utc,
        data dell ordine, fecha de compra, order placed, date utc, order created, data creazione
    """,
    "is_test": "test, is test, test order, test mode, ordine di prova, ordine test, di prova, testbestellung",
    "kind": "kind, type, tipo, tipologia, outcome, esito",
    "note": "note, notes, nota, description, descrizione, comment, commento, testata, title, titolo",
}

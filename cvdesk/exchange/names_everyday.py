"""Names of columns beside the usual English ones: as people say it, as this program says it, in other languages."""

from __future__ import annotations

from collections.abc import Mapping

_WHO = {
    "customer_id": (
        "kundennummer|kunden nr|kunden id|numero client|numero de client|id client|numero de cliente|id cliente"
    ),
    "customer": (
        "who said it|who was it|said by|whose|name of customer|your full name|kunde|kundin|kundenname|gast|"
        "verfasser|autor|nom du client|nom|nom complet|auteur|cliente|nombre|nombre completo|nombre del cliente"
    ),
    "first_name": "vorname|prenom",
    "last_name": "nachname|familienname|zuname|nom de famille|apellido|apellidos",
    "email": "email adresse|e mail adresse|courriel|adresse e mail|adresse email|correo|correo electronico",
    "phone": "telefon|telefonnummer|handy|handynummer|mobil|mobiltelefon|rufnummer|portable|telefono|movil|celular",
}
_CHANNEL = "where|where they said it|how they said it|reached us by|kanal|quelle|canal|via quel canal|fuente"
_OFFERING = (
    "what was it about|bought|produkt|artikel|leistung|dienstleistung|angebot|produit|article|prestation|producto|"
    "articulo|servicio"
)
_TIME = "uhrzeit|zeit|heure|hora"

OTHER_NAMES: Mapping[str, Mapping[str, str]] = {
    "customers": {
        "id": _WHO["customer_id"],
        "name": f"who|formatted name|{_WHO['customer']}",
        "first_name": _WHO["first_name"],
        "last_name": _WHO["last_name"],
        "email": f"e mail value|email value|{_WHO['email']}",
        "phone": f"phone value|{_WHO['phone']}|mobile no|phone no|contact number",
        "organisation": "firma|firmenname|unternehmen|betrieb|societe|entreprise|raison sociale|empresa|compania",
        "birthday": "geburtstag|geburtsdatum|anniversaire|date de naissance|cumpleanos|fecha de nacimiento",
        "address": (
            "home street|business street|home postal code|business postal code|address formatted|strasse|adresse|"
            "anschrift|hausnummer|plz|postleitzahl|bundesland|rue|code postal|direccion|calle|codigo postal|provincia"
        ),
        "city": "home city|business city|ort|stadt|wohnort|ville|commune|ciudad|poblacion|localidad|municipio",
        "country": "home country|business country|land|pays|pais",
        "segment": "kundengruppe|gruppe|kundenart|groupe|type de client|grupo|tipo de cliente",
        "tags": "group membership|schlagworte|stichworte|etiquettes|etiquetas",
        "since": "first seen|kunde seit|kundin seit|mitglied seit|client depuis|membre depuis|cliente desde|alta",
        "may_write": (
            "einwilligung|werbung erlaubt|werbeeinwilligung|consentement|accord|consentimiento|acepta publicidad"
        ),
        "no_write": "keine werbung|nicht anschreiben|ne pas contacter|no contactar",
        "notes": "staff notes|notiz|notizen|bemerkung|bemerkungen|remarque|remarques|notas|observaciones",
    },
    "feedback": {
        "id": "entry number",
        **_WHO,
        "date": (
            "date said|said on|when was it|when they said it|datum|zeitstempel|eingegangen am|bewertungsdatum|"
            "horodateur|date de l avis|fecha|marca temporal|fecha de la opinion"
        ),
        "time": _TIME,
        "rating": (
            "how many stars|how many stars out of 5|number of stars|how would you rate us|your rating|rate us|"
            "rating out of 5|rating out of 10|points|bewertung|sterne|anzahl sterne|gesamtbewertung|schulnote|punkte|"
            "evaluation|etoiles|nombre d etoiles|note globale|note sur 5|note sur 10|notation|calificacion|"
            "puntuacion|estrellas|valoracion"
        ),
        "text": (
            "what they said|what was said about us|what did they say|what customers said|quote|customer comment|"
            "customer comments|your comments|your review|review comment|verbatim|comment text|kommentar|kommentare|"
            "anmerkung|anmerkungen|bemerkung|rezension|bewertungstext|ruckmeldung|nachricht|commentaire|"
            "commentaires|avis|temoignage|remarques|comentario|comentarios|opinion|resena|mensaje|observaciones"
        ),
        "channel": _CHANNEL,
        "offering": _OFFERING,
        "kind": "praise or problem|kind of feedback|art|type d avis|tipo",
        "theme": "what it is about|what about|thema|themen|kategorie|betreff|categorie|sujet|tema|categoria|asunto",
    },
    "complaints": {
        "id": "beschwerdenummer|vorgangsnummer|ticketnummer|numero de reclamation|numero de dossier|numero de queja",
        **_WHO,
        "date": (
            "when|date said|datum|eingegangen|eingegangen am|eingang|erstellt am|recu le|date de reception|"
            "date de la reclamation|fecha|recibido|fecha de recepcion|marca temporal|zeitstempel|horodateur"
        ),
        "time": _TIME,
        "closed": (
            "put right on|closed on date|erledigt am|geschlossen am|abgeschlossen am|cloture le|date de cloture|"
            "resolu le|cerrado|fecha de cierre|resuelto el"
        ),
        "status": "where it stands|state of the case|stand|bearbeitungsstand|zustand|statut|etat|estado|situacion",
        "resolution": (
            "how it was put right|put right|losung|massnahme|ergebnis|antwort|solution|reponse|mesure|resolucion|"
            "solucion|respuesta|medida"
        ),
        "severity": (
            "how serious|how bad|schwere|schweregrad|prioritat|dringlichkeit|gravite|priorite|gravedad|prioridad"
        ),
        "theme": "thema|kategorie|grund|ursache|betreff|categorie|motif|sujet|tema|categoria|motivo|asunto",
        "offering": _OFFERING,
        "channel": _CHANNEL,
        "text": (
            "what they said|what went wrong|their words|beschwerde|beschwerdetext|reklamation|beschreibung|"
            "was ist passiert|kommentar|reclamation|plainte|commentaire|queja|reclamacion|descripcion|comentario"
        ),
    },
    "purchases": {
        **_WHO,
        "date": "datum|kaufdatum|rechnungsdatum|bestelldatum|date d achat|date de facture|fecha|fecha de compra",
        "time": _TIME,
        "amount": "betrag|summe|gesamt|gesamtbetrag|preis|umsatz|montant|prix|importe|precio|monto",
        "offering": _OFFERING,
        "id": "rechnungsnummer|bestellnummer|belegnummer|numero de facture|numero de commande|numero de factura|pedido",
    },
    "answers": {
        **_WHO,
        "date": "datum|zeitstempel|horodateur|fecha|marca temporal",
        "time": _TIME,
        "channel": _CHANNEL,
        "offering": _OFFERING,
    },
}  # fmt: skip

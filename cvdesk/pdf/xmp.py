"""What a document says of itself to archives (XMP, PDF/A-2): title, author, language, day, the standard it keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
{claim}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_CLAIM = "<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>\n"


@dataclass(frozen=True, slots=True)
class About:
    """A document's properties; `level`: what of PDF/A-2 it keeps (A, B or U), empty for a form to fill in."""

    title: str
    author: str
    subject: str
    language: str
    creator: str
    producer: str
    made: date
    level: str


def packet(about: About) -> bytes:
    """The properties as an XMP packet."""

    def clean(text: str) -> str:
        return escape(_NO_XML.sub("", text))

    return _PACKET.format(
        title=clean(about.title), author=clean(about.author), subject=clean(about.subject),
        language=clean(about.language), creator=clean(about.creator), producer=clean(about.producer),
        made=f"{about.made.isoformat()}T12:00:00+00:00",
        claim=_CLAIM.format(part=2, level=about.level) if about.level else "",
    ).encode()  # fmt: skip

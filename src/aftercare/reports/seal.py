"""The last pass over finished pages: neutral metadata, language, colour profile, PDF/A-2b; or a password instead.

Nothing in the file says who made it, about whom or when: the title is neutral and the dates are the same in every file.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Literal

import pikepdf

from aftercare.i18n import N_, Language
from aftercare.reports import colour_profile

PRODUCER = "Aftercare"
NEUTRAL_TITLE = N_("Document")
_DATE, _XMP_DATE = "D:20000101000000Z", "2000-01-01T00:00:00Z"
_FORBIDDEN_IN_CATALOGUE = ("/AA", "/OpenAction", "/AcroForm", "/Names", "/Collection", "/Perms", "/OCProperties")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A finished file, and whether it is PDF/A (a file with a password cannot be)."""

    pdf: bytes
    archival: bool


def sealed(pages: bytes, language: Language, title: str = "", password: str = "", producer: str = PRODUCER) -> Sealed:
    """The pages with neutral metadata. The title must not say about whom it is; without one it is «Document».

    With a password the file is encrypted (AES-256) and no longer PDF/A, which forbids encryption.
    """
    with pikepdf.open(BytesIO(pages)) as pdf:
        archival: Literal["2B"] | None = None if password else "2B"
        _clean(pdf)
        _describe(pdf, language, title or language.tr(NEUTRAL_TITLE), archival, producer)
        if archival:
            _add_colour_profile(pdf)
        made = BytesIO()
        if password:
            locked = pikepdf.Encryption(owner=password, user=password, R=6, aes=True, metadata=True)
            pdf.save(made, encryption=locked, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        else:
            pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Sealed(made.getvalue(), archival is not None)


def _clean(pdf: pikepdf.Pdf) -> None:
    """Nothing that runs, opens or hides something."""
    for name in _FORBIDDEN_IN_CATALOGUE:
        if name == "/Names" and name in pdf.Root:
            for kind in ("/JavaScript", "/EmbeddedFiles"):
                if kind in pdf.Root.Names:
                    del pdf.Root.Names[kind]
            continue
        if name in pdf.Root:
            del pdf.Root[name]
    for page in pdf.pages:
        for key in ("/AA", "/Trans", "/Metadata", "/PieceInfo", "/LastModified"):
            if key in page:
                del page[key]


def _describe(pdf: pikepdf.Pdf, language: Language, title: str, archival: str | None, producer: str) -> None:
    pdf.Root.Lang = pikepdf.String(language.tag)
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True, Direction=pikepdf.Name.R2L if language.direction == "rtl" else pikepdf.Name.L2R
    )
    pdf.trailer.Info = pdf.make_indirect(
        pikepdf.Dictionary(
            Title=pikepdf.String(title),
            Producer=pikepdf.String(producer),
            CreationDate=pikepdf.String(_DATE),
            ModDate=pikepdf.String(_DATE),
        )
    )
    stream = pdf.make_stream(_xmp(title, archival, producer).encode("utf-8"))
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root.Metadata = pdf.make_indirect(stream)


def _xmp(title: str, archival: str | None, producer: str) -> str:
    claim = (
        "<rdf:Description rdf:about='' xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/'>"
        f"<pdfaid:part>{archival[0]}</pdfaid:part><pdfaid:conformance>{archival[1]}</pdfaid:conformance>"
        "</rdf:Description>"
        if archival
        else ""
    )
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (
        "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>"
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        f"{claim}"
        "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>{escaped}</rdf:li></rdf:Alt></dc:title></rdf:Description>"
        "<rdf:Description rdf:about='' xmlns:xmp='http://ns.adobe.com/xap/1.0/'>"
        f"<xmp:CreateDate>{_XMP_DATE}</xmp:CreateDate><xmp:ModifyDate>{_XMP_DATE}</xmp:ModifyDate></rdf:Description>"
        "<rdf:Description rdf:about='' xmlns:pdf='http://ns.adobe.com/pdf/1.3/'>"
        f"<pdf:Producer>{producer}</pdf:Producer></rdf:Description>"
        "</rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )


def _add_colour_profile(pdf: pikepdf.Pdf) -> None:
    profile = pdf.make_stream(colour_profile.srgb())
    profile.N = 3
    pdf.Root.OutputIntents = pikepdf.Array(
        [
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.OutputIntent,
                    S=pikepdf.Name.GTS_PDFA1,
                    OutputConditionIdentifier=pikepdf.String("sRGB IEC61966-2.1"),
                    Info=pikepdf.String("sRGB IEC61966-2.1"),
                    RegistryName=pikepdf.String("http://www.color.org"),
                    DestOutputProfile=pdf.make_indirect(profile),
                )
            )
        ]
    )

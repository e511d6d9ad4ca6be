"""PDF from HTML: archivable (PDF/A-3a), accessible (PDF/UA-1) and the same bytes every time.

WeasyPrint writes PDF/A-3a; what PDF/UA-1 asks beside it is added with pikepdf. Nothing
is read but data: URLs and files of `static/`.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.request import url2pathname

import pikepdf
import weasyprint
from msgspec import Struct
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from survey import paths
from survey.document import render_errors, structure, tagging, text_layer

# PDF/UA-1 wants its part number in the metadata; PDF/A wants every schema beyond its own described.
PDFUA = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


class Attachment(Struct, frozen=True, kw_only=True):
    """A file inside the PDF: the source table of a chart, say. `name` ends in .csv or .json."""

    name: str
    description: str
    content: bytes


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
    """Gives data: URLs and files below `static/`; anything else stops the rendering.

    A missing file stops it too: a letter in another typeface would fold in the wrong place.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data", "file"), fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The content of `url`, or an error that no caller swallows."""
        if url.startswith("file:"):
            wanted = Path(url2pathname(url.partition("?")[0].removeprefix("file:"))).resolve()
            if not wanted.is_relative_to(paths.STATIC.resolve()):
                raise FatalURLFetchingError("a document may read only files of the project")
        return super().fetch(url, headers)


@cache
def fonts() -> FontConfiguration:
    """Fonts stay loaded for the life of the process: a document takes a third of the time."""
    return FontConfiguration()


def render(
    html: str, *, language: str, created: date, attachments: Iterable[Attachment] = ()
) -> bytes:
    """A PDF/A-3a and PDF/UA-1 of `html`; equal input gives equal bytes.

    Args:
        html: a whole document with `<title>` and `<html lang>`; links are relative to `static/`
        language: BCP 47 tag of the whole document; elements with a `lang` of their own keep it
        created: the day printed as the file's date; the clock is never read
        attachments: files carried along, in this order
    Raises:
        DocumentError: a picture or a character of it cannot be drawn
        ValueError: the document has no title
        weasyprint.urls.FatalURLFetchingError: it asks for something outside `static/`
    """
    fetcher = OwnFilesOnly()
    page = _page(html, fetcher)
    tagging.number_tables(page.etree_element)
    with render_errors.fatal(page.etree_element):
        document = page.render(font_config=fonts())
        if not document.metadata.title:
            raise ValueError("a document needs a title")
        _describe(document, language, created, attachments, fetcher)
        written = document.write_pdf(pdf_variant="pdf/a-3a")
    return _accessible(written, language)


def count_pages(html: str) -> int:
    """How many pages `render` would make of `html`; only laid out, which is half the work."""
    page = _page(html, OwnFilesOnly())
    with render_errors.fatal(page.etree_element):
        return len(page.render(font_config=fonts()).pages)


def _page(html: str, fetcher: URLFetcher) -> weasyprint.HTML:
    return weasyprint.HTML(string=html, base_url=f"{paths.STATIC.as_uri()}/", url_fetcher=fetcher)


def _describe(
    document: weasyprint.Document,
    language: str,
    created: date,
    attachments: Iterable[Attachment],
    fetcher: URLFetcher,
) -> None:
    """Give the document its language, its day and its files."""
    noon = datetime.combine(created, time(12), UTC)
    document.metadata.lang = language
    document.metadata.created = document.metadata.modified = noon.isoformat()
    document.metadata.attachments = [
        weasyprint.Attachment(
            string=attachment.content,
            name=attachment.name,
            description=attachment.description,
            relationship="Data",
            created=noon,
            modified=noon,
            url_fetcher=fetcher,
        )
        for attachment in attachments
    ]


def _accessible(written: bytes, language: str) -> bytes:
    """The PDF completed with entries that PDF/UA-1 needs and WeasyPrint does not write."""
    out = BytesIO()
    with pikepdf.open(BytesIO(written)) as pdf:
        pdf.Root.Lang = pikepdf.String(language)
        metadata = pdf.Root.Metadata.read_bytes().decode().replace("</rdf:RDF>", PDFUA, 1)
        pdf.Root.Metadata = pdf.make_stream(
            metadata.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        structure.mend(pdf)
        text_layer.use_typed_characters(pdf)
        _attach_once(pdf)
        for stream in pdf.objects:
            if isinstance(stream, pikepdf.Stream):
                _end_plainly(stream)
        pdf.save(
            out,
            deterministic_id=True,
            compress_streams=False,  # they are; the metadata must stay readable
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.preserve,
        )
    return out.getvalue()


def _attach_once(pdf: pikepdf.Pdf) -> None:
    """List every attached file once: WeasyPrint lists those it names a second time."""
    if "/AF" in pdf.Root:
        files = {file.objgen: file for file in pdf.Root.AF}
        pdf.Root.AF = pikepdf.Array(list(files.values()))


def _end_plainly(stream: pikepdf.Stream) -> None:
    """Write a stream that ends in a carriage return in hexadecimal.

    With the line feed before `endstream` it would look one byte too short (one stream in 256 does).
    """
    raw = stream.read_raw_bytes()
    if not raw.endswith(b"\r") or stream.get("/Filter") != "/FlateDecode":
        return
    filters = pikepdf.Array([pikepdf.Name.ASCIIHexDecode, pikepdf.Name.FlateDecode])
    given = stream.get("/DecodeParms")
    parameters = None if given is None else pikepdf.Array([None, given])
    stream.write(raw.hex().encode() + b">", filter=filters, decode_parms=parameters)

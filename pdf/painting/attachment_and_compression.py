"""Compress a finished file, identify it by its content, attach the source of outcomes. The last step, by pikepdf."""

import hashlib
import io

import pikepdf

SOURCE_NAME = "document.json"


def finished(content: bytes, source_json: bytes = b"", *, is_pdf_2: bool = False) -> bytes:
    """The file as it is kept: a third of the size, the same bytes every time.

    source_json is attached as the edition's source (PDF/A-3, PDF/A-4f: AFRelationship Source), which a program can read
    back. is_pdf_2: without information dictionary, which PDF/A-4 leaves to the metadata.
    """
    with pikepdf.open(io.BytesIO(content)) as file:
        if source_json:
            _attach(file, source_json)
        if is_pdf_2:
            del file.trailer.Info
        out = io.BytesIO()
        file.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
            fix_metadata_version=False,
            min_version="" if is_pdf_2 else "1.7",
            force_version="2.0" if is_pdf_2 else "",
        )
    return out.getvalue()


def _attach(file: pikepdf.Pdf, source: bytes) -> None:
    stream = file.make_stream(source)
    stream.Type = pikepdf.Name.EmbeddedFile
    stream.Subtype = pikepdf.Name("/application/json")
    date = file.docinfo.get("/ModDate", pikepdf.String("D:20000101000000+00'00'"))
    digest = hashlib.md5(source, usedforsecurity=False).digest()
    stream.Params = pikepdf.Dictionary(Size=len(source), ModDate=date, CheckSum=pikepdf.String(digest))
    name = pikepdf.String(SOURCE_NAME)
    specification = file.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=name,
            UF=name,
            Desc=pikepdf.String("The edition as neutral JSON: the source of this document"),
            AFRelationship=pikepdf.Name.Source,
            EF=pikepdf.Dictionary(F=stream, UF=stream),
        )
    )
    file.Root.AF = pikepdf.Array([specification])
    file.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array([name, specification])))

"""Sign a PDF (PAdES, by pyHanko): the signature is added after the printed bytes, which stay as they are. Pure but for
the time-stamp authority, which is asked over the network where one is named.
"""

import io

from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from pdf.sealing.time_stamps import Authority

FIELD = "Seal"


def sealed(content: bytes, certificates: bytes, key: bytes, *, reason: str, timestamp_url: str = "") -> bytes:
    """The printed bytes with a certifying signature that allows no later change.

    certificates, key: PEM; the first certificate is the signer's. reason: shown by readers beside the signature.
    Raises NoTime where the authority gives no time that holds.

    The field is invisible and lies outside the page: PDF/A wants it printable, PDF/UA untagged only where nobody sees
    it, and both hold so.
    """
    own, *others = load_certs_from_pemder_data(certificates)
    store = SimpleCertificateStore.from_certs(others)
    signer = SimpleSigner(
        signing_cert=own, signing_key=load_private_key_from_pemder_data(key, None), cert_registry=store
    )
    metadata = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason, certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )  # fmt: skip
    authority = Authority(timestamp_url) if timestamp_url else None
    field = SigFieldSpec(FIELD, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    out = io.BytesIO()
    PdfSigner(metadata, signer, timestamper=authority, new_field_spec=field).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content)), output=out
    )
    return out.getvalue()

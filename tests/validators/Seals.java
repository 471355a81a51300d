import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;

/**
 * Validates the signatures of PDF files by EN 319 102-1, with one certificate trusted and no network. A line for each:
 * indication, why not, format, how much of the file is signed; or "UNSIGNED".
 */
class Seals {
    public static void main(String[] names) {
        var trusted = new CommonTrustedCertificateSource();
        trusted.addCertificate(DSSUtils.loadCertificate(new File(names[0])));
        for (int at = 1; at < names.length; at++) {
            var verifier = new CommonCertificateVerifier();
            verifier.setTrustedCertSources(trusted);
            var validator = SignedDocumentValidator.fromDocument(new FileDocument(names[at]));
            validator.setCertificateVerifier(verifier);
            SimpleReport report = validator.validateDocument().getSimpleReport();
            for (String id : report.getSignatureIdList()) {
                System.out.println(String.join(" ", report.getIndication(id).name(),
                    String.valueOf(report.getSubIndication(id)), report.getSignatureFormat(id).name(),
                    report.getSignatureScopes(id).get(0).getScope().name()));
            }
            if (report.getSignatureIdList().isEmpty()) System.out.println("UNSIGNED");
        }
    }
}

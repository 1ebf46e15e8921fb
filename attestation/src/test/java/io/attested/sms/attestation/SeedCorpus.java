package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.DOMAIN;
import static io.attested.sms.attestation.Fixtures.ENCLAVE;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;

import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.simulated.QuoteForm;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Writes the fuzz targets' seeds into {@code src/test/resources}: run it with that folder as its argument after the
 * simulation has changed. What a fuzzer found stays beside them and is replayed by every build.
 */
final class SeedCorpus {
    private final Path root;

    private SeedCorpus(Path root) {
        this.root = root;
    }

    public static void main(String[] arguments) throws IOException {
        new SeedCorpus(Path.of(arguments[0]).resolve("io/attested/sms/attestation")).write();
    }

    private void write() throws IOException {
        quotes("VerifierFuzzTestInputs/quote");
        quotes("quote/QuoteFuzzTestInputs/parse");
        collateral("VerifierFuzzTestInputs/collateral");
        collateral("collateral/CollateralFuzzTestInputs/parse");
        chains("pki/PkiFuzzTestInputs/pemChain");
        Collateral good = INTEL.collateral();
        seed("pki/PkiFuzzTestInputs/revocationList", "empty-list", good.pckCrl().toByteArray());
        seed(
                "pki/PkiFuzzTestInputs/revocationList",
                "one-entry",
                INTEL.collateralDraft()
                        .pckCrl(crl -> crl.revoking(INTEL.root().serial()))
                        .sign()
                        .pckCrl()
                        .toByteArray());
        seed("pki/PkiFuzzTestInputs/revocationList", "nested", nested());
        for (boolean platform : new boolean[] {true, false}) {
            byte[] extension = INTEL.pckTerms(SimulatedTcb.UP_TO_DATE, platform)
                    .pckExtension()
                    .orElseThrow();
            seed("pki/PkiFuzzTestInputs/pckExtension", platform ? "platform" : "processor", extension);
        }
        seed("tcb/TcbFuzzTestInputs/tcbInfo", "version-3", good.tcbInfo().toByteArray());
        seed("tcb/TcbFuzzTestInputs/tcbInfo", "version-2", text("{\"version\":2,\"tcbType\":0,\"tcbLevels\":[{}]}"));
        seed("tcb/TcbFuzzTestInputs/qeIdentity", "version-2", good.qeIdentity().toByteArray());
        Collateral tdx = INTEL.tdxCollateral();
        seed("tcb/TcbFuzzTestInputs/tcbInfo", "tdx", tdx.tcbInfo().toByteArray());
        seed("tcb/TcbFuzzTestInputs/qeIdentity", "td-qe", tdx.qeIdentity().toByteArray());
        layouts("quote/QuoteFuzzTestInputs/parse");
        layouts("VerifierFuzzTestInputs/quote");
    }

    private void quotes(String target) throws IOException {
        byte[] release = ENCLAVE.quote(REPORT_DATA);
        seed(target, "release", release);
        seed(target, "truncated", Arrays.copyOf(release, release.length - 100));
        seed(
                target,
                "trailing",
                ENCLAVE.draft(REPORT_DATA).trailing(new byte[70]).sign());
        seed(
                target,
                "ppid",
                ENCLAVE.draft(REPORT_DATA).certification(1, new byte[36]).sign());
        byte[] negativeLength = release.clone();
        Arrays.fill(negativeLength, 432, 436, (byte) 0xff);
        seed(target, "length-ffffffff", negativeLength);
        seed(target, "header-only", Arrays.copyOf(release, 48));
    }

    /** A quote in each of the younger layouts. */
    private void layouts(String target) throws IOException {
        for (QuoteForm form : new QuoteForm[] {QuoteForm.SGX_V4, QuoteForm.SGX_V5}) {
            seed(target, name(form), ENCLAVE.draft(form, REPORT_DATA).sign());
        }
        for (QuoteForm form : new QuoteForm[] {QuoteForm.TDX_V4, QuoteForm.TDX_V5_1_0, QuoteForm.TDX_V5_1_5}) {
            seed(target, name(form), DOMAIN.withForm(form).quote(REPORT_DATA));
        }
    }

    private static String name(QuoteForm form) {
        return form.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void collateral(String target) throws IOException {
        String good = new String(INTEL.collateral().toJson(), StandardCharsets.UTF_8);
        seed(target, "good", text(good));
        seed(target, "duplicate-member", text("{\"pck_crl\":\"00\"," + good.substring(1)));
        seed(target, "unknown-member", text("{\"x\":\"00\"," + good.substring(1)));
        seed(target, "unpaired-surrogate", text(good.replace("\\\"id\\\"", "\\ud800")));
        seed(target, "deep", text("[".repeat(2000)));
    }

    private void chains(String target) throws IOException {
        String chain = INTEL.platformAuthority().pem() + INTEL.rootPem();
        seed(target, "two", text(chain));
        seed(target, "nul-ended", text(chain + "\0\0"));
        seed(target, "carriage-returns", text(chain.replace("\n", "\r\n")));
        seed(target, "no-certificate", text("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"));
    }

    /** 4,000 sequences inside one another, each two octets of indefinite length. */
    private static byte[] nested() {
        byte[] nested = new byte[8000];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        return nested;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void seed(String target, String name, byte[] bytes) throws IOException {
        Path folder = Files.createDirectories(root.resolve(target));
        Files.write(folder.resolve(name), bytes);
    }
}

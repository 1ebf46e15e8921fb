package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.amd.AmdIssuers;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.ChipVersion;
import io.attested.sms.attestation.amd.SigningKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * Asks AMD's Key Distribution Service (57230, section on the KDS interface) or a mirror with the same paths.
 *
 * <p>It has VCEK certificates and both chains; a VLEK certificate comes from the cloud provider, beside the report.
 */
public final class KdsClient implements AmdPublisher {
    private static final URI AMD = URI.create("https://kdsintf.amd.com");

    private final PatientWeb web;
    private final String base;

    private KdsClient(PatientWeb web, String base) {
        this.web = web;
        this.base = base;
    }

    /** AMD's own service. */
    public static KdsClient amd(PatientWeb web) {
        return mirror(web, AMD);
    }

    /**
     * A mirror.
     *
     * @param base http or https; what it answers is signed by AMD and checked, so that the connection is not trusted
     */
    public static KdsClient mirror(PatientWeb web, URI base) {
        String text = base.toString();
        return new KdsClient(web, text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    @Override
    public ByteString vcek(ChipVersion chip, Instant deadline) throws FetchFailed, InterruptedException {
        String hardwareId = chip.hardwareId().hex();
        try {
            String path = "/vcek/v1/" + chip.product().text() + "/" + hardwareId + "?" + chip.query();
            return ByteString.copyOf(get(path, deadline));
        } catch (FetchFailed failed) {
            // Whoever reads the message needs not learn which machine it was.
            throw new FetchFailed(failed.reason(), failed.detail().replace(hardwareId, "…"));
        }
    }

    @Override
    public AmdIssuers issuers(AmdProduct product, SigningKey kind, Instant deadline)
            throws FetchFailed, InterruptedException {
        String paths = "/" + kind.name().toLowerCase(Locale.ROOT) + "/v1/" + product.text();
        String chain = new String(get(paths + "/cert_chain", deadline), StandardCharsets.ISO_8859_1);
        return new AmdIssuers(chain, ByteString.copyOf(get(paths + "/crl", deadline)));
    }

    private byte[] get(String path, Instant deadline) throws FetchFailed, InterruptedException {
        return web.get(URI.create(base + path), deadline).body();
    }
}

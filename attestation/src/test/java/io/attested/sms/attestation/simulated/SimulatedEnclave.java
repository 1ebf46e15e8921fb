package io.attested.sms.attestation.simulated;

import io.attested.sms.attestation.ByteString;
import java.util.HexFormat;

/**
 * An enclave on a simulated platform: what it is was decided at its launch, what it says is decided per report.
 *
 * <p>A release enclave has the attributes {@code 0500000000000000 e700000000000000}; KSS is added when asked for or when
 * CONFIGID is not zero.
 *
 * @param intel whose platform it runs on
 * @param mrEnclave 32 bytes
 * @param configId 64 bytes
 * @param debug attribute DEBUG
 * @param kss attribute KSS
 * @param tcb how current the platform is
 * @param platform whether the platform belongs to the Platform CA, else to the Processor CA
 */
public record SimulatedEnclave(
        SimulatedIntel intel,
        ByteString mrEnclave,
        ByteString configId,
        boolean debug,
        boolean kss,
        SimulatedTcb tcb,
        boolean platform) {
    private static final int FLAGS = 48;

    /** Checks lengths; a CONFIGID that is not zero implies KSS. */
    public SimulatedEnclave {
        if (mrEnclave.length() != 32 || configId.length() != 64) {
            throw new IllegalArgumentException(
                    "MRENCLAVE has 32 bytes and CONFIGID 64, not " + mrEnclave.length() + " and " + configId.length());
        }
        kss = kss || !configId.isZero();
    }

    /**
     * A release enclave on a current platform, CONFIGID zero, no KSS.
     *
     * @param mrEnclave 32 bytes
     */
    public static SimulatedEnclave of(SimulatedIntel intel, byte[] mrEnclave) {
        return new SimulatedEnclave(
                intel,
                ByteString.copyOf(mrEnclave),
                ByteString.copyOf(new byte[64]),
                false,
                false,
                SimulatedTcb.UP_TO_DATE,
                true);
    }

    /** The same code launched with this CONFIGID (64 bytes) and KSS. */
    public SimulatedEnclave withConfigId(byte[] id) {
        return new SimulatedEnclave(intel, mrEnclave, ByteString.copyOf(id), debug, true, tcb, platform);
    }

    /** The same enclave in debug mode. */
    public SimulatedEnclave withDebug() {
        return new SimulatedEnclave(intel, mrEnclave, configId, true, kss, tcb, platform);
    }

    /** The same enclave with KSS. */
    public SimulatedEnclave withKss() {
        return new SimulatedEnclave(intel, mrEnclave, configId, debug, true, tcb, platform);
    }

    /** The same enclave on a platform of this level. */
    public SimulatedEnclave withTcb(SimulatedTcb level) {
        return new SimulatedEnclave(intel, mrEnclave, configId, debug, kss, level, platform);
    }

    /** The same enclave on a platform of the Processor CA, whose collateral is another. */
    public SimulatedEnclave withProcessorCa() {
        return new SimulatedEnclave(intel, mrEnclave, configId, debug, kss, tcb, false);
    }

    /**
     * The raw report body, 384 bytes.
     *
     * @param reportData 64 bytes
     */
    public byte[] report(byte[] reportData) {
        if (reportData.length != 64) {
            throw new IllegalArgumentException("report data has " + reportData.length + " bytes, expected 64");
        }
        byte[] report = new byte[384];
        System.arraycopy(tcb.components().toByteArray(), 0, report, 0, 16);
        System.arraycopy(HexFormat.of().parseHex("0500000000000000e700000000000000"), 0, report, FLAGS, 16);
        report[FLAGS] |= (byte) ((debug ? 0x02 : 0) | (kss ? 0x80 : 0));
        System.arraycopy(mrEnclave.toByteArray(), 0, report, 64, 32);
        System.arraycopy(SimulatedKey.digest("SHA-256", new byte[] {'s', 'i', 'm'}), 0, report, 128, 32);
        System.arraycopy(configId.toByteArray(), 0, report, 192, 64);
        System.arraycopy(reportData, 0, report, 320, 64);
        return report;
    }

    /**
     * A quote of version 3 with the PCK chain inside.
     *
     * @param reportData 64 bytes
     */
    public byte[] quote(byte[] reportData) {
        return draft(reportData).sign();
    }

    /** The quote, to be changed before it is signed. */
    public QuoteDraft draft(byte[] reportData) {
        return draft(QuoteForm.SGX_V3, reportData);
    }

    /**
     * The quote with another PCK certificate.
     *
     * @param issuers PEM of what follows the certificate in the chain
     */
    public QuoteDraft draft(byte[] reportData, SimulatedCertificate pck, String issuers) {
        return draft(QuoteForm.SGX_V3, reportData, pck, issuers);
    }

    /** The quote in another layout. */
    public QuoteDraft draft(QuoteForm form, byte[] reportData) {
        SimulatedCertificate authority = platform ? intel.platformAuthority() : intel.processorAuthority();
        SimulatedCertificate pck = authority.issue(intel.pckTerms(tcb, platform));
        return draft(form, reportData, pck, authority.pem() + intel.rootPem());
    }

    private QuoteDraft draft(QuoteForm form, byte[] reportData, SimulatedCertificate pck, String issuers) {
        return new QuoteDraft(form, report(reportData), intel.key("attestation"), pck.key(), pck.pem() + issuers);
    }
}

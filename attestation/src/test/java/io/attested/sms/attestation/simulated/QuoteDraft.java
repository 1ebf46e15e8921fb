package io.attested.sms.attestation.simulated;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A quote before it is signed: a test states the difference only. Mutable, made for one quote.
 */
public final class QuoteDraft {
    private static final int REPORT_DATA = 320;

    private final QuoteForm form;
    private final byte[] header;
    private final byte[] report;
    private final byte[] qeReport;
    private final SimulatedKey attestationKey;
    private SimulatedKey quoteSigner;
    private SimulatedKey qeReportSigner;
    private byte[] attestationPoint;
    private byte[] authenticationData = new byte[32];
    private int certificationType = 5;
    private int wrapperType = 6;
    private byte[] certificationData;
    private byte[] trailing = new byte[0];
    private boolean attestationKeyVouched = true;

    QuoteDraft(QuoteForm form, byte[] report, SimulatedKey attestationKey, SimulatedKey pckKey, String pckChain) {
        this.form = form;
        this.header = form.header();
        this.report = report.clone();
        this.qeReport = form.qeReport();
        this.attestationKey = attestationKey;
        this.quoteSigner = attestationKey;
        this.qeReportSigner = pckKey;
        this.attestationPoint = attestationKey.publicKey();
        this.certificationData = (pckChain + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    /** Changes the header (48 bytes) before it is signed. */
    public QuoteDraft header(Consumer<byte[]> change) {
        change.accept(header);
        return this;
    }

    /** Changes the report (384, 584 or 648 bytes) before it is signed. */
    public QuoteDraft report(Consumer<byte[]> change) {
        change.accept(report);
        return this;
    }

    /** Changes the QE report (384 bytes) before it is signed; its report data is set afterwards. */
    public QuoteDraft qeReport(Consumer<byte[]> change) {
        change.accept(qeReport);
        return this;
    }

    /** Signs the quote with another key than the one it names. */
    public QuoteDraft quoteSigner(SimulatedKey key) {
        quoteSigner = key;
        return this;
    }

    /** Names and uses another key than the one the QE report vouches for. */
    public QuoteDraft unvouchedKey(SimulatedKey key) {
        quoteSigner = key;
        attestationPoint = key.publicKey();
        return this;
    }

    /** Names these 64 bytes as attestation key, for which the QE report vouches. */
    public QuoteDraft vouchedPoint(byte[] point) {
        attestationPoint = point.clone();
        attestationKeyVouched = false;
        return this;
    }

    /** Signs the QE report with another key than the PCK key. */
    public QuoteDraft qeReportSigner(SimulatedKey key) {
        qeReportSigner = key;
        return this;
    }

    /** Other QE authentication data, at most 65535 bytes. */
    public QuoteDraft authenticationData(byte[] data) {
        authenticationData = data.clone();
        return this;
    }

    /** Other certification data. */
    public QuoteDraft certification(int type, byte[] data) {
        certificationType = type;
        certificationData = data.clone();
        return this;
    }

    /** Another type of the certification data around the QE report, in versions 4 and 5. */
    public QuoteDraft wrapper(int type) {
        wrapperType = type;
        return this;
    }

    /** Bytes after the signature data. */
    public QuoteDraft trailing(byte[] bytes) {
        trailing = bytes.clone();
        return this;
    }

    /** Signs and joins everything. */
    public byte[] sign() {
        byte[] vouched = attestationKeyVouched ? attestationKey.publicKey() : attestationPoint;
        byte[] voucher = SimulatedKey.digest("SHA-256", vouched, authenticationData);
        System.arraycopy(voucher, 0, qeReport, REPORT_DATA, voucher.length);
        byte[] signed = joined(header, form.descriptor(report.length), report);
        byte[] signature = signatureData(quoteSigner.sign(signed));
        return joined(signed, u32(signature.length), signature, trailing);
    }

    private byte[] signatureData(byte[] quoteSignature) {
        byte[] vouched = joined(
                qeReport,
                qeReportSigner.sign(qeReport),
                u16(authenticationData.length),
                authenticationData,
                u16(certificationType),
                u32(certificationData.length),
                certificationData);
        return form.wrapsQeReport()
                ? joined(quoteSignature, attestationPoint, u16(wrapperType), u32(vouched.length), vouched)
                : joined(quoteSignature, attestationPoint, vouched);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] u16(int value) {
        return ByteBuffer.allocate(2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) value)
                .array();
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}

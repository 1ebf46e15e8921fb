package io.attested.sms.attestation.simulated;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * A quote before it is signed: a test states the difference only. Mutable, made for one quote.
 */
public final class QuoteDraft {
    private static final int REPORT_LENGTH = 384;
    private static final int REPORT_DATA = 320;

    private final byte[] header;
    private final byte[] report;
    private final byte[] qeReport;
    private final SimulatedKey attestationKey;
    private SimulatedKey quoteSigner;
    private SimulatedKey qeReportSigner;
    private byte[] attestationPoint;
    private byte[] authenticationData = new byte[32];
    private int certificationType = 5;
    private byte[] certificationData;
    private byte[] trailing = new byte[0];
    private boolean attestationKeyVouched = true;

    QuoteDraft(byte[] report, SimulatedKey attestationKey, SimulatedKey pckKey, String pckChain) {
        this.header = header();
        this.report = report.clone();
        this.qeReport = qeReport();
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

    /** Changes the report (384 bytes) before it is signed. */
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
        byte[] signed = Arrays.copyOf(header, header.length + report.length);
        System.arraycopy(report, 0, signed, header.length, report.length);
        byte[] signature = signatureData(quoteSigner.sign(signed));
        ByteArrayOutputStream quote = new ByteArrayOutputStream();
        quote.writeBytes(signed);
        quote.writeBytes(u32(signature.length));
        quote.writeBytes(signature);
        quote.writeBytes(trailing);
        return quote.toByteArray();
    }

    private byte[] signatureData(byte[] quoteSignature) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(quoteSignature);
        data.writeBytes(attestationPoint);
        data.writeBytes(qeReport);
        data.writeBytes(qeReportSigner.sign(qeReport));
        data.writeBytes(u16(authenticationData.length));
        data.writeBytes(authenticationData);
        data.writeBytes(u16(certificationType));
        data.writeBytes(u32(certificationData.length));
        data.writeBytes(certificationData);
        return data.toByteArray();
    }

    private static byte[] header() {
        ByteBuffer header = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort((short) 3)
                .putShort((short) 2)
                .putInt(0)
                .putShort((short) 10)
                .putShort((short) 15);
        header.put(HexFormat.of().parseHex("939a7233f79c4ca9940a0db3957f0607"));
        return header.array();
    }

    private static byte[] qeReport() {
        ByteBuffer report = ByteBuffer.allocate(REPORT_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        report.put(48, HexFormat.of().parseHex("1500000000000000e700000000000000"));
        report.put(128, HexFormat.of().parseHex(SimulatedIntel.QE_MRSIGNER));
        report.putShort(256, (short) 1);
        report.putShort(258, (short) 10);
        return report.array();
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

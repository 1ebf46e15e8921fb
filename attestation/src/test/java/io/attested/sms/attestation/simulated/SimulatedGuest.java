package io.attested.sms.attestation.simulated;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.amd.SigningKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A guest on a simulated AMD platform; its reports are of version 3 or another that is asked for.
 *
 * @param amd whose platform it runs on
 * @param measurement 48 bytes
 * @param debug policy bit DEBUG
 * @param signingKey which key signs its reports
 */
public record SimulatedGuest(SimulatedAmd amd, ByteString measurement, boolean debug, SigningKey signingKey) {
    private static final int SIGNED_LENGTH = 0x2a0;
    private static final int LENGTH = 0x4a0;

    /** A guest that is not open to debugging, on a platform that signs with its chip's key. */
    public static SimulatedGuest of(SimulatedAmd amd, byte[] measurement) {
        return new SimulatedGuest(amd, ByteString.copyOf(measurement), false, SigningKey.VCEK);
    }

    /** The same guest, open to debugging. */
    public SimulatedGuest withDebug() {
        return new SimulatedGuest(amd, measurement, true, signingKey);
    }

    /** The same guest on a platform that signs with its provider's key. */
    public SimulatedGuest withProviderKey() {
        return new SimulatedGuest(amd, measurement, debug, SigningKey.VLEK);
    }

    /**
     * A report, 1,184 bytes.
     *
     * @param reportData 64 bytes
     */
    public byte[] report(byte[] reportData) {
        return report(reportData, bytes -> {});
    }

    /** A report that is changed (672 bytes) before it is signed. */
    public byte[] report(byte[] reportData, Consumer<byte[]> change) {
        return report(reportData, change, amd.signingKey(signingKey));
    }

    /** A report that is changed (672 bytes) before this key signs it. */
    public byte[] report(byte[] reportData, Consumer<byte[]> change, SimulatedP384Key signer) {
        byte[] signed = unsigned(reportData);
        change.accept(signed);
        return ByteBuffer.allocate(LENGTH).put(signed).put(signer.sign(signed)).array();
    }

    private byte[] unsigned(byte[] reportData) {
        if (reportData.length != 64 || measurement.length() != 48) {
            throw new IllegalArgumentException("report data has 64 bytes and a measurement 48, not " + reportData.length
                    + " and " + measurement.length());
        }
        ByteBuffer report = ByteBuffer.allocate(SIGNED_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        report.putInt(0x00, 3).putInt(0x04, 4).putLong(0x08, 1L << 17 | 1L << 16 | (debug ? 1L << 19 : 0));
        report.put(0x10, filled(16, 0x10)).put(0x20, filled(16, 0x20));
        report.putInt(0x30, 1).putInt(0x34, 1).putInt(0x48, signingKey == SigningKey.VCEK ? 0 : 1 << 2);
        report.put(0x50, reportData).put(0x90, measurement.toByteArray()).put(0xc0, filled(32, 0xc0));
        report.put(0xe0, filled(48, 0xe0)).put(0x110, filled(48, 0x11)).put(0x140, filled(32, 0x14));
        report.put(0x160, filled(32, 0xff)).put(0x188, new byte[] {0x19, 0x01, 0x01});
        report.put(0x1a0, amd.chipId());
        for (int offset : new int[] {0x38, 0x180, 0x1e0, 0x1f0}) {
            report.put(offset, amd.tcb());
        }
        return report.array();
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}

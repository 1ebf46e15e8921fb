package io.attested.sms.attestation.simulated;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** The layouts of quotes. Numbers are little-endian. */
public enum QuoteForm {
    SGX_V3(3, 0, 0, SimulatedIntel.QE_MRSIGNER, 1),
    SGX_V4(4, 0, 0, SimulatedIntel.QE_MRSIGNER, 1),
    SGX_V5(5, 0, 1, SimulatedIntel.QE_MRSIGNER, 1),
    TDX_V4(4, 0x81, 0, SimulatedIntel.TD_QE_MRSIGNER, 2),
    TDX_V5_1_0(5, 0x81, 2, SimulatedIntel.TD_QE_MRSIGNER, 2),
    TDX_V5_1_5(5, 0x81, 3, SimulatedIntel.TD_QE_MRSIGNER, 2);

    private static final HexFormat HEX = HexFormat.of();
    private static final int HEADER_LENGTH = 48;

    private final int version;
    private final int teeType;
    private final int bodyType;
    private final String qeSigner;
    private final int qeProduct;

    QuoteForm(int version, int teeType, int bodyType, String qeSigner, int qeProduct) {
        this.version = version;
        this.teeType = teeType;
        this.bodyType = bodyType;
        this.qeSigner = qeSigner;
        this.qeProduct = qeProduct;
    }

    /** Whether the report is of TDX 1.5, which has 64 bytes more. */
    public boolean isTdx15() {
        return this == TDX_V5_1_5;
    }

    /** Where the report stands in the quote. */
    public int reportOffset() {
        return HEADER_LENGTH + (bodyType == 0 ? 0 : 6);
    }

    /** Whether the QE's report is wrapped into certification data of type 6. */
    boolean wrapsQeReport() {
        return version > 3;
    }

    byte[] header() {
        ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort((short) version).putShort((short) 2).putInt(teeType);
        if (version == 3) {
            header.putShort((short) 10).putShort((short) 15);
        } else {
            header.putInt(0);
        }
        header.put(HEX.parseHex("939a7233f79c4ca9940a0db3957f0607"));
        return header.array();
    }

    /** What stands between header and report: in version 5 the report's type and length. */
    byte[] descriptor(int reportLength) {
        return bodyType == 0
                ? new byte[0]
                : ByteBuffer.allocate(6)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) bodyType)
                        .putInt(reportLength)
                        .array();
    }

    byte[] qeReport() {
        ByteBuffer report = ByteBuffer.allocate(384).order(ByteOrder.LITTLE_ENDIAN);
        report.put(48, HEX.parseHex("1500000000000000e700000000000000"));
        report.put(128, HEX.parseHex(qeSigner));
        report.putShort(256, (short) qeProduct);
        report.putShort(258, (short) 10);
        return report.array();
    }
}

package io.attested.sms.attestation.amd;

import java.util.Optional;

/**
 * A line of EPYC processors; each has a root key of its own and decides the meaning of TCB bytes and hardware ids.
 *
 * <p>Genoa stands for Bergamo and Siena too: they share its root.
 */
public enum AmdProduct {
    /** Third generation. */
    MILAN("Milan", 64, 1, 2, 4, 5, 6, 7, 3, 8),
    /** Fourth generation. */
    GENOA("Genoa", 64, 1, 2, 4, 5, 6, 7, 3, 8),
    /** Fifth generation. */
    TURIN("Turin", 8, 9, 1, 2, 3, 5, 6, 7, 8);

    private final String text;
    private final int hardwareIdLength;
    private final int[] tcbExtensions;

    AmdProduct(String text, int hardwareIdLength, int... tcbExtensions) {
        this.text = text;
        this.hardwareIdLength = hardwareIdLength;
        this.tcbExtensions = tcbExtensions;
    }

    /** The name as AMD writes it in certificates, for instance {@code Milan}. */
    public String text() {
        return text;
    }

    /** The product of a processor; Bergamo and Siena count as Genoa. */
    static Optional<AmdProduct> ofProcessor(int family, int model) {
        return switch (family) {
            case 0x19 ->
                model <= 0x0f
                        ? Optional.of(MILAN)
                        : model <= 0x1f || model >= 0xa0 && model <= 0xaf ? Optional.of(GENOA) : Optional.empty();
            case 0x1a -> model <= 0x1f ? Optional.of(TURIN) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Length of the hardware id in a VCEK certificate, in bytes; the rest of CHIP_ID is zero. */
    int hardwareIdLength() {
        return hardwareIdLength;
    }

    /** Last arc of the extension that holds TCB byte {@code index} (0 to 7), below 1.3.6.1.4.1.3704.1.3. */
    int tcbExtension(int index) {
        return tcbExtensions[index];
    }
}

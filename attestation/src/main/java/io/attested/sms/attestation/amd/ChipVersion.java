package io.attested.sms.attestation.amd;

import io.attested.sms.attestation.ByteString;
import java.util.Locale;
import java.util.Optional;

/**
 * One chip at one TCB version: what a VCEK certificate is for.
 *
 * @param product the chip's line
 * @param hardwareId as the product's certificates have it: 8 bytes for Turin, 64 for the others
 * @param tcb 8 bytes as the product's reports have them
 */
public record ChipVersion(AmdProduct product, ByteString hardwareId, ByteString tcb) {
    private static final int TCB_LENGTH = 8;

    /** Refuses other lengths. */
    public ChipVersion {
        if (hardwareId.length() != product.hardwareIdLength() || tcb.length() != TCB_LENGTH) {
            throw new IllegalArgumentException("hardware id has " + hardwareId.length() + " bytes and TCB version "
                    + tcb.length() + ", expected " + product.hardwareIdLength() + " and " + TCB_LENGTH);
        }
    }

    /** The chip and version that a report names; nothing when the host masks the chip, or it is not this product's. */
    public static Optional<ChipVersion> of(SnpReport report, AmdProduct product) {
        int length = product.hardwareIdLength();
        ByteString chip = report.chipId();
        if (chip.isZero() || !chip.slice(length, chip.length() - length).isZero()) {
            return Optional.empty();
        }
        return Optional.of(new ChipVersion(product, chip.slice(0, length), report.reportedTcb()));
    }

    /** Security version of a component by the last arc of its extension (57230): 1 boot loader, 2 TEE, 3 SNP, 8 microcode, 9 FMC. */
    int component(int extension) {
        for (int index = 0; index < TCB_LENGTH; index++) {
            if (product.tcbExtension(index) == extension) {
                return tcb.unsigned(index);
            }
        }
        throw new IllegalArgumentException(product + " has no component " + extension);
    }

    /**
     * The query by which AMD's key distribution service knows the version (57230): {@code blSPL}, {@code teeSPL},
     * {@code snpSPL}, {@code ucodeSPL}, and {@code fmcSPL} for Turin, in decimal with at least two digits.
     */
    public String query() {
        String common = "blSPL=%02d&teeSPL=%02d&snpSPL=%02d&ucodeSPL=%02d"
                .formatted(component(1), component(2), component(3), component(8));
        return product == AmdProduct.TURIN ? "fmcSPL=%02d&".formatted(component(9)) + common : common;
    }

    /** Product and a digest: no chip's id is readable in it. */
    @Override
    public String toString() {
        return product.text().toLowerCase(Locale.ROOT) + "-"
                + hardwareId.sha256().hex().substring(0, 16) + "-" + tcb.hex();
    }
}

package io.attested.sms.attestation.tcb;

import static io.attested.sms.attestation.RejectionReason.TDX_MODULE_MISMATCH;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.collateral.JsonFields;
import io.attested.sms.attestation.quote.TrustDomainReport;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a TDX module is.
 *
 * @param id "TDX_" and the module's version in two hexadecimal digits; empty for the one of version 0
 * @param mrSigner 48 bytes, as MRSIGNERSEAM has to be
 * @param attributes 8 bytes, as SEAMATTRIBUTES have to be under the mask
 * @param attributesMask 8 bytes
 * @param levels what its ISVSVN says; empty for version 0, which the platform's TDX components judge
 */
record TdxModule(
        String id, ByteString mrSigner, ByteString attributes, ByteString attributesMask, Optional<SvnLevels> levels) {
    private static final int MAX_MODULES = 256;
    private static final int SIGNER_LENGTH = 48;
    private static final int ATTRIBUTES_LENGTH = 8;

    static TdxModule readFirst(JsonFields module) throws EvidenceRejected {
        return read("", module, Optional.empty());
    }

    static List<TdxModule> readIdentities(JsonFields tcbInfo) throws EvidenceRejected {
        List<TdxModule> modules = new ArrayList<>();
        if (tcbInfo.has("tdxModuleIdentities")) {
            for (JsonFields module : tcbInfo.objects("tdxModuleIdentities", 0, MAX_MODULES)) {
                String id = module.text("id").toUpperCase(Locale.ROOT);
                modules.add(read(id, module, Optional.of(SvnLevels.read("TDX module " + id, module, 0xff))));
            }
        }
        return List.copyOf(modules);
    }

    private static TdxModule read(String id, JsonFields module, Optional<SvnLevels> levels) throws EvidenceRejected {
        return new TdxModule(
                id,
                module.hex("mrsigner", SIGNER_LENGTH),
                module.hex("attributes", ATTRIBUTES_LENGTH),
                module.hex("attributesMask", ATTRIBUTES_LENGTH),
                levels);
    }

    /** The id of the module of a version greater than 0. */
    static String idOf(int version) {
        return "TDX_" + HexFormat.of().withUpperCase().toHexDigits((byte) version);
    }

    /** Requires the module of {@code report} to be signed and configured as this one. */
    void requireFor(TrustDomainReport report) throws EvidenceRejected {
        require("MRSIGNERSEAM", mrSigner, report.mrSignerSeam());
        ByteString seen = report.seamAttributes();
        if (!seen.isZero()) {
            throw new EvidenceRejected(TDX_MODULE_MISMATCH, "TDX module's SEAMATTRIBUTES", "all zero", seen);
        }
        require("SEAMATTRIBUTES", masked(attributes), masked(seen));
    }

    private ByteString masked(ByteString bytes) {
        byte[] masked = bytes.toByteArray();
        for (int i = 0; i < masked.length; i++) {
            masked[i] &= (byte) attributesMask.unsigned(i);
        }
        return ByteString.copyOf(masked);
    }

    private static void require(String field, ByteString expected, ByteString seen) throws EvidenceRejected {
        if (!seen.equals(expected)) {
            throw new EvidenceRejected(TDX_MODULE_MISMATCH, "TDX module's " + field, expected, seen);
        }
    }
}

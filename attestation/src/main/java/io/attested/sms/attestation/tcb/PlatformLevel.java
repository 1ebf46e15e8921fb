package io.attested.sms.attestation.tcb;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.collateral.JsonFields;
import io.attested.sms.attestation.pki.PckExtension;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One TCB level of a platform.
 *
 * @param components the 16 SGX component SVNs it asks for
 * @param pceSvn the PCESVN it asks for
 * @param level what it says
 */
record PlatformLevel(ByteString components, int pceSvn, TcbLevel level) {
    private static final int COMPONENTS = 16;

    /** Highest first: the components in lexicographic order, then PCESVN. The listed order is no promise. */
    static final Comparator<PlatformLevel> HIGHEST_FIRST = Comparator.<PlatformLevel, byte[]>comparing(
                    level -> level.components.toByteArray(), Arrays::compareUnsigned)
            .thenComparing(PlatformLevel::pceSvn)
            .reversed();

    static PlatformLevel read(JsonFields level, int version) throws EvidenceRejected {
        JsonFields tcb = level.object("tcb");
        ByteString components = version == 2 ? namedComponents(tcb) : listedComponents(tcb);
        return new PlatformLevel(components, tcb.integer("pcesvn", 0, 0xffff), TcbLevel.read(level));
    }

    private static ByteString listedComponents(JsonFields tcb) throws EvidenceRejected {
        List<JsonFields> listed = tcb.objects("sgxtcbcomponents", COMPONENTS, COMPONENTS);
        byte[] components = new byte[COMPONENTS];
        for (int i = 0; i < COMPONENTS; i++) {
            components[i] = (byte) listed.get(i).integer("svn", 0, 0xff);
        }
        return ByteString.copyOf(components);
    }

    private static ByteString namedComponents(JsonFields tcb) throws EvidenceRejected {
        byte[] components = new byte[COMPONENTS];
        for (int i = 0; i < COMPONENTS; i++) {
            components[i] = (byte) tcb.integer(String.format(Locale.ROOT, "sgxtcbcomp%02dsvn", i + 1), 0, 0xff);
        }
        return ByteString.copyOf(components);
    }

    /** Whether the platform has at least every SVN of this level. */
    boolean matches(PckExtension platform) {
        for (int i = 0; i < COMPONENTS; i++) {
            if (platform.components().unsigned(i) < components.unsigned(i)) {
                return false;
            }
        }
        return platform.pceSvn() >= pceSvn;
    }
}

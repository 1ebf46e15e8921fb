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
 * @param tdxComponents the 16 TDX component SVNs it asks for; all zero in the levels of SGX
 * @param level what it says
 */
record PlatformLevel(ByteString components, int pceSvn, ByteString tdxComponents, TcbLevel level) {
    private static final int COMPONENTS = 16;
    private static final ByteString NONE = ByteString.copyOf(new byte[COMPONENTS]);

    /**
     * Highest first: the SGX components in lexicographic order, then PCESVN, then the TDX components. The listed order is
     * no promise.
     */
    static final Comparator<PlatformLevel> HIGHEST_FIRST = Comparator.<PlatformLevel, byte[]>comparing(
                    level -> level.components.toByteArray(), Arrays::compareUnsigned)
            .thenComparing(PlatformLevel::pceSvn)
            .thenComparing(level -> level.tdxComponents.toByteArray(), Arrays::compareUnsigned)
            .reversed();

    static PlatformLevel read(JsonFields level, int version, boolean tdx) throws EvidenceRejected {
        JsonFields tcb = level.object("tcb");
        ByteString components = version == 2 ? namedComponents(tcb) : listedComponents(tcb, "sgxtcbcomponents");
        ByteString tdxComponents = tdx ? listedComponents(tcb, "tdxtcbcomponents") : NONE;
        return new PlatformLevel(components, tcb.integer("pcesvn", 0, 0xffff), tdxComponents, TcbLevel.read(level));
    }

    private static ByteString listedComponents(JsonFields tcb, String member) throws EvidenceRejected {
        List<JsonFields> listed = tcb.objects(member, COMPONENTS, COMPONENTS);
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

    /** Whether the platform has at least every SGX component and the PCESVN of this level. */
    boolean matches(PckExtension platform) {
        return reaches(platform.components(), components, 0) && platform.pceSvn() >= pceSvn;
    }

    /** Whether {@code svns} has at least every TDX component of this level from component {@code first} on. */
    boolean matchesTdx(ByteString svns, int first) {
        return reaches(svns, tdxComponents, first);
    }

    private static boolean reaches(ByteString seen, ByteString asked, int first) {
        for (int i = first; i < COMPONENTS; i++) {
            if (seen.unsigned(i) < asked.unsigned(i)) {
                return false;
            }
        }
        return true;
    }
}

package io.attested.sms.attestation.simulated;

import io.attested.sms.attestation.ByteString;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How current a simulated platform is; each constant's platform matches exactly the TCB level of its name. */
public enum SimulatedTcb {
    UP_TO_DATE(8, 13, 5, 6, "UpToDate", ""),
    SW_HARDENING(6, 13, 5, 6, "SWHardeningNeeded", "\"INTEL-SA-00615\""),
    OUT_OF_DATE(4, 11, 3, 5, "OutOfDate", "\"INTEL-SA-00615\",\"INTEL-SA-00657\""),
    REVOKED(1, 5, 1, 1, "Revoked", "\"INTEL-SA-00233\"");

    private final int firstComponents;
    private final int pceSvn;
    private final int tdxModule;
    private final int seamLoader;
    private final String status;
    private final String advisories;

    SimulatedTcb(int firstComponents, int pceSvn, int tdxModule, int seamLoader, String status, String advisories) {
        this.firstComponents = firstComponents;
        this.pceSvn = pceSvn;
        this.tdxModule = tdxModule;
        this.seamLoader = seamLoader;
        this.status = status;
        this.advisories = advisories;
    }

    /** The 16 component SVNs of a platform at this level. */
    public ByteString components() {
        byte[] components = new byte[16];
        components[0] = (byte) firstComponents;
        components[1] = (byte) firstComponents;
        components[2] = 3;
        components[4] = (byte) 0xff;
        return ByteString.copyOf(components);
    }

    /** The PCESVN of a platform at this level. */
    public int pceSvn() {
        return pceSvn;
    }

    /**
     * The 16 TDX component SVNs the level asks for: the module's ISVSVN (counted for modules of version 0 only), its version,
     * the SEAM loader.
     */
    public ByteString tdxComponents() {
        return SimulatedTrustDomain.svn(tdxModule, 0, seamLoader);
    }

    /** The level as it stands in the TCB info of SGX. */
    public String level() {
        return level("");
    }

    /** The level as it stands in the TCB info of TDX. */
    public String tdxLevel() {
        return level(",\"tdxtcbcomponents\":[" + listed(tdxComponents()) + "]");
    }

    private String level(String tdx) {
        return "{\"tcb\":{\"sgxtcbcomponents\":[" + listed(components()) + "],\"pcesvn\":" + pceSvn + tdx
                + "},\"tcbDate\":\"2025-08-13T00:00:00Z\",\"tcbStatus\":\"" + status + "\",\"advisoryIDs\":["
                + advisories + "]}";
    }

    private static String listed(ByteString components) {
        return IntStream.range(0, 16)
                .mapToObj(i -> String.format(Locale.ROOT, "{\"svn\":%d}", components.unsigned(i)))
                .collect(Collectors.joining(","));
    }
}

package io.attested.sms.attestation.simulated;

import io.attested.sms.attestation.ByteString;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How current a simulated platform is; each constant's platform matches exactly the TCB level of its name. */
public enum SimulatedTcb {
    UP_TO_DATE(8, 13, "UpToDate", ""),
    SW_HARDENING(6, 13, "SWHardeningNeeded", "\"INTEL-SA-00615\""),
    OUT_OF_DATE(4, 11, "OutOfDate", "\"INTEL-SA-00615\",\"INTEL-SA-00657\""),
    REVOKED(1, 5, "Revoked", "\"INTEL-SA-00233\"");

    private final int firstComponents;
    private final int pceSvn;
    private final String status;
    private final String advisories;

    SimulatedTcb(int firstComponents, int pceSvn, String status, String advisories) {
        this.firstComponents = firstComponents;
        this.pceSvn = pceSvn;
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

    /** The level as it stands in the TCB info. */
    public String level() {
        ByteString components = components();
        String listed = IntStream.range(0, 16)
                .mapToObj(i -> String.format(Locale.ROOT, "{\"svn\":%d}", components.unsigned(i)))
                .collect(Collectors.joining(","));
        return "{\"tcb\":{\"sgxtcbcomponents\":[" + listed + "],\"pcesvn\":" + pceSvn
                + "},\"tcbDate\":\"2025-08-13T00:00:00Z\",\"tcbStatus\":\"" + status + "\",\"advisoryIDs\":["
                + advisories + "]}";
    }
}

package io.attested.sms.attestation.simulated;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.binding.LaunchEvent;
import io.attested.sms.attestation.binding.TdxLaunch;
import java.util.List;
import java.util.stream.Stream;

/**
 * A trust domain on a simulated platform: started from a base image, then extended by the events of its launch.
 *
 * <p>A release domain has SEPT_VE_DISABLE and nothing else set; XFAM is that of a usual guest; everything its host may set
 * (MRCONFIGID, MROWNER, MROWNERCONFIG) is zero. What is not a component here is changed in the {@link #draft}.
 *
 * @param intel whose platform it runs on
 * @param image what it was started with
 * @param events what extended RTMR3, in order
 * @param tdAttributes 8 bytes
 * @param xfam 8 bytes
 * @param teeTcbSvn the TDX module's SVNs at its start, 16 bytes
 * @param teeTcbSvn2 the SVNs of the module that runs now, 16 bytes; in quotes of TDX 1.5 only
 * @param tcb how current the platform is
 * @param form layout of its quotes
 */
public record SimulatedTrustDomain(
        SimulatedIntel intel,
        SimulatedBaseImage image,
        List<LaunchEvent> events,
        ByteString tdAttributes,
        ByteString xfam,
        ByteString teeTcbSvn,
        ByteString teeTcbSvn2,
        SimulatedTcb tcb,
        QuoteForm form) {
    /** SVNs of the newest module: SVN 3 of version 3, SEAM loader 6. */
    public static final ByteString CURRENT_MODULE = svn(3, 3, 6);

    /** TDATTRIBUTES of a release domain. */
    public static final ByteString SEPT_VE_DISABLE = ByteString.ofHex("0000001000000000");

    /** XFAM of a usual guest. */
    public static final ByteString USUAL_XFAM = ByteString.ofHex("e702060000000000");

    /** Takes an unmodifiable copy of the events. */
    public SimulatedTrustDomain {
        events = List.copyOf(events);
    }

    /** A release domain on a current platform that was started from this image and has measured nothing since. */
    public static SimulatedTrustDomain of(SimulatedIntel intel, SimulatedBaseImage image) {
        return new SimulatedTrustDomain(
                intel,
                image,
                List.of(),
                SEPT_VE_DISABLE,
                USUAL_XFAM,
                CURRENT_MODULE,
                CURRENT_MODULE,
                SimulatedTcb.UP_TO_DATE,
                QuoteForm.TDX_V4);
    }

    /** TEE_TCB_SVN of a module's ISVSVN, the module's version and a SEAM loader. */
    public static ByteString svn(int module, int version, int loader) {
        byte[] svn = new byte[16];
        svn[0] = (byte) module;
        svn[1] = (byte) version;
        svn[2] = (byte) loader;
        return ByteString.copyOf(svn);
    }

    /** The same domain after the three events of a launch; both have 32 bytes. */
    public SimulatedTrustDomain launched(byte[] checksum, byte[] serviceKey) {
        return withEvents(TdxLaunch.events(checksum, serviceKey));
    }

    /** The same domain after one event more. */
    public SimulatedTrustDomain extended(LaunchEvent event) {
        return withEvents(Stream.concat(events.stream(), Stream.of(event)).toList());
    }

    /** The same image after exactly these events. */
    public SimulatedTrustDomain withEvents(List<LaunchEvent> others) {
        return new SimulatedTrustDomain(intel, image, others, tdAttributes, xfam, teeTcbSvn, teeTcbSvn2, tcb, form);
    }

    /** The same events in a domain of another image. */
    public SimulatedTrustDomain withImage(SimulatedBaseImage other) {
        return new SimulatedTrustDomain(intel, other, events, tdAttributes, xfam, teeTcbSvn, teeTcbSvn2, tcb, form);
    }

    /** The same domain in debug mode. */
    public SimulatedTrustDomain withDebug() {
        byte[] attributes = tdAttributes.toByteArray();
        attributes[0] |= 1;
        return withAttributes(ByteString.copyOf(attributes));
    }

    /** The same domain with other TDATTRIBUTES, 8 bytes. */
    public SimulatedTrustDomain withAttributes(ByteString other) {
        return new SimulatedTrustDomain(intel, image, events, other, xfam, teeTcbSvn, teeTcbSvn2, tcb, form);
    }

    /** The same domain with other XFAM, 8 bytes. */
    public SimulatedTrustDomain withXfam(ByteString other) {
        return new SimulatedTrustDomain(intel, image, events, tdAttributes, other, teeTcbSvn, teeTcbSvn2, tcb, form);
    }

    /** The same domain started under one module and running under another, 16 bytes each; see {@link #svn}. */
    public SimulatedTrustDomain withModules(ByteString atStart, ByteString now) {
        return new SimulatedTrustDomain(intel, image, events, tdAttributes, xfam, atStart, now, tcb, form);
    }

    /** The same domain on a platform of this level. */
    public SimulatedTrustDomain withTcb(SimulatedTcb level) {
        return new SimulatedTrustDomain(intel, image, events, tdAttributes, xfam, teeTcbSvn, teeTcbSvn2, level, form);
    }

    /** The same domain with quotes of another layout. */
    public SimulatedTrustDomain withForm(QuoteForm other) {
        return new SimulatedTrustDomain(intel, image, events, tdAttributes, xfam, teeTcbSvn, teeTcbSvn2, tcb, other);
    }

    /** RTMR3 now, 48 bytes. */
    public ByteString rtmr3() {
        return TdxLaunch.replay(events);
    }

    /**
     * The raw report, 584 bytes, or 648 of TDX 1.5.
     *
     * @param reportData 64 bytes
     */
    public byte[] report(byte[] reportData) {
        if (reportData.length != 64) {
            throw new IllegalArgumentException("report data has " + reportData.length + " bytes, expected 64");
        }
        byte[] report = new byte[form.isTdx15() ? 648 : 584];
        put(report, 0, teeTcbSvn);
        put(report, 16, ByteString.copyOf(SimulatedKey.digest("SHA-384", new byte[] {'s', 'e', 'a', 'm'})));
        put(report, 120, tdAttributes);
        put(report, 128, xfam);
        put(report, 136, image.mrTd());
        for (int i = 0; i < 3; i++) {
            put(report, 328 + 48 * i, image.rtmrs().get(i));
        }
        put(report, 328 + 48 * 3, rtmr3());
        put(report, 520, ByteString.copyOf(reportData));
        if (form.isTdx15()) {
            put(report, 584, teeTcbSvn2);
        }
        return report;
    }

    private static void put(byte[] report, int offset, ByteString value) {
        System.arraycopy(value.toByteArray(), 0, report, offset, value.length());
    }

    /**
     * A quote with the PCK chain inside.
     *
     * @param reportData 64 bytes
     */
    public byte[] quote(byte[] reportData) {
        return draft(reportData).sign();
    }

    /** The quote, to be changed before it is signed. */
    public QuoteDraft draft(byte[] reportData) {
        SimulatedCertificate authority = intel.platformAuthority();
        SimulatedCertificate pck = authority.issue(intel.pckTerms(tcb, true));
        return new QuoteDraft(
                form,
                report(reportData),
                intel.key("attestation"),
                pck.key(),
                pck.pem() + authority.pem() + intel.rootPem());
    }
}

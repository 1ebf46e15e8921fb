package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.amd.AmdChecks;
import io.attested.sms.attestation.amd.AmdIssuers;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.ChipVersion;
import io.attested.sms.attestation.amd.SigningKey;
import io.attested.sms.attestation.pki.Validity;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** AMD's checked certificates at hand, in memory and, with a folder, on disk. Bounded. */
final class AmdShelf {
    private static final int MOST = 512;

    /** Whose issuers. */
    record Line(AmdProduct product, SigningKey kind) {
        String file() {
            return (product.text() + "-" + kind).toLowerCase(Locale.ROOT) + "-issuers";
        }
    }

    /** Issuers and the dates of their list. */
    record Held(AmdIssuers issuers, Validity list) {}

    private final Optional<CollateralFolder> folder;
    private final AmdChecks checks;
    private final AmdEvents events;
    private final Map<Line, Held> issuers = new LinkedHashMap<>();
    private final Map<ChipVersion, ByteString> chips = new LinkedHashMap<>();

    AmdShelf(Optional<CollateralFolder> folder, AmdChecks checks, AmdEvents events) {
        this.folder = folder;
        this.checks = checks;
        this.events = events;
    }

    synchronized Optional<Held> issuers(Line line) {
        return Optional.ofNullable(issuers.get(line));
    }

    synchronized Optional<ByteString> chip(ChipVersion chip) {
        return Optional.ofNullable(chips.get(chip));
    }

    /** Takes issuers that pass the checks now and whose list is not older than the one held. */
    synchronized void put(Line line, AmdIssuers received, JudgedAt at) throws EvidenceRejected {
        Validity list = checks.requireIssuers(line.product(), line.kind(), received, at);
        Held present = issuers.get(line);
        if (present == null || list.from().isAfter(present.list().from())) {
            issuers.put(line, new Held(received, list));
            keep(line.file(), AmdFiles.ofIssuers(received));
        }
    }

    /** Takes a chip's certificate that passes the checks now, with the issuers held; the first one held makes room. */
    synchronized void put(ChipVersion chip, ByteString vcek, AmdIssuers with, JudgedAt at) throws EvidenceRejected {
        checks.requireVcek(chip, vcek, with, at);
        if (chips.size() >= MOST && !chips.containsKey(chip)) {
            chips.remove(chips.keySet().iterator().next());
        }
        chips.put(chip, vcek);
        keep(chip.toString(), AmdFiles.ofVcek(chip, vcek));
    }

    /** Drops a certificate that newer issuers no longer stand for. */
    synchronized void drop(ChipVersion chip) {
        chips.remove(chip);
    }

    private void keep(String name, byte[] content) {
        try {
            if (folder.isPresent()) {
                folder.get().write(name, content);
            }
        } catch (IOException e) {
            events.notKept(name, String.valueOf(e.getMessage()));
        }
    }

    /** Takes what lies in the folder and still passes the checks: issuers first, for certificates are checked with them. */
    synchronized void load(JudgedAt at) throws IOException {
        if (folder.isEmpty()) {
            return;
        }
        Map<String, byte[]> contents = folder.get().contents(events::ignored);
        for (AmdProduct product : AmdProduct.values()) {
            for (SigningKey kind : SigningKey.values()) {
                Line line = new Line(product, kind);
                Optional.ofNullable(contents.remove(line.file())).ifPresent(content -> loadIssuers(line, content, at));
            }
        }
        contents.forEach((name, content) -> loadVcek(name, content, at));
    }

    private void loadIssuers(Line line, byte[] content, JudgedAt at) {
        try {
            AmdIssuers read = AmdFiles.issuers(content);
            issuers.put(line, new Held(read, checks.requireIssuers(line.product(), line.kind(), read, at)));
        } catch (IOException malformed) {
            events.ignored(line.file(), String.valueOf(malformed.getMessage()));
        } catch (EvidenceRejected rejected) {
            events.ignored(line.file(), rejected.verdict().detail());
        }
    }

    private void loadVcek(String name, byte[] content, JudgedAt at) {
        try {
            AmdFiles.Vcek read = AmdFiles.vcek(content);
            Held with = issuers.get(new Line(read.chip().product(), SigningKey.VCEK));
            if (with == null || !name.equals(read.chip().toString()) || chips.size() >= MOST) {
                events.ignored(name, "holds another chip's certificate, or its product's issuers are not at hand");
                return;
            }
            checks.requireVcek(read.chip(), read.certificate(), with.issuers(), at);
            chips.put(read.chip(), read.certificate());
        } catch (IOException malformed) {
            events.ignored(name, String.valueOf(malformed.getMessage()));
        } catch (EvidenceRejected rejected) {
            events.ignored(name, rejected.verdict().detail());
        }
    }
}

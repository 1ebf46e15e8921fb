package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.JudgedAt;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The checked collateral at hand, in memory and, with a folder, on disk. Bounded; the newest of a platform only. */
final class CollateralShelf {
    private static final int MOST = 512;

    private final ConcurrentMap<CollateralKey, CheckedCollateral> held = new ConcurrentHashMap<>();
    private final Optional<CollateralFolder> folder;
    private final CollateralEvents events;

    CollateralShelf(Optional<CollateralFolder> folder, CollateralEvents events) {
        this.folder = folder;
        this.events = events;
    }

    /** Takes what lies in the folder and still passes the checks. */
    void load(CollateralChecks checks, JudgedAt at) throws IOException {
        if (folder.isPresent()) {
            folder.get().read(checks, at, events).forEach(checked -> held.put(checked.key(), checked));
        }
    }

    Optional<CheckedCollateral> find(CollateralKey key) {
        return Optional.ofNullable(held.get(key));
    }

    List<CheckedCollateral> all() {
        return List.copyOf(held.values());
    }

    /** Takes collateral unless what is held is newer in any part. Returns whether it was taken. */
    synchronized boolean put(CheckedCollateral checked) {
        CheckedCollateral present = held.get(checked.key());
        if (present != null && (!checked.isNotOlderThan(present) || checked.equals(present))) {
            return false;
        }
        if (present == null && held.size() >= MOST) {
            held.values().stream()
                    .min(Comparator.comparing(CheckedCollateral::nextUpdate))
                    .ifPresent(oldest -> held.remove(oldest.key()));
        }
        held.put(checked.key(), checked);
        keep(checked);
        return true;
    }

    private void keep(CheckedCollateral checked) {
        try {
            if (folder.isPresent()) {
                folder.get().write(checked);
            }
        } catch (IOException e) {
            events.notKept(checked.key(), String.valueOf(e.getMessage()));
        }
    }

    Optional<ByteString> rootCrl(Instant at) {
        return held.values().stream()
                .filter(checked -> !at.isBefore(checked.rootCrl().from())
                        && !at.isAfter(checked.rootCrl().until()))
                .max(Comparator.comparing(checked -> checked.rootCrl().from()))
                .map(checked -> checked.collateral().rootCaCrl());
    }
}

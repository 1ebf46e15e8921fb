package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The checked collateral at hand, in memory and, with a folder, on disk. Bounded; the newest of a platform only.
 *
 * <p>Everything on it carries the newest revocation lists at hand, and its signers stand under the newest root list.
 */
final class CollateralShelf {
    private static final int MOST = 512;

    private final ConcurrentMap<CollateralKey, CheckedCollateral> held = new ConcurrentHashMap<>();
    private final NewestLists lists = new NewestLists();
    private final CollateralChecks checks;
    private final Optional<CollateralFolder> folder;
    private final CollateralEvents events;

    CollateralShelf(CollateralChecks checks, Optional<CollateralFolder> folder, CollateralEvents events) {
        this.checks = checks;
        this.folder = folder;
        this.events = events;
    }

    /** What became of collateral that was offered. */
    sealed interface Placement {
        /** It is newer than what was at hand. */
        record Taken() implements Placement {}

        /** What is at hand is as new or newer; a newer list in it was taken all the same. */
        record NothingNewer() implements Placement {}

        /** It does not hold under the newest lists at hand. */
        record Refused(Verdict.Rejected rejection) implements Placement {}
    }

    /** Takes what lies in the folder and still passes the checks, under the newest of all lists in there. */
    synchronized void load(JudgedAt at) throws IOException {
        if (folder.isEmpty()) {
            return;
        }
        List<CheckedCollateral> read = folder.get().read(checks, at, events);
        folder.get().readRootList(checks, at, events).ifPresent(lists::take);
        read.forEach(checked -> lists.take(checked.rootList()));
        for (AuthorityList list : folder.get().readAuthorityLists(checks, lists.root(), at, events)) {
            lists.take(list);
        }
        read.forEach(checked -> takeAuthorityList(checked, at));
        for (CheckedCollateral checked : read) {
            if (place(checked, at) instanceof Placement.Refused(Verdict.Rejected rejection)) {
                events.ignored(checked.key() + CollateralFolder.SUFFIX, rejection.detail());
            }
        }
    }

    Optional<CheckedCollateral> find(CollateralKey key) {
        return Optional.ofNullable(held.get(key));
    }

    List<CheckedCollateral> all() {
        return List.copyOf(held.values());
    }

    /**
     * Takes the lists in {@code offered} if they are newer than those at hand, for every platform, and then the rest of it
     * unless what is at hand for its platform is newer. What has run out at {@code at} is in nobody's way.
     */
    synchronized Placement put(CheckedCollateral offered, JudgedAt at) {
        takeLists(offered, at);
        Placement placement = place(offered, at);
        if (placement instanceof Placement.Taken) {
            find(offered.key()).ifPresent(this::keep);
        }
        return placement;
    }

    private void takeLists(CheckedCollateral offered, JudgedAt at) {
        if (lists.take(offered.rootList())) {
            keep(offered.key(), folder -> folder.write(offered.rootList()));
            all().forEach(checked -> underNewest(checked, at));
        }
        if (takeAuthorityList(offered, at)) {
            keep(offered.key(), folder -> folder.write(offered.authorityList()));
            held.replaceAll((key, checked) ->
                    lists.of(key.authority()).map(checked::with).orElse(checked));
        }
    }

    /** A newer root list may revoke who signed what is at hand. */
    private void underNewest(CheckedCollateral checked, JudgedAt at) {
        switch (checks.check(newest(checked).collateral(), at)) {
            case CollateralVerdict.Good(CheckedCollateral still) -> held.put(still.key(), still);
            case CollateralVerdict.Wrong ignored -> held.remove(checked.key());
        }
    }

    private boolean takeAuthorityList(CheckedCollateral offered, JudgedAt at) {
        AuthorityList list = offered.authorityList();
        if (!lists.lacks(list)
                || lists.root().isEmpty()
                || checks.authorityList(
                                list.issuerChain(), list.der(), lists.root().get(), at)
                        .isEmpty()) {
            return false;
        }
        lists.take(list);
        return true;
    }

    private CheckedCollateral newest(CheckedCollateral checked) {
        CheckedCollateral underRoot = lists.root().map(checked::with).orElse(checked);
        return lists.of(checked.key().authority()).map(underRoot::with).orElse(underRoot);
    }

    private Placement place(CheckedCollateral offered, JudgedAt at) {
        return switch (checks.check(newest(offered).collateral(), at)) {
            case CollateralVerdict.Wrong(Verdict.Rejected rejection) -> new Placement.Refused(rejection);
            case CollateralVerdict.Good(CheckedCollateral checked) -> placeChecked(checked, at);
        };
    }

    private Placement placeChecked(CheckedCollateral checked, JudgedAt at) {
        CheckedCollateral present = held.get(checked.key());
        if (present != null
                && (checked.equals(present)
                        || (at.allowsCollateralUntil(present.levelsRunOut()) && checked.hasOlderLevelsThan(present)))) {
            return new Placement.NothingNewer();
        }
        if (present == null && held.size() >= MOST) {
            held.values().stream()
                    .min(Comparator.comparing(CheckedCollateral::nextUpdate))
                    .ifPresent(oldest -> held.remove(oldest.key()));
        }
        held.put(checked.key(), checked);
        return new Placement.Taken();
    }

    /** Something to be written. */
    @FunctionalInterface
    private interface Writing {
        void into(CollateralFolder folder) throws IOException;
    }

    private void keep(CheckedCollateral checked) {
        keep(checked.key(), folder -> folder.write(checked));
    }

    private void keep(CollateralKey key, Writing writing) {
        try {
            if (folder.isPresent()) {
                writing.into(folder.get());
            }
        } catch (IOException e) {
            events.notKept(key, String.valueOf(e.getMessage()));
        }
    }

    Optional<ByteString> rootCrl(Instant at) {
        return lists.root()
                .filter(list -> !at.isBefore(list.validity().from())
                        && !at.isAfter(list.validity().until()))
                .map(RootList::der);
    }
}

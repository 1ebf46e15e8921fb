package io.attested.sms.task.ipfs;

import io.attested.sms.attestation.ByteString;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Files read lately. What a CID names never changes, so nothing here is ever out of date; the oldest leave first. */
final class VerifiedFiles {
    private static final int MOST_FILES = 1_000;

    private final long mostBytes;
    private final Map<Cid, ByteString> files = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param mostBytes of all files together */
    VerifiedFiles(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized Optional<ByteString> file(Cid cid) {
        return Optional.ofNullable(files.get(cid));
    }

    synchronized void add(Cid cid, ByteString file) {
        if (file.length() > mostBytes || files.put(cid, file) != null) {
            return;
        }
        bytes += file.length();
        Iterator<ByteString> oldest = files.values().iterator();
        while (bytes > mostBytes || files.size() > MOST_FILES) {
            bytes -= oldest.next().length();
            oldest.remove();
        }
    }
}

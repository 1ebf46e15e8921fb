package io.attested.sms.session;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How often the sessions of a task were published lately, and the last one that the store took.
 *
 * <p>The signatures of an authorisation never end, and each publication is an entry of the log for ever. So a task has a
 * budget of them; beyond it the session that is in the store already is named again, as long as it holds what a new one
 * would hold. That releases nothing, so it is no entry either.
 *
 * <p>At most {@value #TASKS} tasks are remembered, and of each the sessions of {@value #WORKERS} workers; the longest
 * unheard is forgotten first. What a session holds is remembered as a MAC under a key of this process, in memory only.
 */
final class PublishedSessions {
    private static final int TASKS = 10_000;
    private static final int WORKERS = 16;
    private static final int KEY_LENGTH = 32;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final String HMAC = "HmacSHA256";

    private final int perTask;
    private final SecretKeySpec key;
    private final Map<Bytes32, OfTask> tasks = eldestForgotten(TASKS);

    /** @param perTask publications of one task in an hour; positive */
    PublishedSessions(int perTask, SecureRandom random) {
        byte[] raw = new byte[KEY_LENGTH];
        random.nextBytes(raw);
        this.perTask = perTask;
        this.key = new SecretKeySpec(raw, HMAC);
    }

    private static final class OfTask {
        private Instant end = Instant.MIN;
        private int begun;
        private final Map<Address, Accepted> accepted = eldestForgotten(WORKERS);
    }

    private record Accepted(Bytes32 content, SessionPublisher.Session session) {}

    /** Whether one more publication of the task may begin now; if so it is counted. */
    synchronized boolean begin(Bytes32 task, Instant now) {
        OfTask known = tasks.computeIfAbsent(task, unheard -> new OfTask());
        if (!now.isBefore(known.end)) {
            known.end = now.plus(WINDOW);
            known.begun = 0;
        }
        if (known.begun >= perTask) {
            return false;
        }
        known.begun++;
        return true;
    }

    /** The store took a session. */
    synchronized void accepted(Bytes32 task, Address worker, StagedSession staged, SessionPublisher.Session session) {
        tasks.computeIfAbsent(task, unheard -> new OfTask()).accepted.put(worker, new Accepted(mac(staged), session));
    }

    /** The last session of task and worker that the store took, if {@code wanted} would hold nothing else. */
    synchronized Optional<SessionPublisher.Session> again(Bytes32 task, Address worker, StagedSession wanted) {
        return Optional.ofNullable(tasks.get(task))
                .flatMap(known -> Optional.ofNullable(known.accepted.get(worker)))
                .filter(last -> last.content().equals(mac(wanted)))
                .map(Accepted::session);
    }

    /** Of everything but the session's name; each text after its length. */
    private Bytes32 mac(StagedSession staged) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            for (StagedSession.Stage stage : staged.stages()) {
                add(mac, stage.name().word());
                add(mac, stage.image());
                add(mac, stage.fingerprint());
                add(mac, stage.fileSystem().map(StagedSession.FileSystem::key).orElse(""));
                add(mac, stage.fileSystem().map(StagedSession.FileSystem::tag).orElse(""));
                add(mac, stage.command());
                add(mac, Integer.toString(stage.environment().size()));
                stage.environment().forEach((name, value) -> {
                    add(mac, name);
                    add(mac, value);
                });
            }
            return Bytes32.of(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static void add(Mac mac, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        mac.update(bytes);
    }

    private static <K, V> Map<K, V> eldestForgotten(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}

package io.attested.sms.session;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The last session that the store took of each worker of a task.
 *
 * <p>When a budget of publications is used up, that session is named again, as long as it holds what a new one would hold.
 * That releases nothing, so it is no entry of the log either.
 *
 * <p>At most {@value #REMEMBERED} are remembered; the longest unheard is forgotten first. What a session holds is remembered
 * as a MAC under a key of this process, in memory only.
 */
final class PublishedSessions {
    private static final int REMEMBERED = 10_000;
    private static final int KEY_LENGTH = 32;
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;
    private final Map<Receiver, Accepted> accepted = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Receiver, Accepted> eldest) {
            return size() > REMEMBERED;
        }
    };

    PublishedSessions(SecureRandom random) {
        byte[] raw = new byte[KEY_LENGTH];
        random.nextBytes(raw);
        this.key = new SecretKeySpec(raw, HMAC);
    }

    private record Receiver(Bytes32 task, Address worker) {}

    private record Accepted(Bytes32 content, SessionPublisher.Session session) {}

    /** The store took a session. */
    void accepted(Bytes32 task, Address worker, StagedSession staged, SessionPublisher.Session session) {
        Accepted last = new Accepted(mac(staged), session);
        synchronized (accepted) {
            accepted.put(new Receiver(task, worker), last);
        }
    }

    /** The last session of task and worker that the store took, if {@code wanted} would hold nothing else. */
    Optional<SessionPublisher.Session> again(Bytes32 task, Address worker, StagedSession wanted) {
        Bytes32 content = mac(wanted);
        synchronized (accepted) {
            return Optional.ofNullable(accepted.get(new Receiver(task, worker)))
                    .filter(last -> last.content().equals(content))
                    .map(Accepted::session);
        }
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
}

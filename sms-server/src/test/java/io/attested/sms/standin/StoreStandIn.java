package io.attested.sms.standin;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * A third party's store of sessions, played on a real socket.
 *
 * <p>A request of another form than the contract's is answered 400 and named in {@link #violations}; of the right form, it
 * is answered with success and kept, until {@link #behave} says otherwise.
 */
public sealed interface StoreStandIn extends AutoCloseable permits CasStandIn, SpsStandIn, TdxStoreStandIn {
    /** What it is made of. */
    StandInStore store();

    /** The socket, for counts of connections and the requests as they came. */
    default StandInServer server() {
        return store().server();
    }

    /** Where it listens, without a path. */
    default URI url() {
        return server().url();
    }

    /** The certificate it shows. */
    default X509Certificate certificate() {
        return store().identity().certificate();
    }

    /** Key and certificate, to write them into files. */
    default TlsIdentity identity() {
        return store().identity();
    }

    /** What it does with requests of the right form from now on. */
    default void behave(Reply reply) {
        store().behave(reply);
    }

    /** The latest sessions that it kept, 512 at most, in the order they came. */
    default List<Kept> sessions() {
        return store().sessions();
    }

    /** The kept session of this name; fails when there is none. */
    default Kept session(String id) {
        return sessions().stream()
                .filter(kept -> kept.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no session " + id + "; violations: " + violations()));
    }

    /** What was wrong with requests it refused, one sentence each. */
    default List<String> violations() {
        return store().violations();
    }

    @Override
    default void close() {
        server().close();
    }

    /**
     * A session it kept.
     *
     * @param id the session's name
     * @param text the document as it was sent
     * @param environments each stage's environment, by the stage's name, in the document's order
     */
    record Kept(String id, String text, Map<String, Map<String, String>> environments) {
        /** What one stage receives; fails when the session has no such stage. */
        public Map<String, String> environment(String stage) {
            Map<String, String> found = environments.get(stage);
            if (found == null) {
                throw new IllegalStateException("no stage " + stage + " in " + environments.keySet());
            }
            return found;
        }
    }
}

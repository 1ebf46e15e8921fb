package io.attested.sms.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the three stores have in common: a form, a behaviour, what was kept and what was wrong. */
final class StandInStore {
    private static final int KEPT = 512;

    private final TlsIdentity identity;
    private final Form form;
    private final StandInServer server;
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<StoreStandIn.Kept> sessions = new ArrayList<>();
    private volatile Reply behaviour;

    StandInStore(int port, TlsIdentity identity, StandInServer.ClientCertificate asked, Form form, Reply success) {
        this.identity = identity;
        this.form = form;
        this.behaviour = success;
        this.server = StandInServer.tls(port, identity, asked, this::reply);
    }

    /** Reads a request of the right form. */
    @FunctionalInterface
    interface Form {
        StoreStandIn.Kept read(Received request) throws Violation;
    }

    private Reply reply(Received request) {
        try {
            StoreStandIn.Kept kept = form.read(request);
            Reply reply = behaviour;
            if (succeeds(reply)) {
                keep(kept);
            }
            return reply;
        } catch (Violation violation) {
            String sentence = String.valueOf(violation.getMessage());
            violations.add(sentence);
            return Reply.text(400, "text/plain", sentence);
        }
    }

    private static boolean succeeds(Reply reply) {
        return switch (reply) {
            case Reply.Answer answer -> answer.status() / 100 == 2;
            case Reply.Late(var ignored, var then) -> succeeds(then);
            case Reply.Closed ignored -> false;
            case Reply.Half ignored -> false;
            case Reply.Flood ignored -> false;
            case Reply.Drip ignored -> false;
            case Reply.Raw ignored -> false;
        };
    }

    private void keep(StoreStandIn.Kept kept) {
        synchronized (sessions) {
            if (sessions.size() == KEPT) {
                sessions.removeFirst();
            }
            sessions.add(kept);
        }
    }

    void behave(Reply reply) {
        behaviour = reply;
    }

    TlsIdentity identity() {
        return identity;
    }

    StandInServer server() {
        return server;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    List<StoreStandIn.Kept> sessions() {
        synchronized (sessions) {
            return List.copyOf(sessions);
        }
    }
}

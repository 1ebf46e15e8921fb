package io.attested.sms.operate.admin;

/**
 * Whether the service takes requests.
 *
 * <p>A restore that replaces the store leaves other keys in the database than those in memory; from then on nothing is
 * served until the next start, whatever the settings say.
 */
public final class OutOfService {
    private enum State {
        ONLINE,
        OFFLINE,
        RESTART_NEEDED
    }

    private final boolean enabled;
    private State state;

    /**
     * A switch.
     *
     * @param enabled whether {@link #goOffline} keeps requests out
     * @param initiallyOffline where it stands at first
     */
    public OutOfService(boolean enabled, boolean initiallyOffline) {
        this.enabled = enabled;
        this.state = initiallyOffline ? State.OFFLINE : State.ONLINE;
    }

    /** Whether requests are to be refused now. */
    public synchronized boolean refuses() {
        return switch (state) {
            case ONLINE -> false;
            case OFFLINE -> enabled;
            case RESTART_NEEDED -> true;
        };
    }

    /** From now on requests are refused, where that is enabled. */
    synchronized void goOffline() {
        state = state == State.ONLINE ? State.OFFLINE : state;
    }

    /** Requests are taken again, unless only a start can bring that. */
    synchronized void goOnline() {
        state = state == State.OFFLINE ? State.ONLINE : state;
    }

    /** Whether the database holds other keys than the memory. */
    synchronized boolean awaitsRestart() {
        return state == State.RESTART_NEEDED;
    }

    /** Nothing is served until the next start. */
    synchronized void awaitRestart() {
        state = State.RESTART_NEEDED;
    }
}

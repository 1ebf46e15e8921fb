package io.attested.sms.iexec;

import io.attested.sms.chain.Address;
import java.util.HashMap;
import java.util.Map;

/**
 * Places for requests that wait for their task to settle: so many altogether, and no more than a share of them for one
 * workerpool's owner, so that nobody takes the places of all others. Safe for many threads.
 */
final class WaitingRoom {
    private final int places;
    private final int share;
    private final Map<Address, Integer> taken = new HashMap<>();
    private int all;

    /**
     * @param places altogether
     * @param share most of one owner
     */
    WaitingRoom(int places, int share) {
        this.places = places;
        this.share = share;
    }

    /** Takes a place, if there is one for this owner; who got it {@link #leave leaves} it again. */
    synchronized boolean enter(Address poolOwner) {
        int own = taken.getOrDefault(poolOwner, 0);
        if (all == places || own == share) {
            return false;
        }
        taken.put(poolOwner, own + 1);
        all++;
        return true;
    }

    /** Gives a place back. */
    synchronized void leave(Address poolOwner) {
        taken.computeIfPresent(poolOwner, (ignored, own) -> own == 1 ? null : own - 1);
        all--;
    }
}

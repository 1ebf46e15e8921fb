package io.attested.sms.operate.store;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.KeyScope;

/**
 * What a store belongs to, written with its first transaction and compared at every start.
 *
 * @param chainId EIP-155 chain id
 * @param hub address of the PoCo hub
 * @param trustRootDigest SHA-256 over the trust root that evidence must chain to
 */
public record StoreStamp(Realm realm, long chainId, Address hub, Bytes32 trustRootDigest) {
    /** The part that is in the associated data of every record. */
    public KeyScope keyScope() {
        return new KeyScope(realm.word(), chainId, hub);
    }

    /**
     * Compares the stamp found in a store with this one, which the configuration asks for.
     *
     * @throws StoreRefused when they differ in anything
     */
    public void requireSame(StoreStamp found) {
        require(StoreRefused.Reason.OTHER_REALM, "realm", realm.word(), found.realm.word());
        require(StoreRefused.Reason.OTHER_CHAIN, "chain id", Long.toString(chainId), Long.toString(found.chainId));
        require(StoreRefused.Reason.OTHER_HUB, "hub", hub.toString(), found.hub.toString());
        require(
                StoreRefused.Reason.OTHER_TRUST_ROOT,
                "trust root",
                trustRootDigest.toString(),
                found.trustRootDigest.toString());
    }

    private static void require(StoreRefused.Reason reason, String what, String configured, String stamped) {
        if (!configured.equals(stamped)) {
            throw new StoreRefused(
                    reason,
                    "this store was created for " + what + " " + stamped + ", the configuration says " + configured
                            + "; start with the configuration the store was created with, or name the folder of"
                            + " another store");
        }
    }
}

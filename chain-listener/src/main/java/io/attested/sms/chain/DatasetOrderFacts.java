package io.attested.sms.chain;

import java.util.Optional;

/**
 * What the chain says of one dataset order for one deal: rights at the settled block, vetoes at the head.
 *
 * @param dataset as registered at the settled block; empty when the hub's registry of datasets does not know it there, it
 *     has no owner, or its multiaddress is longer than about 1,000 bytes
 * @param acceptedAtSettled whether the hub accepts the order for the deal at the settled block: open, signed by the
 *     dataset's owner, its restrictions met, the deal without a dataset of its own
 * @param acceptedAtHead the same at the head: an order closed or used up since is refused
 * @param ownerAtHead who owns the dataset at the head; empty where it is not registered
 */
public record DatasetOrderFacts(
        Optional<Dataset> dataset, boolean acceptedAtSettled, boolean acceptedAtHead, Optional<Address> ownerAtHead) {}

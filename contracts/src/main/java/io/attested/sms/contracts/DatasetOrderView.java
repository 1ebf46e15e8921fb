package io.attested.sms.contracts;

/**
 * What the lens of dataset orders answers for one order.
 *
 * @param registered whether the hub's registry of datasets knows the dataset; nothing else is asked of one it does not
 * @param owner {@code owner()} of the dataset
 * @param multiaddr any bytes, about 1,000 at most
 * @param checksum 32 bytes
 * @param accepted answered when {@code assertDatasetDealCompatibility} returned, refused when it reverted
 */
public record DatasetOrderView(
        Part<Boolean> registered,
        Part<String> owner,
        Part<byte[]> multiaddr,
        Part<byte[]> checksum,
        Part<Boolean> accepted) {}

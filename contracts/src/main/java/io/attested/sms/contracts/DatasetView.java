package io.attested.sms.contracts;

/**
 * {@code viewDataset}.
 *
 * @param owner address
 * @param multiaddr any bytes
 * @param checksum 32 bytes
 */
public record DatasetView(String owner, byte[] multiaddr, byte[] checksum) {}

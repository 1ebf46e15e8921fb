package io.attested.sms.contracts;

/**
 * {@code viewApp}.
 *
 * @param owner address
 * @param type as registered
 * @param multiaddr any bytes
 * @param checksum 32 bytes
 * @param mrenclave any bytes
 */
public record AppView(String owner, String type, byte[] multiaddr, byte[] checksum, byte[] mrenclave) {}

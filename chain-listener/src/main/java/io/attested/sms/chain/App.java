package io.attested.sms.chain;

/**
 * An application as registered, at the settled block.
 *
 * @param address its contract
 * @param owner its owner at the settled block
 * @param type as registered, usually {@code DOCKER}
 * @param multiaddr where the image is: a binary multiaddress as text ({@code /ipfs/…}), otherwise the bytes as UTF-8
 * @param checksum SHA-256 of the image as registered, may be zero
 * @param mrenclave the enclave's fingerprint or configuration as written by the owner; empty for TDX
 */
public record App(
        Address address, Address owner, String type, String multiaddr, Bytes32 checksum, RegisteredBytes mrenclave) {}

package io.attested.sms.chain;

/**
 * A dataset as registered, at the settled block.
 *
 * @param address its contract
 * @param owner its owner at the settled block
 * @param multiaddr where the encrypted file is: a binary multiaddress as text ({@code /ipfs/…}), otherwise the bytes as
 *     UTF-8
 * @param checksum SHA-256 of the encrypted file as registered
 */
public record Dataset(Address address, Address owner, String multiaddr, Bytes32 checksum) {
    /** Whether it says where its file is; one that does not is never fetched. */
    public boolean hasPlace() {
        return !multiaddr.isBlank();
    }
}

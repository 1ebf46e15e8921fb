package io.attested.sms.chain;

/**
 * An asset as a deal recorded it.
 *
 * @param address the asset's contract
 * @param ownerAtMatch its owner when the orders were matched; may have changed since
 */
public record Asset(Address address, Address ownerAtMatch) {}

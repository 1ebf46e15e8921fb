package io.attested.sms.contracts;

/**
 * Part of a deal: an asset and its owner when the orders were matched.
 *
 * @param pointer address, {@code 0x} and 40 lower-case digits
 * @param owner address, {@code 0x} and 40 lower-case digits
 */
public record AssetView(String pointer, String owner) {}

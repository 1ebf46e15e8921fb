package io.attested.sms.attestation.collateral;

/** What reading collateral came to. Nothing is verified yet. */
public sealed interface CollateralParsing {
    /** The object has every member in its form. */
    record Parsed(Collateral collateral) implements CollateralParsing {}

    /**
     * The bytes are no collateral object.
     *
     * @param detail the member, what was expected, what was seen
     */
    record Malformed(String detail) implements CollateralParsing {}
}

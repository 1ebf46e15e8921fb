package io.attested.sms.contracts;

import java.math.BigInteger;

/**
 * What the owner lens answers.
 *
 * @param frame which block this is
 * @param codeSize bytes of code at the asset's address
 * @param owner {@code owner()}
 * @param registered which registries know it
 */
public record OwnerLensView(LensFrame frame, BigInteger codeSize, Part<String> owner, RegisteredView registered) {}

package io.attested.sms.contracts;

import java.math.BigInteger;

/**
 * What the wallet lens answers.
 *
 * @param frame which block this is
 * @param codeSize bytes of code at the wallet's address; without code nothing is asked
 * @param answer first word of {@code isValidSignature}, 32 bytes
 */
public record WalletLensView(LensFrame frame, BigInteger codeSize, Part<byte[]> answer) {}

package io.attested.sms.release;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.collateral.CollateralParsing;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request to redeem a challenge.
 *
 * @param challenge the text handed out
 * @param quote as the enclave made it
 * @param runtimeData exactly the bytes that were hashed into REPORTDATA
 * @param collateral reads what the quote is verified with, if any came; not read before somebody needs it
 */
public record RedeemRequest(
        String challenge, ByteString quote, ByteString runtimeData, Optional<Supplier<CollateralParsing>> collateral) {}

package io.attested.sms.release;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.collateral.CollateralParsing;
import java.util.Optional;

/**
 * A request to redeem a challenge.
 *
 * @param challenge the text handed out
 * @param quote as the enclave made it
 * @param runtimeData exactly the bytes that were hashed into REPORTDATA
 * @param collateral what the quote is verified with, if any came
 */
public record RedeemRequest(
        String challenge, ByteString quote, ByteString runtimeData, Optional<CollateralParsing> collateral) {}

/**
 * A simulated Intel, simulated enclaves and simulated trust domains, for tests and the demonstration only.
 *
 * <p>Owns PKIs with Intel's and AMD's names under throw-away roots, the collateral they sign, and quotes and reports
 * for any measurement. The
 * same verifier judges them as judges hardware; what makes them worthless is that nobody else trusts their root. No
 * hardware is involved, and nothing here is on a production class path. Depends on no test framework.
 */
@NullMarked
package io.attested.sms.attestation.simulated;

import org.jspecify.annotations.NullMarked;

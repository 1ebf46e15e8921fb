/**
 * The hashes that tie evidence to its purpose and a launch to its application.
 *
 * <p>SGX launches are bound by CONFIGID, TDX launches by the events in RTMR3. Both sides of the native protocol compute them here, so that they cannot drift apart.
 */
@NullMarked
package io.attested.sms.attestation.binding;

import org.jspecify.annotations.NullMarked;

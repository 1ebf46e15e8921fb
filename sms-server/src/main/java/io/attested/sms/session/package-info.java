/**
 * What one enclave may receive.
 *
 * <p>Owns the tables of values per stage and the port to where a session is published. Opens exactly the secrets a grant
 * names, never one more. May call {@code grant}, {@code secret} and {@code keyring}; knows nothing of HTTP.
 */
@NullMarked
package io.attested.sms.session;

import org.jspecify.annotations.NullMarked;

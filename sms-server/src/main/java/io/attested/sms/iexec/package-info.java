/**
 * The byte-compatible wire API of the service this one replaces, and nothing else.
 *
 * <p>Owns bodies, order of checks and statuses of the iExec contract. Existing answers gain no member and no word; what is
 * new lives under {@code /v1}.
 */
@NullMarked
package io.attested.sms.iexec;

import org.jspecify.annotations.NullMarked;

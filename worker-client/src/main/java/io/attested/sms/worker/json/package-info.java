/**
 * Reads JSON that others wrote, strictly.
 *
 * <p>Owns one rule for all of it: a member that is unknown, missing, repeated or of another type is an error that names the
 * member, never its value. Refuses trailing bytes and deep nesting. Calls nothing of ours.
 */
@NullMarked
package io.attested.sms.worker.json;

import org.jspecify.annotations.NullMarked;

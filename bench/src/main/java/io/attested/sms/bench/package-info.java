/**
 * What shows, measures and checks the project.
 *
 * <p>Owns how its commands meet a terminal. May use everything; nothing depends on it.
 */
@NullMarked
package io.attested.sms.bench;

import org.jspecify.annotations.NullMarked;

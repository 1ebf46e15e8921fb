/**
 * Puts the service together: settings, wiring, listeners, checks at start.
 *
 * <p>The only package that knows all others. Refuses to start on anything that would make a later promise untrue.
 */
@NullMarked
package io.attested.sms.boot;

import org.jspecify.annotations.NullMarked;

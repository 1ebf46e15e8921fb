/**
 * The commands {@code sms operator …}: what an operator does while the service stands still.
 *
 * <p>Owns options, tables and exit codes. Calls {@code operate.legacy}; the store and the chain are opened by the wiring.
 */
@NullMarked
package io.attested.sms.operate.cli;

import org.jspecify.annotations.NullMarked;

/**
 * What an operator sees of the chain: meters, lines on the log, the chain's part of the health report.
 *
 * <p>Implements the ports through which the chain listener tells what happens, and reads where it stands. Asks no node
 * anything, decides nothing, and names nodes by their configured names only, never by a URL.
 */
@NullMarked
package io.attested.sms.operate.chain;

import org.jspecify.annotations.NullMarked;

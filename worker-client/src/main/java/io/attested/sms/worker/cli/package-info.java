/**
 * The command {@code sms}.
 *
 * <p>Owns words, exit codes and messages for people and scripts. Holds no rule of its own: each command parses, calls one
 * feature and prints. Secrets never stand on a command line; they come from files, from standard input or from a named
 * environment variable.
 */
@NullMarked
package io.attested.sms.worker.cli;

import org.jspecify.annotations.NullMarked;

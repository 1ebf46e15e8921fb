/**
 * The command {@code ./sms conformance}.
 *
 * <p>Owns options, exit codes and where reports are written. Refuses to start without a service that answers. May call the
 * engine, the catalogue of checks and the reports.
 */
@NullMarked
package io.attested.sms.bench.conformance.cli;

import org.jspecify.annotations.NullMarked;

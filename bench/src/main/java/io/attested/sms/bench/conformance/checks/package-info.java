/**
 * The checks, one for each statement of the iExec SMS contract, in groups by what they are about.
 *
 * <p>Owns what is sent and what must be seen. Every expectation is the original's; where this project's service answers
 * otherwise on purpose, the check names the entry of docs/reference/iexec-compatibility.md that says so. May call the
 * engine; knows nothing of reports.
 */
@NullMarked
package io.attested.sms.bench.conformance.checks;

import org.jspecify.annotations.NullMarked;

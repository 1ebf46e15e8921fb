/**
 * What a run came to, for a terminal, a browser and a machine.
 *
 * <p>Owns the table, the HTML page and the JSON document, whose members docs/reference/conformance.md lists. Text of the
 * service under test is shown without what a terminal or a browser would act on. May call the engine's records, nothing
 * else.
 */
@NullMarked
package io.attested.sms.bench.conformance.report;

import org.jspecify.annotations.NullMarked;

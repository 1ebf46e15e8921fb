/**
 * How fast quotes are verified, beside another verifier in the same run.
 *
 * <p>Owns the contenders, the alternation of their rounds, the targets and the report. Numbers are CPU time; a number of
 * one machine says little, a ratio of two contenders that took turns says much. Nothing here decides about evidence.
 */
@NullMarked
package io.attested.sms.bench.quote;

import org.jspecify.annotations.NullMarked;

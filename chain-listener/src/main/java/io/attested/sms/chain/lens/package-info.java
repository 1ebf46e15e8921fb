/**
 * What the contracts' answers mean: the port's facts, from one lens call at one block.
 *
 * <p>Owns the questions ({@link io.attested.sms.chain.lens.LensQuestions}) and the checks of their answers: the chain and
 * block an answer says it is of, the hub's code, the task's id recomputed from deal and index, ranges, owners that two
 * reads tell alike. Refuses what contradicts itself, as {@link io.attested.sms.chain.lens.FactsRefused}. Talks to no
 * node: who sends the question, and to how many, is decided elsewhere. Calls the bindings in {@code contracts}.
 */
@NullMarked
package io.attested.sms.chain.lens;

import org.jspecify.annotations.NullMarked;

/**
 * The datasets of a bulk deal's task: the requester's list read, its signed orders judged.
 *
 * <p>Owns the reading of the two lists and the rules over one order, iExec contract section 4.7. Refuses lists beyond its
 * bounds. Reads content through its port {@link io.attested.sms.task.bulk.BulkContents}, which vouches for every byte, and
 * the chain through the port of {@code chain-listener}; what becomes of a task with an unusable dataset is not its part.
 */
@NullMarked
package io.attested.sms.task.bulk;

import org.jspecify.annotations.NullMarked;

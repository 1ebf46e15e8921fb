/**
 * The command {@code sms chain}: what Ethereum nodes say of a task, an application, a dataset, a deal, and how they stand.
 *
 * <p>Owns words, exit codes and forms of output for people and scripts. Refuses to show a value without the block it was
 * read at and the trust level behind it, or a node's path, query or credentials. Decides nothing about releases. May call
 * the checked chain, the quorum and the nodes.
 */
@NullMarked
package io.attested.sms.chain.cli;

import org.jspecify.annotations.NullMarked;

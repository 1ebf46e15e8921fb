package io.attested.sms.chain.lens;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import java.util.Optional;
import java.util.Set;

/**
 * Who owns a contract at one block.
 *
 * @param block the block
 * @param owner {@code owner()}; empty when there is no contract, no such function, or the zero address owns it
 * @param hasCode whether there is a contract
 * @param registries the hub's registries that know it
 */
public record OwnerAtBlock(BlockRef block, Optional<Address> owner, boolean hasCode, Set<Registry> registries) {}

package io.attested.sms.chain.lens;

import io.attested.sms.chain.Dataset;
import java.util.Optional;

/**
 * What the chain says of a dataset order for a deal at one block.
 *
 * @param dataset as registered; empty when the registry does not know it, nobody owns it, or its multiaddress is too long
 * @param accepted whether the hub accepts the order
 */
public record DatasetOrderAtBlock(Optional<Dataset> dataset, boolean accepted) {}

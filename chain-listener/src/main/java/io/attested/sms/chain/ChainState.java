package io.attested.sms.chain;

/** Whether the chain can be read now, for health. */
public sealed interface ChainState {
    /** The node answers with consistent headers. */
    record Ready(BlockRef head, BlockRef settled) implements ChainState {}

    /** The node does not answer, or not with sense. */
    record Unavailable(ChainFailure failure) implements ChainState {}
}

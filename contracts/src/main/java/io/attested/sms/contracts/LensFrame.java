package io.attested.sms.contracts;

import java.math.BigInteger;

/**
 * What a lens saw around its answers: it tells which block they are of.
 *
 * @param chainId chain id of the EVM
 * @param number height of the block; on Arbitrum that of the chain itself, not of its parent chain
 * @param parentHash 32 bytes, all zero when the EVM does not give it
 * @param timestamp Unix seconds
 * @param hubCodeHash keccak256 of the hub's code, 32 bytes; all zero for an account that does not exist
 */
public record LensFrame(
        BigInteger chainId, BigInteger number, byte[] parentHash, BigInteger timestamp, byte[] hubCodeHash) {}

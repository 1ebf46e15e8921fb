package io.attested.sms.keyring;

import io.attested.sms.chain.Address;

/**
 * Where a keyring's records are valid; part of the associated data of every record.
 *
 * @param realm word of the realm the store was stamped with
 * @param chainId chain id of the store
 * @param hub address of the hub contract
 */
public record KeyScope(String realm, long chainId, Address hub) {}

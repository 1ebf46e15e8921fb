package io.attested.sms.chain.lens;

import io.attested.sms.chain.Address;
import java.util.Optional;

/**
 * {@code owner()} of a deal's assets at one block.
 *
 * @param app owner of the application
 * @param dataset owner of the dataset, empty when the deal has none
 * @param workerpool owner of the workerpool now; the one at match is in the deal
 */
public record AssetOwners(Address app, Optional<Address> dataset, Address workerpool) {}

package io.attested.sms.chain.lens;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.App;
import io.attested.sms.chain.Category;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.RegisteredBytes;
import java.util.Optional;

/**
 * A deal and its assets at one block.
 *
 * @param deal as matched
 * @param sponsor who pays: the requester, or whoever sponsored the match; empty on hubs that do not record it
 * @param app the application at the block
 * @param dataset the dataset at the block, empty when the deal has none
 * @param appMultiaddr where the application's image is, as written, binary or text
 * @param datasetMultiaddr where the dataset's file is, likewise; empty when the deal has no dataset
 * @param category the deal's category
 * @param owners who owns the assets at the block
 * @param registered whether the hub's registries know every one of the deal's assets at the block; a hub matches no
 *     others, so anything else is a hub whose registries were replaced
 */
public record DealFacts(
        Deal deal,
        Optional<Address> sponsor,
        App app,
        Optional<Dataset> dataset,
        RegisteredBytes appMultiaddr,
        Optional<RegisteredBytes> datasetMultiaddr,
        Category category,
        AssetOwners owners,
        boolean registered) {}

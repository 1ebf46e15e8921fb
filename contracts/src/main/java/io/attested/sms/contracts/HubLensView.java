package io.attested.sms.contracts;

import java.math.BigInteger;

/**
 * What the hub lens answers.
 *
 * @param frame which block this is, and the hub's code hash
 * @param codeSize bytes of code at the hub's address
 * @param categories {@code countCategory}
 * @param appRegistry address
 * @param datasetRegistry address
 * @param workerpoolRegistry address
 * @param domainSeparator {@code eip712domain_separator}, 32 bytes
 * @param viewsTasks whether {@code viewTaskABILegacy} or {@code viewTask} answers
 * @param viewsDeals whether {@code viewDeal} answers with a deal's words
 * @param viewsBoosts whether {@code viewDealBoost} answers
 * @param token {@code token()}; the zero address on hubs of the native currency
 * @param viewsApps facet that serves {@code viewApp}, zero for none; missing when the hub is no ERC-2535 diamond
 * @param checksDatasetOrders facet that serves {@code assertDatasetDealCompatibility}, likewise
 */
public record HubLensView(
        LensFrame frame,
        BigInteger codeSize,
        Part<BigInteger> categories,
        Part<String> appRegistry,
        Part<String> datasetRegistry,
        Part<String> workerpoolRegistry,
        Part<byte[]> domainSeparator,
        Part<Boolean> viewsTasks,
        Part<Boolean> viewsDeals,
        Part<Boolean> viewsBoosts,
        Part<String> token,
        Part<String> viewsApps,
        Part<String> checksDatasetOrders) {}

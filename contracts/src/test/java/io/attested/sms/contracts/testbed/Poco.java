package io.attested.sms.contracts.testbed;

/**
 * Where PoCo was deployed. Addresses are {@code 0x} and 40 lower-case digits.
 *
 * @param chainId chain id
 * @param hub the hub, a diamond
 * @param rlc the token, the zero address with a native hub
 * @param appRegistry registry of applications
 * @param datasetRegistry registry of datasets
 * @param workerpoolRegistry registry of workerpools
 * @param testCategory a category whose tasks live seventy years (unit: ten years)
 * @param shortCategory a category whose tasks live seven seconds (unit: one second)
 */
public record Poco(
        long chainId,
        String hub,
        String rlc,
        String appRegistry,
        String datasetRegistry,
        String workerpoolRegistry,
        long testCategory,
        long shortCategory) {}

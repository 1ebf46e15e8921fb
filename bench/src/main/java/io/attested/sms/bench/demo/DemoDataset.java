package io.attested.sms.bench.demo;

import java.nio.file.Path;

/**
 * A dataset on chain.
 *
 * @param address its contract
 * @param encrypted what a worker downloads
 * @param plainSha256 hash of the original, 64 hex digits
 */
record DemoDataset(String address, Path encrypted, String plainSha256) {}

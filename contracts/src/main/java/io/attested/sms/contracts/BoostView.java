package io.attested.sms.contracts;

import java.math.BigInteger;

/**
 * The members of {@code viewDealBoost} that tell that a deal exists and is a boosted one.
 *
 * @param appOwner address, zero when there is no such deal
 * @param requester address
 * @param botFirst index of the first task
 * @param botSize number of tasks
 */
public record BoostView(String appOwner, String requester, BigInteger botFirst, BigInteger botSize) {}

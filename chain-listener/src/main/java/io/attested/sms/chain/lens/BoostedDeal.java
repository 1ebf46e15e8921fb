package io.attested.sms.chain.lens;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;

/**
 * A deal of PoCo Boost: it exists, but the hub stores neither its assets nor its params.
 *
 * @param id deal id
 * @param requester who asked for it
 * @param botFirst index of its first task
 * @param botSize number of tasks
 */
public record BoostedDeal(Bytes32 id, Address requester, long botFirst, long botSize) {}

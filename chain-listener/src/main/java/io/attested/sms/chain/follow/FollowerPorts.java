package io.attested.sms.chain.follow;

/**
 * What a follower talks to.
 *
 * @param blocks headers
 * @param logs events
 * @param checkpoints where it left off
 * @param changes who learns of changes of owners
 * @param events metrics and log
 */
public record FollowerPorts(
        Blocks blocks, Logs logs, Checkpoints checkpoints, OwnershipChanges changes, FollowerEvents events) {}

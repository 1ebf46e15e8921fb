package io.attested.sms.contracts;

/** Which of the hub's registries know an asset, each asked by {@code isRegistered}. */
public record RegisteredView(Part<Boolean> app, Part<Boolean> dataset, Part<Boolean> workerpool) {}

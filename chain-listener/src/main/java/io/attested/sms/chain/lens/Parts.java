package io.attested.sms.chain.lens;

import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.contracts.Part;
import io.attested.sms.contracts.Part.Why;

/** What a lens must have told, or the failure that it did not. */
final class Parts {
    private Parts() {}

    static <T> T required(Part<T> part, String what) throws FactsRefused {
        return switch (part) {
            case Part.Answered<T>(T value) -> value;
            case Part.Missing<T>(Why why) -> throw missing(why, what);
        };
    }

    /** Too little gas says nothing about the contract, so it is an outage where a refusal is an answer. */
    static void requireGas(Part<?> part, String what) throws FactsRefused {
        if (part instanceof Part.Missing<?>(Why why) && why == Why.NO_GAS) {
            throw missing(why, what);
        }
    }

    private static FactsRefused missing(Why why, String what) {
        return switch (why) {
            case NOT_ASKED -> FactsRefused.inconsistent(what + ": the lens left it out");
            case REFUSED -> FactsRefused.inconsistent(what + ": the contract does not answer");
            case TOO_LARGE -> FactsRefused.malformed(what + ": the answer is too large");
            case MALFORMED -> FactsRefused.malformed(what + ": the answer does not decode");
            case NO_GAS ->
                new FactsRefused(
                        Kind.RPC_ERROR,
                        what + ": the node allows a call too little gas, at least 10 million are needed");
        };
    }
}

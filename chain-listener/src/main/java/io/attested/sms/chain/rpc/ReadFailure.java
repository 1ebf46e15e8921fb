package io.attested.sms.chain.rpc;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.lens.FactsRefused;

/** Ends the reading of one node's answers. Becomes the failure of an outcome before it leaves the adapters. */
public final class ReadFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What a node that refuses to answer could be asked instead. */
    public enum Refusal {
        /** Nothing is known. */
        NONE,
        /** Less: fewer blocks, fewer questions. */
        TOO_MUCH,
        /** Less: the answer was larger than allowed. */
        OVERSIZED,
        /** The same of a node that keeps old state or old headers. */
        PRUNED,
        /** The same, later. */
        RATE_LIMITED
    }

    private final transient ChainFailure failure;
    private final Refusal refusal;

    ReadFailure(Kind kind, String detail) {
        this(kind, detail, Refusal.NONE);
    }

    ReadFailure(Kind kind, String detail, Refusal refusal) {
        // A failing node must not also cost a stack trace for each request.
        super(detail, null, false, false);
        this.failure = new ChainFailure(kind, detail);
        this.refusal = refusal;
    }

    ReadFailure(FactsRefused refused) {
        this(refused.failure().kind(), refused.failure().detail());
    }

    /** The answer is not what it should look like. */
    public static ReadFailure malformed(String detail) {
        return new ReadFailure(Kind.MALFORMED_ANSWER, detail);
    }

    /** The answer contradicts itself, or the question. */
    public static ReadFailure inconsistent(String detail) {
        return new ReadFailure(Kind.INCONSISTENT, detail);
    }

    /** The block asked for is not there, or not canonical any more. */
    public static ReadFailure headMoved(String detail) {
        return new ReadFailure(Kind.HEAD_MOVED, detail);
    }

    /** The answer does not prove what it should. */
    public static ReadFailure unproven(String detail) {
        return new ReadFailure(Kind.UNPROVEN, detail);
    }

    /** The facts were refused. */
    public static ReadFailure of(FactsRefused refused) {
        return new ReadFailure(refused);
    }

    /** There is no answer yet, and none is waited for. */
    public static ReadFailure late(String detail) {
        return new ReadFailure(Kind.TIMEOUT, detail);
    }

    /** What to tell the caller. */
    public ChainFailure failure() {
        return failure;
    }

    /** Whether asking otherwise could help. */
    public Refusal refusal() {
        return refusal;
    }
}

package io.attested.sms.chain.cli;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.ChainRefused;
import java.util.Locale;

/** Ends a command with a message for a person and an exit code. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    static Failure usage(String message) {
        return new Failure(ExitCode.USAGE, message);
    }

    static Failure refused(String message) {
        return new Failure(ExitCode.REFUSED, message);
    }

    static Failure of(ChainRefused refused) {
        int code = switch (refused.reason()) {
            case UNREADABLE, TOO_FEW_NODES -> ExitCode.UNREADABLE;
            case WRONG_CHAIN, NO_HUB, WRONG_HUB_CODE, UNKNOWN_HUB, NO_PROOFS -> ExitCode.REFUSED;
        };
        return new Failure(code, String.valueOf(refused.getMessage()));
    }

    static Failure of(ChainFailure failure) {
        String kind = failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Failure(
                failure.kind() == Kind.WRONG_CHAIN ? ExitCode.REFUSED : ExitCode.UNREADABLE,
                "the chain cannot be read (" + kind + "): " + failure.detail() + "; " + cure(failure.kind()));
    }

    private static String cure(Kind kind) {
        return switch (kind) {
            case UNREACHABLE, TIMEOUT -> "expected a JSON-RPC node; check the URLs, then try again";
            case MALFORMED_ANSWER, INCONSISTENT -> "expected answers that fit their block; ask another node";
            case RPC_ERROR ->
                "a block far below the head needs a node that keeps old state (an archive); otherwise ask another node";
            case WRONG_CHAIN -> "check the URLs and --chain-id";
            case HEAD_MOVED ->
                "the chain was reorganised meanwhile, or the node no longer keeps the state of that block; try again, or"
                        + " ask a node that keeps old state (an archive)";
            case STALE_HEAD -> "expected a head of now; ask another node";
            case DISAGREEMENT -> "`sms chain status` tells where each node stands; ask other nodes as well";
            case UNPROVEN -> "expected values that proofs show; ask other nodes as well";
        };
    }
}

package io.attested.sms.boot;

import io.attested.sms.audit.LogBroken;
import io.attested.sms.chain.ChainRefused;
import io.attested.sms.keyring.RootKeyRefused;
import io.attested.sms.operate.store.StoreRefused;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;

/** Tells an operator in one sentence why the service did not start, instead of a stack trace. */
final class StartFailures implements FailureAnalyzer, Ordered {
    /** Before Boot's own analyzers, which would explain the binder instead of the setting. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return refusal(failure)
                .map(refusal -> new FailureAnalysis(
                        "The service refuses to start: " + refusal.getMessage(),
                        "Change what the sentence names and start again; nothing was changed.",
                        refusal))
                .orElse(null);
    }

    /** The refusal behind a failed start, if it is one. */
    static Optional<Throwable> refusal(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(cause -> cause instanceof StartRefused
                        || cause instanceof StoreRefused
                        || cause instanceof RootKeyRefused
                        || cause instanceof ChainRefused
                        || cause instanceof LogBroken)
                .findFirst();
    }
}

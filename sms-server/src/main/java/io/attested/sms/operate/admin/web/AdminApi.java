package io.attested.sms.operate.admin.web;

import io.attested.sms.audit.LogUnavailable;
import io.attested.sms.operate.admin.AdminOutcome;
import io.attested.sms.operate.admin.Backups;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /admin}, contract section 1.6: every answer has an empty body. {@link ApiKeyFilter} stands before it. */
@RestController
final class AdminApi {
    private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);

    /** How long the operation that is under way is likely to take. */
    private static final String RETRY_AFTER_SECONDS = "1";

    private final Backups backups;
    private final MeterRegistry metrics;

    AdminApi(Backups backups, MeterRegistry metrics) {
        this.backups = backups;
        this.metrics = metrics;
    }

    @PostMapping("/admin/backup")
    ResponseEntity<Void> backup() {
        return answer("backup", HttpStatus.CREATED, () -> backups.backup());
    }

    @PostMapping("/admin/{storageID}/replicate-backup")
    ResponseEntity<Void> replicate(@PathVariable String storageID, @RequestParam String fileName) {
        return answer("replicate", HttpStatus.OK, () -> backups.replicate(storageID, fileName));
    }

    @PostMapping("/admin/{storageID}/restore-backup")
    ResponseEntity<Void> restore(@PathVariable String storageID, @RequestParam String fileName) {
        return answer("restore", HttpStatus.OK, () -> backups.restore(storageID, fileName));
    }

    @DeleteMapping("/admin/{storageID}/delete-backup")
    ResponseEntity<Void> delete(@PathVariable String storageID, @RequestParam String fileName) {
        return answer("delete", HttpStatus.OK, () -> backups.delete(storageID, fileName));
    }

    @PostMapping("/admin/{sourceStorageID}/copy-to/{destinationStorageID}")
    ResponseEntity<Void> copy(
            @PathVariable String sourceStorageID,
            @PathVariable String destinationStorageID,
            @RequestParam String sourceFileName,
            @RequestParam Optional<String> destinationFileName) {
        return answer(
                "copy",
                HttpStatus.OK,
                () -> backups.copy(sourceStorageID, sourceFileName, destinationStorageID, destinationFileName));
    }

    /** A store that fails is among the contract's 500, which has no body; elsewhere it would be told as an outage. */
    private static AdminOutcome outcome(Supplier<AdminOutcome> operation) {
        try {
            return operation.get();
        } catch (LogUnavailable | DataAccessException | TransactionException failure) {
            return new AdminOutcome.Failed(
                    "the store failed (" + failure.getClass().getSimpleName() + "); look at its disk");
        }
    }

    private ResponseEntity<Void> answer(String operation, HttpStatus success, Supplier<AdminOutcome> call) {
        HttpStatus status = switch (outcome(call)) {
            case AdminOutcome.Done() -> success;
            case AdminOutcome.Invalid() -> HttpStatus.BAD_REQUEST;
            case AdminOutcome.Missing() -> HttpStatus.NOT_FOUND;
            case AdminOutcome.Busy() -> HttpStatus.TOO_MANY_REQUESTS;
            case AdminOutcome.Failed(String why) -> {
                // The answer's body is empty, as the contract has it; the operator reads why in the log.
                LOG.warn("admin_failed operation={} why=\"{}\"", operation, why);
                yield HttpStatus.INTERNAL_SERVER_ERROR;
            }
        };
        metrics.counter("sms.admin", "operation", operation, "status", Integer.toString(status.value()))
                .increment();
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        return (status == HttpStatus.TOO_MANY_REQUESTS
                        ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                        : answer)
                .build();
    }
}

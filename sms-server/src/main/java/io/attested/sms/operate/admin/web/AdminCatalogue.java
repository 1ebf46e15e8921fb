package io.attested.sms.operate.admin.web;

import static io.attested.sms.http.api.Endpoint.Answer.body;
import static io.attested.sms.http.api.Endpoint.Answer.empty;
import static io.attested.sms.http.api.Endpoint.Answer.fault;
import static io.attested.sms.http.api.Endpoint.Input.header;
import static io.attested.sms.http.api.Endpoint.Input.path;
import static io.attested.sms.http.api.Endpoint.Input.query;

import io.attested.sms.http.api.ApiCatalogue;
import io.attested.sms.http.api.ApiPart;
import io.attested.sms.http.api.Endpoint;
import io.attested.sms.http.api.Endpoint.Answer;
import io.attested.sms.http.api.Endpoint.Input;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What the admin API answers: contract section 1.6. */
@Component
final class AdminCatalogue implements ApiCatalogue {
    private static final Input KEY = header(ApiKeyFilter.HEADER, "the operator's key");
    private static final Input FOLDER = path("storageID", "hex of the folder's absolute path in ASCII");
    private static final Input FILE = query("fileName", "name of the backup in that folder");
    private static final Answer NO_PARAMETER = fault(400, "parameter missing");
    private static final Answer BLANK = empty(400, "parameter blank");
    private static final Answer MISSING = empty(404, "no such folder or backup");
    private static final Answer BUSY = empty(429, "another operation goes on; with Retry-After");
    private static final Answer FAILED = empty(
            500,
            "anything else, named in the log: no hex, outside of the storage, a name that is none or is taken, a disk that fails");

    @Override
    public ApiPart part() {
        return ApiPart.ADMINISTRATION;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                endpoint(
                                "POST",
                                "/admin/backup",
                                "Writes a sealed backup into the folder work",
                                BUSY,
                                FAILED,
                                empty(201, "written"))
                        .with(KEY),
                endpoint(
                                "POST",
                                "/admin/{storageID}/replicate-backup",
                                "Copies that backup to a free name in a folder",
                                NO_PARAMETER,
                                BLANK,
                                BUSY,
                                MISSING,
                                FAILED,
                                empty(200, "copied"))
                        .with(KEY, FOLDER, FILE),
                endpoint(
                                "POST",
                                "/admin/{storageID}/restore-backup",
                                "Checks a backup to its end, then restores it at once",
                                NO_PARAMETER,
                                BLANK,
                                BUSY,
                                MISSING,
                                FAILED,
                                empty(200, "restored"))
                        .with(KEY, FOLDER, FILE),
                endpoint(
                                "DELETE",
                                "/admin/{storageID}/delete-backup",
                                "Deletes a backup",
                                NO_PARAMETER,
                                BLANK,
                                BUSY,
                                MISSING,
                                FAILED,
                                empty(200, "deleted"))
                        .with(KEY, FOLDER, FILE),
                endpoint(
                                "POST",
                                "/admin/{sourceStorageID}/copy-to/{destinationStorageID}",
                                "Copies a backup to a free name in a folder",
                                NO_PARAMETER,
                                BLANK,
                                BUSY,
                                MISSING,
                                FAILED,
                                empty(200, "copied"))
                        .with(
                                KEY,
                                path("sourceStorageID", FOLDER.about()),
                                path("destinationStorageID", FOLDER.about()),
                                query("sourceFileName", FILE.about()),
                                query("destinationFileName", "its name there; without it the same")
                                        .optional()));
    }

    private static Endpoint endpoint(String method, String path, String summary, Answer... answers) {
        return Endpoint.of(
                method,
                path,
                summary,
                Stream.concat(
                                Stream.of(
                                        text(403, "no key is configured", "This endpoint is disabled."),
                                        text(401, "not the key", "You are not authorized to access this endpoint.")),
                                Stream.of(answers))
                        .toArray(Answer[]::new));
    }

    /** Text without a content type. */
    private static Answer text(int status, String when, String text) {
        return body(status, when, "*/*", text);
    }
}

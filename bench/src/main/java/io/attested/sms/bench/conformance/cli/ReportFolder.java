package io.attested.sms.bench.conformance.cli;

import io.attested.sms.bench.conformance.report.HtmlReport;
import io.attested.sms.bench.conformance.report.JsonReport;
import io.attested.sms.bench.conformance.report.Report;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where reports go: found out before the run, which may be long, whether they can. */
record ReportFolder(Path html, Path json) {
    /**
     * Makes the folder.
     *
     * @throws IOException with a sentence for the user when no report could be written there
     */
    static ReportFolder in(Path folder) throws IOException {
        ReportFolder reports = new ReportFolder(folder.resolve("report.html"), folder.resolve("report.json"));
        try {
            Files.createDirectories(folder);
            reports.requireWritable();
            return reports;
        } catch (FileSystemException refused) {
            throw new IOException(
                    "--report: nothing can be written to " + folder + " ("
                            + Optional.ofNullable(refused.getReason())
                                    .orElse(refused.getClass().getSimpleName() + " " + refused.getFile())
                            + "); name a folder that is there and yours, or that can be made",
                    refused);
        }
    }

    private void requireWritable() throws IOException {
        for (Path file : new Path[] {html, json}) {
            if (Files.isDirectory(file)) {
                throw new FileSystemException(file.toString(), null, file.getFileName() + " is a folder there");
            }
        }
        Files.delete(Files.createTempFile(html.toAbsolutePath().getParent(), "report", ".tmp"));
    }

    /** Writes both, in the place of those of an earlier run; tells where. */
    String write(Report report) throws IOException {
        Files.writeString(html, HtmlReport.of(report));
        Files.writeString(json, JsonReport.of(report) + "\n");
        return html + " and " + json;
    }
}

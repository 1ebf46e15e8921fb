package io.attested.sms.task;

import java.util.List;
import java.util.Optional;

/**
 * The pipelines of all frameworks, in the order of the measurements file.
 *
 * @param all no two of one framework and version
 */
public record Pipelines(List<Pipeline> all) {
    /** Takes an unmodifiable copy. */
    public Pipelines {
        all = List.copyOf(all);
    }

    /** The pipeline of a framework with this version. */
    public Optional<Pipeline> of(TeeFramework framework, String version) {
        return all.stream()
                .filter(pipeline ->
                        pipeline.framework() == framework && pipeline.version().equals(version))
                .findFirst();
    }

    /** The first pipeline of a framework; for trust domains the only one. */
    public Optional<Pipeline> first(TeeFramework framework) {
        return all.stream()
                .filter(pipeline -> pipeline.framework() == framework)
                .findFirst();
    }
}

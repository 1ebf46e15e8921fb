package io.attested.sms.grant;

import io.attested.sms.task.Pipeline;
import io.attested.sms.task.Pipelines;
import io.attested.sms.task.TeeFramework;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which versions of the worker's pipeline are served, by framework.
 *
 * @param byFramework an entry for every framework
 */
public record ServedVersions(Map<TeeFramework, Set<String>> byFramework) {
    /** Takes an unmodifiable copy; a framework without an entry serves none. */
    public ServedVersions {
        Map<TeeFramework, Set<String>> whole = new EnumMap<>(TeeFramework.class);
        for (TeeFramework framework : TeeFramework.values()) {
            whole.put(framework, Set.copyOf(byFramework.getOrDefault(framework, Set.of())));
        }
        byFramework = Map.copyOf(whole);
    }

    /** Every framework serves these. */
    public static ServedVersions ofAll(Set<String> versions) {
        return of(versions, new Pipelines(List.of()));
    }

    /** Every framework serves {@code versions}, and its own pipelines'. */
    public static ServedVersions of(Set<String> versions, Pipelines pipelines) {
        Map<TeeFramework, Set<String>> served = new EnumMap<>(TeeFramework.class);
        for (TeeFramework framework : TeeFramework.values()) {
            Set<String> own = new HashSet<>(versions);
            pipelines.all().stream()
                    .filter(pipeline -> pipeline.framework() == framework)
                    .map(Pipeline::version)
                    .forEach(own::add);
            served.put(framework, own);
        }
        return new ServedVersions(served);
    }

    /** The versions of one framework. */
    public Set<String> of(TeeFramework framework) {
        return byFramework.getOrDefault(framework, Set.of());
    }
}
